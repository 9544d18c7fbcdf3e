package org.pagetrail.guest.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.guest.follow.Verdict.GoesOn;
import org.pagetrail.guest.follow.Verdict.KeepsPolling;
import org.pagetrail.guest.follow.Verdict.Leaves;
import org.pagetrail.guest.follow.Verdict.NotKnown;

/** Would the firmware have gone on as recorded? */
class FlashDriverFollowerTest {
  private static final Gpa BASE = new Gpa(0x4000000);
  private static final FlashDriverFollower POWER_ON =
      FlashDriverFollower.atPowerOn(new GpaRange(BASE, ByteSize.mebibytes(64)));

  @Test
  void theSameAnswerLeadsOn() {
    assertThat(POWER_ON.judge(read(0x80, 4, 7L), 7L)).isInstanceOf(GoesOn.class);
  }

  @Test
  void anotherInvalidHeaderFieldIsAsInvalid() {
    assertThat(POWER_ON.judge(read(0x37, 1, 0L), 0xffL)).isInstanceOf(GoesOn.class);
  }

  @Test
  void aValidHeaderFieldInsteadOfAnInvalidOneLeavesTheRecording() {
    assertThat(POWER_ON.judge(read(0x37, 1, 0L), 2L))
        .isInstanceOfSatisfying(
            Leaves.class, leaves -> assertThat(leaves.why()).isEqualTo("finds a valid volume"));
  }

  @Test
  void otherDataLeavesTheRecording() {
    assertThat(POWER_ON.judge(read(0x80, 4, 7L), 8L)).isInstanceOf(Leaves.class);
  }

  @Test
  void aStatusThatReadsBackTheCommandKeepsTheDriverPolling() {
    FlashDriverFollower polling = written(0x200020, 0xd000d0, 0x700070);

    assertThat(polling.judge(read(0, 4, 0x800080L), 0x700070L))
        .isInstanceOfSatisfying(
            KeepsPolling.class,
            keeps -> {
              assertThat(keeps.gpa()).isEqualTo(BASE);
              assertThat(keeps.seen()).isEqualTo(0x700070);
              assertThat(keeps.mask()).isEqualTo(0x800080);
              assertThat(keeps.wanted()).isEqualTo(0x800080);
            });
  }

  @Test
  void oneChipThatIsNotReadyKeepsTheDriverPolling() {
    assertThat(written(0x200020, 0xd000d0, 0x700070).judge(read(0, 4, 0x800080L), 0x80L))
        .isInstanceOf(KeepsPolling.class);
  }

  @Test
  void aPollThatGoesOnEitherWayIsAsRecorded() {
    assertThat(written(0x200020, 0xd000d0, 0x700070).judge(read(0, 4, 0L), 0x80L))
        .isInstanceOf(GoesOn.class);
  }

  @Test
  void anEarlierReadyLeavesTheRecording() {
    assertThat(written(0x200020, 0xd000d0, 0x700070).judge(read(0, 4, 0L), 0x800080L))
        .isInstanceOf(Leaves.class);
  }

  @Test
  void anEraseErrorIsLookedAtAfterAnEraseOnly() {
    assertThat(written(0x200020, 0xd000d0, 0x700070).judge(read(0, 4, 0x800080L), 0xa000a0L))
        .isInstanceOf(Leaves.class);
    assertThat(written(0x400040, 0x1234, 0x700070).judge(read(0, 4, 0x800080L), 0xa000a0L))
        .isInstanceOf(GoesOn.class);
  }

  @Test
  void dataForTheBufferAreNoCommands() {
    FlashDriverFollower afterBuffer =
        written(0xe800e8, 0x10001, 0x200020, 0x900090, 0xd000d0, 0x700070);

    assertThat(afterBuffer.judge(read(0, 4, 0x800080L), 0x900090L))
        .as("a program error")
        .isInstanceOf(Leaves.class);
    assertThat(afterBuffer.judge(read(0, 4, 0x800080L), 0xa000a0L))
        .as("an erase error, which a program does not look at")
        .isInstanceOf(GoesOn.class);
  }

  @Test
  void ofALockStateOnlyBitZeroOfEachChipMatters() {
    FlashDriverFollower asked = written(0x900090);

    assertThat(asked.judge(read(8, 4, 0L), 0x900090L)).isInstanceOf(GoesOn.class);
    assertThat(asked.judge(read(8, 4, 0L), 0x10000L))
        .isInstanceOfSatisfying(
            Leaves.class, leaves -> assertThat(leaves.why()).isEqualTo("finds the block locked"));
  }

  @Test
  void theProbeOfAByteWideFlashTellsFlashFromRam() {
    FlashDriverFollower cleared = after(POWER_ON, 1, 0x50);
    FlashDriverFollower asked = after(cleared, 1, 0x70);

    assertThat(cleared.judge(read(0x10, 1, 0xabL), 0xcdL)).isInstanceOf(GoesOn.class);
    assertThat(cleared.judge(read(0x10, 1, 0xabL), 0x50L)).isInstanceOf(Leaves.class);
    assertThat(asked.judge(read(0x10, 1, 0L), 0x70L)).isInstanceOf(Leaves.class);
  }

  @Test
  void nothingFollowsFromAValueThatIsNotKnown() {
    assertThat(POWER_ON.judge(read(0x37, 1, null), 0L)).isInstanceOf(NotKnown.class);
    assertThat(POWER_ON.judge(read(0x37, 1, 0L), null)).isInstanceOf(NotKnown.class);
  }

  private static FlashDriverFollower written(long... values) {
    return after(POWER_ON, 4, values);
  }

  private static FlashDriverFollower after(FlashDriverFollower from, int width, long... values) {
    FlashDriverFollower follower = from;
    for (long value : values) {
      follower =
          follower.after(
              new GuestAccessCompleted(0, AccessKind.WRITE, BASE, width, value, Completion.MMIO));
    }
    return follower;
  }

  private static GuestAccessCompleted read(long offset, int width, @Nullable Long value) {
    return new GuestAccessCompleted(
        0, AccessKind.READ, BASE.plus(offset), width, value, Completion.MMIO);
  }
}
