package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.AddressSpaceCreated;
import org.pagetrail.events.QemuEvent.FlashArrayMode;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.MmioServed;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.events.QemuEvent.RegionAttributeSet;
import org.pagetrail.events.QemuEvent.RegionPlaced;
import org.pagetrail.events.QemuEvent.RegionRemoved;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.QemuEvent.RomdModeChanged;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand.DispatchRead;
import org.pagetrail.qemu.QemuCommand.DispatchWrite;
import org.pagetrail.qemu.QemuCommand.MemslotRefused;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.QemuCommand.ResetSystem;
import org.pagetrail.qemu.QemuCommand.SetGlobalDirtyLogging;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Move;
import org.pagetrail.qemu.region.RegionOp.Remove;

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
  void fromEightZeroOnAllDeletionsComeBeforeAllAdditions() {
    for (String release : List.of("7.2", "8.0")) {
      Monitor monitor = Monitor.virt(release);
      monitor.does(
          Monitor.ram("a", 0x2000),
          Monitor.ram("b", 0x2000),
          new Add("a", "system", 0x1_0000_0000L),
          new Add("b", "system", 0x1_0001_0000L));

      monitor.does(new Move("a", 0x1_0002_0000L), new Move("b", 0x1_0003_0000L));

      assertThat(monitor.slots())
          .as(release)
          .containsExactly(
              "#4 0x0 0x100000000+0x0", "#5 0x0 0x100010000+0x0",
              "#4 0x0 0x100020000+0x2000", "#5 0x0 0x100030000+0x2000");
    }
  }

  @Test
  void anAccessOfEightBytesIsTwoOfFour() {
    Monitor monitor =
        Monitor.virt("7.2.22").does(new DispatchWrite(0, new Gpa(FLASH1), 8, 0x40_0040_0070_0070L));

    assertThat(monitor.events(FlashWritten.class))
        .extracting(FlashWritten::offset, FlashWritten::width, FlashWritten::value)
        .containsExactly(tuple(0L, 4, 0x70_0070L), tuple(4L, 4, 0x40_0040L));
    assertThat(monitor.events(MmioServed.class)).hasSize(1);
  }

  @Test
  void anUnalignedAccessIsSplitAtItsAlignment() {
    Monitor monitor =
        Monitor.virt("7.2.22").does(new DispatchWrite(0, new Gpa(FLASH1 + 2), 4, 0x70_0070));

    assertThat(monitor.events(FlashWritten.class))
        .extracting(FlashWritten::width)
        .containsExactly(2, 2);
  }

  @Test
  void idModeAnswersEightBytesAtOnce() {
    Monitor monitor = Monitor.virt("7.2.22").write(FLASH1, 0x90_0090).read(FLASH1, 8);

    assertThat(monitor.events(MmioServed.class))
        .containsExactly(new MmioServed(new Gpa(FLASH1), 8, false, 0x0018_0018_0089_0089L));
  }

  @Test
  void whatNothingAnswersReadsAsZero() {
    Monitor monitor = Monitor.virt("7.2.22").read(0xe00_0000L, 4);

    assertThat(monitor.events()).containsExactly(new MmioServed(new Gpa(0xe00_0000L), 4, false, 0));
  }

  @Test
  void aReadOfAReservationLeavesNoTrace() {
    Monitor monitor = Monitor.virt("7.2.22");
    monitor.does(
        Create.of("hole", RegionType.RESERVATION, 0x1000),
        new Add("hole", "system", 0x1_0000_0000L));

    assertThat(monitor.read(0x1_0000_0000L, 4).events()).hasSize(1);
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
  void aReadOnlyAliasMakesAReadOnlyRangeButNoReadOnlySlot() {
    Monitor monitor = Monitor.virt("7.2.22");

    monitor.does(
        Monitor.ram("shadow", 0x1000),
        Create.alias("pam", "shadow", 0, 0x1000),
        RegionOp.Set.readOnly("pam", true),
        new Add("pam", "system", 0x1_0000_0000L));

    assertThat(monitor.slots()).containsExactly("#4 0x0 0x100000000+0x1000");
    assertThat(monitor.events(FlatViewCommitted.class).getFirst().ranges())
        .anySatisfy(range -> assertThat(range.kind().name()).isEqualTo("ROM"));
  }

  @Test
  void romIsReadOnlyWhereKvmCanAndWritableWhereItCannot() {
    RegionOp[] rom = {
      Monitor.ram("rom", 0x1000),
      RegionOp.Set.readOnly("rom", true),
      new Add("rom", "system", 0x1_0000_0000L)
    };
    Monitor able = Monitor.virt("7.2.22").does(rom);
    assertThat(able.slots()).containsExactly("#4 0x2 0x100000000+0x1000");

    KvmCapabilities old = new KvmCapabilities(false, 32, ByteSize.PAGE, false);
    Monitor unable =
        new Monitor("7.2.22")
            .does(new PowerOn(BoardSpec.of("virt", "7.2.22", Monitor.RAM, List.of(), old)));
    assertThat(unable.slots())
        .as("no slot for a flash that could be written")
        .containsExactly("#0 0x0 0x40000000+0x10000000", "#1 0x0 0x90a0000+0x1000");
    assertThat(unable.does(rom).slots()).containsExactly("#2 0x0 0x100000000+0x1000");
  }

  @Test
  void aChangeOfAnUnreachableRegionRebuildsTheMapsAndChangesNothing() {
    Monitor monitor = Monitor.virt("7.2.22");

    monitor.does(Create.of("island", RegionType.CONTAINER, 0x1000));
    assertThat(monitor.events(FlatViewBuilt.class)).isEmpty();

    monitor.does(Create.of("palm", RegionType.IO, 0x1000), new Add("palm", "island", 0));
    assertThat(monitor.events(FlatViewBuilt.class)).hasSize(2);
    assertThat(monitor.events(FlatViewDropped.class)).hasSize(2);
    assertThat(monitor.slots()).isEmpty();
    assertThat(monitor.events(FlatViewCommitted.class)).isEmpty();
  }

  @Test
  void aTransactionRebuildsTheMapsOnce() {
    Monitor monitor = Monitor.virt("7.2.22");

    monitor.does(
        Monitor.ram("a", 0x1000), new Add("a", "system", 0x1_0000_0000L),
        Monitor.ram("b", 0x1000), new Add("b", "system", 0x1_0000_1000L));

    assertThat(monitor.events(FlatViewBuilt.class)).hasSize(2);
    assertThat(monitor.slots()).hasSize(2);
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
  void flashEventsSayWhatTheTraceSays() {
    Monitor monitor = Monitor.virt("7.2.22").write(FLASH1, 0x50_0050);

    assertThat(monitor.events(FlashNoted.class))
        .containsExactly(new FlashNoted("virt.flash1", "clear status bits"));
    assertThat(monitor.events(FlashArrayMode.class)).hasSize(1);
    assertThat(monitor.events(MemslotRequested.class)).hasSize(2);
  }

  @Test
  void anAnswerThatTheModelDoesNotKnowIsMarked() {
    QemuDecider decider = new QemuDecider(QemuModel.of("7.2.22"));
    QemuState state = Monitor.virt("7.2.22").state();

    assertThat(known(decider, state, FLASH1)).as("zeros without a file").isEqualTo("true");
    assertThat(known(decider, state, 0)).as("an image").isEqualTo("false");
    assertThat(known(decider, state, 0x900_0018L)).as("a device").isEqualTo("false");
    assertThat(known(decider, state, 0x4000_0000L)).as("RAM").isEqualTo("false");
    assertThat(known(decider, state, 0xe00_0000L)).as("nothing at all").isEqualTo("true");
  }

  private static String known(QemuDecider decider, QemuState state, long gpa) {
    List<Decision> decisions = decider.decide(state, new DispatchRead(0, new Gpa(gpa), 4));
    return decisions.getLast().rule().inputs().getFirst().value();
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

  @ParameterizedTest
  @ValueSource(ints = {0, 9, -1})
  void anAccessOfAnImpossibleWidthIsRefused(int width) {
    assertThat(Monitor.virt("7.2.22").read(FLASH1, width).events())
        .containsExactly(new Refused("DispatchRead", "an access has 1 to 8 bytes, not " + width));
  }

  @Test
  void anAccessThatWrapsIsRefused() {
    assertThat(Monitor.virt("7.2.22").read(-2, 4).events(Refused.class)).hasSize(1);
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

  @Test
  void anImpossibleStepUndoesTheWholeTransaction() {
    Monitor monitor = Monitor.virt("7.2.22");
    QemuState before = monitor.state();

    monitor.does(
        Monitor.ram("dimm", 0x1000),
        new Add("dimm", "system", 0x1_0000_0000L),
        new Add("dimm", "system", 0x2_0000_0000L));

    assertThat(monitor.events())
        .containsExactly(new Refused("RegionTransaction", "dimm lies in system already"));
    assertThat(monitor.state()).isEqualTo(before);
  }

  @Test
  void impossibleStepsAreNamed() {
    Monitor monitor = Monitor.virt("7.2.22");

    assertThat(reason(monitor, new Add("none", "system", 0)))
        .isEqualTo("there is no region called none");
    assertThat(reason(monitor, new Remove("gpex_mmio_window")))
        .isEqualTo("gpex_mmio_window lies in no container");
    assertThat(reason(monitor, Monitor.ram("pl011", 0x1000)))
        .isEqualTo("there is a region called pl011 already");
    assertThat(reason(monitor, Monitor.ram("empty", 0)))
        .isEqualTo("RAM block empty must have 1 to 2^63 - 1 bytes");
    assertThat(reason(monitor, new RegionOp.SetRomd("pl011", false)))
        .isEqualTo("pl011 is no ROM device");
    assertThat(reason(monitor, Create.of("view", RegionType.ALIAS, 1)))
        .isEqualTo("view must have a target just if it is an alias");
  }

  @Test
  void aRegionCannotContainItself() {
    Monitor monitor = Monitor.virt("7.2.22");

    assertThat(
            reason(
                monitor,
                Create.of("box", RegionType.CONTAINER, 0x1000),
                Create.alias("mirror", "box", 0, 0x1000),
                new Add("mirror", "box", 0)))
        .isEqualTo("mirror would contain itself through box");
  }

  @Test
  void aTreeThatWouldRenderWithoutEndIsRefused() {
    Monitor monitor = Monitor.virt("7.2.22");
    List<RegionOp> ops = new ArrayList<>(List.of(Create.of("w0", RegionType.IO, 0x1000)));
    for (int i = 1; i < 40; i++) {
      String box = "w" + i;
      String inner = "w" + (i - 1);
      ops.add(Create.of(box, RegionType.CONTAINER, 0x1000));
      for (String side : List.of(box + "-a", box + "-b")) {
        ops.add(Create.alias(side, inner, 0, 0x1000));
        ops.add(new Add(side, box, 0));
      }
    }
    ops.add(new Add("w39", "system", 0x1_0000_0000L));

    assertThat(reason(monitor, ops.toArray(RegionOp[]::new)))
        .startsWith("memory would take more than 100000 regions to render");
  }

  @Test
  void memoryThatTheHostCannotHaveIsRefused() {
    Monitor monitor = Monitor.virt("7.2.22");

    assertThat(reason(monitor, Monitor.ram("huge", Long.MAX_VALUE)))
        .isEqualTo("the host has no room for 0x7fffffffffffffff bytes of huge");
  }

  private static String reason(Monitor monitor, RegionOp... ops) {
    List<Refused> refusals = monitor.does(ops).events(Refused.class);
    return refusals.isEmpty() ? "not refused" : refusals.getFirst().reason();
  }
}
