package org.pagetrail.kvm.explore;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** What a search of all runs finds, and that it leaves out none. */
class ExplorerTest {
  private static final RecordedHost HOST = RecordedHost.of(Arch.ARM64, ThpMode.MADVISE);
  private static final KernelModel PLAIN = Kernels.of(Arch.ARM64, "6.1");
  private static final KernelModel BUG = Fixes.apply(PLAIN, Fixes.parse("bug-2014"));
  private static final long MANY = 1_000_000;

  private static final List<Start> FEW =
      List.of(
          new Start("anon_untouched", true),
          new Start("anon_untouched", false),
          new Start("file_private", true),
          new Start("devmem_flash", false));

  private static final List<Operation> SOME =
      List.of(
          Operation.READ,
          Operation.WRITE,
          Operation.EXCLUSIVE,
          Operation.HOST_READ,
          Operation.HOST_WRITE,
          Operation.DONTNEED,
          Operation.FORK_KEPT,
          Operation.SLOT_TOGGLE,
          Operation.READ_NEXT);

  @Test
  void findsTheKindsThatEveryRunPlayedByItselfFindsAndNoShorterOnes() {
    Map<Kind, Integer> slow = new EveryRun(HOST, SOME).compare(BUG, PLAIN, FEW, 3);

    Exploration found = new Explorer(HOST, FEW, SOME, Watch.NONE).compare(BUG, PLAIN, 3, MANY);

    Map<Kind, Integer> fast =
        found.witnesses().stream().collect(toMap(Witness::kind, w -> w.sequence().length()));
    assertThat(slow).isNotEmpty();
    assertThat(fast).isEqualTo(slow);
    assertThat(found.isComplete()).isTrue();
  }

  @Test
  void aWriteBehindAReadOfABlankReadOnlyPageIsWhereTheBugOf2014Shows() {
    Exploration found = new Explorer(HOST, FEW, 1, Watch.NONE).compare(BUG, PLAIN, 2, MANY);

    Kind lost = new Kind(Kind.Sort.OUTCOME, "guest write", "ok", "mmiow");
    assertThat(found.witnesses())
        .contains(new Witness(lost, new Start("anon_untouched", true), "RW"));
    assertThat(new Witness(lost, FEW.getFirst(), "RW").row(BUG, HOST))
        .isEqualTo("anon_untouched RO  RW :: R:ok[ZR|L3RWD] W:ok!ZERO[ZR|L3RWD]");
  }

  @Test
  void aKernelDoesNotDifferFromItself() {
    Exploration found = new Explorer(HOST, FEW, 2, Watch.NONE).compare(BUG, BUG, 3, MANY);

    assertThat(found.witnesses()).isEmpty();
    assertThat(found.transitions()).isPositive();
  }

  @Test
  void theSameSearchFindsTheSameInTheSameOrder() {
    Exploration one = new Explorer(HOST, FEW, 1, Watch.NONE).compare(BUG, PLAIN, 3, MANY);
    Exploration other = new Explorer(HOST, FEW, 1, Watch.NONE).compare(BUG, PLAIN, 3, MANY);

    assertThat(other).isEqualTo(one);
  }

  @Test
  void aSearchThatStoppedShortSaysSo() {
    Exploration found = new Explorer(HOST, FEW, 1, Watch.NONE).compare(BUG, PLAIN, 5, 100);

    assertThat(found.isComplete()).isFalse();
    assertThat(found.depth()).isLessThan(5);
  }

  @Test
  void aSmallSystemIsSearchedForRunsOfAnyLength() {
    List<Operation> few =
        List.of(Operation.READ, Operation.WRITE, Operation.DONTNEED, Operation.SLOT_TOGGLE);

    Exploration found = new Explorer(HOST, FEW, few, Watch.NONE).compare(BUG, PLAIN, 50, MANY);

    assertThat(found.closed()).isTrue();
    assertThat(found.depth()).isLessThan(50);
  }
}
