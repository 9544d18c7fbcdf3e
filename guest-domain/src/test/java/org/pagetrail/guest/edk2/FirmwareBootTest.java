package org.pagetrail.guest.edk2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.memory.Gpa;
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
}
