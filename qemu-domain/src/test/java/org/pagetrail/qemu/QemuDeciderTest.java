package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.AddressSpaceCreated;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.events.QemuEvent.RegionAttributeSet;
import org.pagetrail.events.QemuEvent.RegionPlaced;
import org.pagetrail.events.QemuEvent.RegionRemoved;
import org.pagetrail.events.QemuEvent.RomdModeChanged;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.qemu.QemuCommand.MemslotRefused;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.QemuCommand.ResetSystem;
import org.pagetrail.qemu.QemuCommand.SetGlobalDirtyLogging;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.qemu.region.RegionOp.Add;

class QemuDeciderTest {
  private static final long FLASH1 = 0x400_0000L;

  @Test
  void aWriteThatLeavesArrayModeDeletesTheSlot() {
    Monitor monitor = Monitor.virt("7.2.22").write(FLASH1 + 8, 0x90_0090);

    assertThat(monitor.slots()).containsExactly("#1 0x0 0x4000000+0x0");
    assertThat(monitor.write(FLASH1, 0xff_00ff).slots())
        .containsExactly("#1 0x2 0x4000000+0x4000000");
  }

  @Test
  void readArrayInArrayModeDeletesTheSlotAndCreatesItAgain() {
    Monitor monitor = Monitor.virt("7.2.22").write(FLASH1, 0xff_00ff);

    assertThat(monitor.slots())
        .containsExactly("#1 0x0 0x4000000+0x0", "#1 0x2 0x4000000+0x4000000");
    assertThat(monitor.events().stream().map(Event::type))
        .containsExactly(
            "DeviceWritten",
            "FlashWritten",
            "RomdModeChanged",
            "FlatViewBuilt",
            "FlatViewBuilt",
            "MemslotRequested",
            "FlatViewDropped",
            "FlatViewDropped",
            "FlashNoted",
            "FlashArrayMode",
            "RomdModeChanged",
            "FlatViewBuilt",
            "FlatViewBuilt",
            "MemslotRequested",
            "FlatViewDropped",
            "FlatViewDropped",
            "MmioServed");
  }

  @Test
  void aTakenSlotIndexIsNotThereWhenTheFlashComesBack() {
    Monitor monitor = Monitor.virt("7.2.22").write(FLASH1, 0x70_0070);

    monitor.does(Monitor.ram("dimm", 0x1000), new Add("dimm", "system", 0x1_0000_0000L));
    assertThat(monitor.slots()).containsExactly("#1 0x0 0x100000000+0x1000");

    assertThat(monitor.write(FLASH1, 0xff_00ff).slots())
        .containsExactly("#4 0x2 0x4000000+0x4000000");
  }

  @Test
  void fromEightZeroOnSlotsAreSetAfterTheViewsAreExchanged() {
    Monitor monitor = Monitor.virt("8.0").write(FLASH1, 0x70_0070);

    List<String> types = monitor.events().stream().map(Event::type).toList();
    assertThat(types.indexOf("MemslotRequested"))
        .isGreaterThan(types.lastIndexOf("FlatViewDropped"));
  }

  @Test
  void dirtyLoggingChangesFlagsInPlaceInAscendingOrder() {
    Monitor monitor = Monitor.virt("7.2.22").does(new SetGlobalDirtyLogging(true));

    assertThat(monitor.slots())
        .containsExactly(
            "#0 0x3 0x0+0x4000000",
            "#1 0x3 0x4000000+0x4000000",
            "#3 0x1 0x90a0000+0x1000",
            "#2 0x1 0x40000000+0x10000000");
    assertThat(monitor.does(new SetGlobalDirtyLogging(false)).slots())
        .contains("#0 0x2 0x0+0x4000000", "#2 0x0 0x40000000+0x10000000");
  }

  @Test
  void aSlotThatIsCreatedWhileDirtyLoggingIsOnIsLogged() {
    Monitor monitor = Monitor.virt("7.2.22").does(new SetGlobalDirtyLogging(true));

    assertThat(monitor.write(FLASH1, 0xff_00ff).slots())
        .containsExactly("#1 0x0 0x4000000+0x0", "#1 0x3 0x4000000+0x4000000");
  }

  @Test
  void untilTwoThreeDirtyLoggingSetsEverySlotAgainInTableOrder() {
    Monitor monitor = Monitor.virt("2.2").does(new SetGlobalDirtyLogging(true));

    assertThat(monitor.slots())
        .containsExactly(
            "#0 0x1 0x40000000+0x10000000", "#1 0x3 0x0+0x4000000", "#2 0x3 0x4000000+0x4000000");
    assertThat(monitor.events(FlatViewBuilt.class)).isEmpty();
  }

