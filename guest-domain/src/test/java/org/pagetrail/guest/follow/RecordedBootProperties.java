package org.pagetrail.guest.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
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
import org.pagetrail.guest.recorded.FlashOperation;
import org.pagetrail.guest.recorded.RecordedBoot;

/** Laws of the follower over a recorded boot: 457 status reads and 95 lock checks. */
class RecordedBootProperties {
  private static final long SEED = 20140912;
  private static final Gpa BASE = new Gpa(0x4000000);
  private static final long READY = 0x800080;
  private static final long ERRORS = 0x3a003a;

  @Test
  void everyRecordedReadIsJudgedByTheBitsThatItsDriverLooksAt() {
    SplittableRandom random = new SplittableRandom(SEED);
    FlashDriverFollower follower =
        FlashDriverFollower.atPowerOn(new GpaRange(BASE, ByteSize.mebibytes(64)));
    int statuses = 0;
    int locks = 0;
    for (FlashOperation operation : RecordedBoot.operations("stock-6.1-bios64-thpnever")) {
      if (operation.flash() != 1) {
        continue;
      }
      GuestAccessCompleted access = access(operation);
      if (!operation.isWrite()) {
        long noise = random.nextInt() & 0xffffffffL;
        String what = operation + " with noise " + noise + ", seed " + SEED;
        if (operation.value() == READY) {
          statuses++;
          long other = READY | (noise & ~ERRORS);
          assertThat(follower.judge(access, other)).as(what).isInstanceOf(GoesOn.class);
          assertThat(follower.judge(access, other & ~0x80L))
              .as(what)
              .isInstanceOf(KeepsPolling.class);
        } else {
          locks++;
          assertThat(follower.judge(access, noise & ~0x10001L)).as(what).isInstanceOf(GoesOn.class);
          assertThat(follower.judge(access, noise | 1)).as(what).isInstanceOf(Leaves.class);
        }
      }
      follower = follower.after(access);
    }
    assertThat(statuses).isEqualTo(457);
    assertThat(locks).isEqualTo(95);
  }

  private static GuestAccessCompleted access(FlashOperation operation) {
    return new GuestAccessCompleted(
        0,
        operation.isWrite() ? AccessKind.WRITE : AccessKind.READ,
        BASE.plus(operation.offset()),
        operation.width(),
        operation.value(),
        Completion.MMIO);
  }
}
