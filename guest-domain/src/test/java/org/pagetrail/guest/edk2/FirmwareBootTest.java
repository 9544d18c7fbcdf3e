package org.pagetrail.guest.edk2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.guest.edk2.flash.NorFlashDriver;
import org.pagetrail.guest.edk2.variable.UnknownContent;

/** The firmware's boot from power-on. */
class FirmwareBootTest {
  private static final FirmwareProgram DEBIAN =
      new FirmwareProgram(FirmwareBuilds.DEBIAN_2022_11, UnknownContent.EMPTY);
  private static final FirmwareProgram OF_2014 =
      new FirmwareProgram(FirmwareBuilds.ARM_VIRT_QEMU_2014, UnknownContent.EMPTY);

  @Test
  void aBootOnWorkingFlashReachesTheShell() {
    FakeMachine machine = FakeMachine.healthy().run(DEBIAN);

    assertThat(machine.events().getLast()).isEqualTo(new GuestReached("shell"));
    assertThat(machine.operations()).hasSize(8421 + 552);
  }

  @Test
  void theDriverOf2014ReachesTheShellToo() {
    assertThat(FakeMachine.healthy().run(OF_2014).events().getLast())
        .isEqualTo(new GuestReached("shell"));
  }

  @Test
  void lostWritesHangTheFirmwareInItsFirstErase() {
    FakeMachine machine = FakeMachine.losingWrites().run(DEBIAN);

    assertThat(machine.events().getLast())
        .isEqualTo(new GuestHung(0, new Gpa(0x4000000), 0x700070, 0x800080, 0x800080));
    assertThat(machine.decisions().getLast().rule().rule())
        .isEqualTo("guest/poll-without-progress");
    assertThat(machine.plainWord(0x4000000)).isEqualTo(0x700070);
    assertThat(machine.plainWord(0x4000008)).isEqualTo(0x900090);
  }

  @Test
  void lostWritesHangTheDriverOf2014InItsFirstEraseToo() {
    FakeMachine machine = FakeMachine.losingWrites().run(OF_2014);

    assertThat(machine.events().getLast())
        .isEqualTo(new GuestHung(0, new Gpa(0x4000000), 0x700070, 0x800080, 0x800080));
    assertThat(machine.plainWord(0x4000008)).isEqualTo(0x900090);
  }

  @Test
  void aStoreOfUnknownContentThatIsTakenAsFormattedLeadsToTheShell() {
    FakeMachine machine =
        FakeMachine.withUnknownMemory()
            .run(new FirmwareProgram(FirmwareBuilds.DEBIAN_2022_11, UnknownContent.FORMATTED));

    assertThat(machine.events().getLast()).isEqualTo(new GuestReached("shell"));
    assertThat(machine.events())
        .contains(
            new GuestStepped(
                0, "not followed: which variables are set, the store's content is not known"));
  }

  @Test
  void aSecondBootFindsTheStoreOfTheFirstAndOnlyCounts() {
    FakeMachine first = FakeMachine.healthy().run(DEBIAN);
    FakeMachine second = FakeMachine.after(first).run(DEBIAN);

    assertThat(second.events().getLast()).isEqualTo(new GuestReached("shell"));
    assertThat(second.events())
        .contains(new GuestStepped(0, "set variable MTC"))
        .doesNotContain(new GuestStepped(0, "format the volume"))
        .doesNotContain(new GuestStepped(0, "set variable Lang"));
  }

  @Test
  void aCorruptHeaderIsFoundByItsChecksumAndTheVolumeFormatted() {
    FakeMachine corrupt = FakeMachine.after(FakeMachine.healthy().run(DEBIAN));
    corrupt.flash(1).change(0x2d, 0x0f);
    corrupt.run(DEBIAN);

    assertThat(corrupt.events())
        .contains(new GuestStepped(0, "format the volume"))
        .endsWith(new GuestReached("shell"));
    assertThat(corrupt.operations()).hasSize(8421 + 552);
  }

  @Test
  void aWorkingBlockThatWasLostIsRestoredFromTheSpareBlock() {
    FakeMachine lost = FakeMachine.after(FakeMachine.healthy().run(DEBIAN));
    for (int offset = 0; offset < 32; offset++) {
      byte[] content = lost.flash(1).content(0x40020);
      lost.flash(1).change(0x80000 + offset, content[0x40000 + offset]);
    }
    lost.flash(1).change(0x40000, 0);
    lost.run(DEBIAN);

    assertThat(lost.events())
        .contains(new GuestStepped(0, "restore the working block from the spare block"))
        .endsWith(new GuestReached("shell"));
    assertThat(lost.flash(1).content(0x40001)[0x40000]).isEqualTo((byte) 0x2b);
  }

  @Test
  void anAbortStopsTheFirmware() {
    FakeMachine machine = FakeMachine.aborting(new Gpa(0x4000037)).run(DEBIAN);

    assertThat(machine.events()).endsWith(new GuestStepped(0, "stopped: an abort at 0x4000037"));
  }

  @Test
  void theDriverOf2024NeedsFewerErasesForTheSameVariables() {
    FakeMachine machine =
        FakeMachine.healthy()
            .run(
                new FirmwareProgram(
                    FirmwareBuilds.DEBIAN_2022_11.withDriver(NorFlashDriver.OF_2024_02),
                    UnknownContent.EMPTY));

    assertThat(machine.events()).endsWith(new GuestReached("shell"));
    assertThat(machine.operations())
        .filteredOn(operation -> operation.isWrite() && operation.value() == 0x200020)
        .as("3 to format, 6 of the fault-tolerant-write driver, none for a variable")
        .hasSize(9);
  }
}
