package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.QemuEvent.FlashArrayMode;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlashPlugged;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.MmioServed;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.QemuEvent.RomdModeChanged;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand.DispatchRead;
import org.pagetrail.qemu.QemuCommand.DispatchWrite;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;

class AccessDispatchTest {
  private static final long FLASH1 = 0x400_0000L;

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
  void aSecureFlashDoesNotHearOrdinaryAccesses() {
    QemuDecider decider = new QemuDecider(QemuModel.of("7.2.22"));
    FlashPlugged secure =
        new FlashPlugged(
            "virt.flash1",
            FlashBacking.NONE,
            ByteSize.mebibytes(64),
            new ByteSize(256 << 10),
            4,
            2,
            0x89,
            0x18,
            true);
    QemuState state = decider.evolve(Monitor.virt("7.2.22").state(), secure);

    List<Decision> decisions =
        decider.decide(state, new DispatchWrite(0, new Gpa(FLASH1), 4, 0x90_0090));

    assertThat(decisions)
        .extracting(decision -> decision.event().type())
        .containsExactly("DeviceWritten", "MmioServed");
    QemuState trapped = decider.evolve(state, new RomdModeChanged("virt.flash1", false));
    assertThat(decider.decide(trapped, new DispatchRead(0, new Gpa(FLASH1), 4)))
        .extracting(decision -> decision.event().type())
        .containsExactly("FlashNoted", "DeviceRead", "MmioServed");
  }
}
