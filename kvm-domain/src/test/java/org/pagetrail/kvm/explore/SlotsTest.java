package org.pagetrail.kvm.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Player;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** Slots leave each other alone, and several are searched as what each does. */
class SlotsTest {
  private static final RecordedHost HOST = RecordedHost.of(Arch.ARM64, ThpMode.MADVISE);
  private static final KernelModel PLAIN = Kernels.of(Arch.ARM64, "6.1");
  private static final KernelModel GUARD = Fixes.apply(PLAIN, Fixes.parse("arch-writable-guard"));
  private static final int SLOTS = 4;
  private static final int RUNS = 150;
  private static final int LENGTH = 16;
  private static final int MANY = 2_000_000;

  /** All but those of the whole process, and those that not every state allows. */
  private static final List<Operation> OWN =
      Operation.of(Arch.ARM64, 2).stream()
          .filter(operation ->
              switch (operation) {
                case FORK_KEPT, FORK_EXITS, KSM, KSM_ZERO, SLOT_MOVE -> false;
                default -> true;
              })
          .toList();

  private static final List<Operation> FEW =
      List.of(Operation.READ, Operation.WRITE, Operation.DONTNEED, Operation.SLOT_TOGGLE);

  @Test
  void whatOneSlotSeesDoesNotDependOnWhatHappensInOthers() {
    List<String> backings =
        List.of(
            "anon_untouched", "anon_untouched_hugeadv", "file_private", "hugetlb_shared_written");
    for (int seed = 0; seed < RUNS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      KvmState[] alone = new KvmState[SLOTS];
      Start[] starts = new Start[SLOTS];
      KvmState together = HOST.start();
      for (int slot = 0; slot < SLOTS; slot++) {
        starts[slot] = new Start(backings.get(slot), random.nextBoolean());
        alone[slot] = setUp(starts[slot], HOST.start(), slot);
        together = setUp(starts[slot], together, slot);
      }
      for (int depth = 1; depth <= LENGTH; depth++) {
        int slot = random.nextInt(SLOTS);
        Operation operation = OWN.get(random.nextInt(OWN.size()));
        Step one = step(starts[slot], alone[slot], depth, slot, operation);
        Step other = step(starts[slot], together, depth, slot, operation);

        assertThat(other.word()).as("seed %d step %d", seed, depth).isEqualTo(one.word());
        assertThat(other.value()).as("seed %d step %d", seed, depth).isEqualTo(one.value());

        alone[slot] = one.state();
        together = other.state();
      }
    }
  }

  @Test
  void twoSlotsReachEveryUnorderedPairOfWhatOneReaches() {
    Slots one = explorer(FEW).slots(PLAIN, GUARD, 100, 1, MANY);
    Slots two = explorer(FEW).slots(PLAIN, GUARD, 100, 2, MANY);

    assertThat(one.complete()).isTrue();
    assertThat(two.states()).isEqualTo(one.states() * (one.states() + 1) / 2);
    assertThat(two.transitions()).isEqualTo(one.transitions() * one.states());
  }

  @Test
  void slotsThatCouldReachEachOtherAreRefused() {
    KernelModel bug = Fixes.apply(PLAIN, Fixes.parse("bug-2014"));

    assertThatThrownBy(() -> explorer(FEW).slots(PLAIN, bug, 100, 2, MANY))
        .hasMessageContaining("zero page");
    assertThatThrownBy(
            () -> explorer(List.of(Operation.FORK_KEPT)).slots(PLAIN, GUARD, 100, 2, MANY))
        .hasMessageContaining("fork");
  }

  private static Explorer explorer(List<Operation> operations) {
    return new Explorer(HOST, List.of(new Start("anon_untouched", true)), operations, Watch.NONE);
  }

  private static KvmState setUp(Start start, KvmState state, int slot) {
    Player player = new Player(PLAIN, HOST, start.line(""), state, 0, decision -> {}, slot);
    assertThat(player.setUp()).isEmpty();
    return player.state();
  }

  private static Step step(Start start, KvmState state, int stamp, int slot, Operation operation) {
    Player player = new Player(PLAIN, HOST, start.line(""), state, stamp, decision -> {}, slot);
    return Step.play(player, Watch.NONE, operation);
  }
}