  @Test
  void dirtyLoggingAloneDoesNotCountAsANewRange() {
    Monitor monitor = Monitor.virt("7.2.22").does(new SetGlobalDirtyLogging(true));

    assertThat(monitor.events(FlatViewCommitted.class)).isEmpty();
    assertThat(monitor.events(FlatViewBuilt.class)).hasSize(2);
  }

  @Test
  void resetReturnsFlashToArrayModeAndCopiesTheImageAgain() {
    Monitor monitor = Monitor.virt("7.2.22").write(FLASH1, 0x70_0070).does(new ResetSystem());

    assertThat(monitor.slots()).containsExactly("#1 0x2 0x4000000+0x4000000");
    assertThat(monitor.events(RomdModeChanged.class))
        .containsExactly(new RomdModeChanged("virt.flash1", true));
    assertThat(monitor.events(ImageCopied.class))
        .extracting(ImageCopied::block)
        .containsExactly("virt.flash0");
  }

  @Test
  void untilFourZeroResetLeavesFlashInItsMode() {
    Monitor monitor = Monitor.virt("4.0").write(FLASH1, 0x70_0070).does(new ResetSystem());

    assertThat(monitor.slots()).isEmpty();
    assertThat(monitor.events(RomdModeChanged.class)).isEmpty();
  }

  @Test
  void anUnconfirmedBufferEndsAnOldQemu() {
    Monitor monitor = Monitor.virt("2.12");
    monitor
        .write(FLASH1, 0xe8_00e8)
        .write(FLASH1, 0)
        .write(FLASH1, 0x1234)
        .write(FLASH1, 0xff_00ff);

    assertThat(monitor.events(MonitorExited.class)).hasSize(1);
    assertThat(monitor.write(FLASH1, 0).events()).hasOnlyElementsOfType(Refused.class);
  }

  @Test
  void qemuExitsWhenItRunsOutOfSlots() {
    KvmCapabilities few = new KvmCapabilities(true, 3, ByteSize.PAGE, false);
    Monitor monitor =
        new Monitor("7.2.22")
            .does(new PowerOn(BoardSpec.of("virt", "7.2.22", Monitor.RAM, List.of(), few)));

    assertThat(monitor.events(MonitorExited.class))
        .containsExactly(new MonitorExited("kvm_alloc_slot: no free slot available"));
    assertThat(monitor.slots()).hasSize(3);
  }

  @Test
  void aSlotThatKvmRefusesEndsQemu() {
    Monitor monitor =
        Monitor.virt("7.2.22").does(new MemslotRefused(SlotId.of(4), new Gpa(0xc0000), 0x1000, 17));

    assertThat(monitor.events(MonitorExited.class)).hasSize(1);
    assertThat(monitor.state().isOn()).isFalse();
  }

  @Test
  void eventsAboutThingsThatTheStateDoesNotKnowChangeNothing() {
    QemuDecider decider = new QemuDecider(QemuModel.of("7.2.22"));
    QemuState state = Monitor.virt("7.2.22").state();
    List<Event> foreign =
        List.of(
            new RomdModeChanged("other", false),
            new RegionPlaced("other", "system", 0, 0),
            new RegionPlaced("pl011", "other", 0, 0),
            new RegionRemoved("other", "system"),
            new RegionAttributeSet("other", RegionAttribute.ENABLED, 0),
            new AddressSpaceCreated("other", "other", -1),
            new FlashWritten("other", 0, 4, 0x90, 0),
            new FlashWritten("virt.flash1", -4, 4, 0x20, 0),
            new FlashWritten("virt.flash1", 0x400_0000L, 4, 0x20, 0),
            new FlatViewDropped("view-7", "other", true));

    for (Event event : foreign) {
      assertThat(decider.evolve(state, event)).as("%s", event).isEqualTo(state);
    }
  }

  @Test
  void commandsBeforePowerOnAreRefused() {
    assertThat(new Monitor("7.2.22").write(0, 0).events())
        .containsExactly(new Refused("DispatchWrite", "no machine is on"));
  }

  @Test
  void aSecondPowerOnIsRefused() {
    Monitor monitor = Monitor.virt("7.2.22");

    monitor.does(new PowerOn(Monitor.virtSpec("7.2.22", List.of())));

    assertThat(monitor.events()).containsExactly(new Refused("PowerOn", "QEMU builds one machine"));
  }

  @Test
  void aBoardOfAnotherReleaseIsRefused() {
    Monitor monitor = new Monitor("7.2.22").does(new PowerOn(Monitor.virtSpec("8.0", List.of())));

    assertThat(monitor.events())
        .containsExactly(
            new Refused("PowerOn", "the machine is one of QEMU 8.0, the model of 7.2.22"));
  }
}
