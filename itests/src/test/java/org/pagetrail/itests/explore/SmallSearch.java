package org.pagetrail.itests.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.explore.Exploration;
import org.pagetrail.kvm.explore.Explorer;
import org.pagetrail.kvm.explore.Model;
import org.pagetrail.kvm.explore.Operation;
import org.pagetrail.kvm.explore.Start;
import org.pagetrail.kvm.explore.Watch;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/**
 * A search that other model checkers can do in seconds: 6.1 with the bug of 2014 beside 6.1, runs
 * of any length from one start, with a few operations.
 *
 * @param found what our search finds
 * @param model the same for the other checker
 */
record SmallSearch(Exploration found, Model model) {
  private static final int DEPTH_MAX = 500;
  private static final long STATES_MAX = 1_000_000;

  /** The searches that are compared, a line each: {@code BACKING RO|RW OPERATIONS}. */
  static Stream<String> all() {
    return Stream.of(
        "anon_untouched RO RWDc",
        "anon_untouched RW RWhDcGl",
        "file_private RO RWhFDcUP",
        "devmem_flash RW RWAdao",
        "anon_untouched_hugeadv RW RWDEs");
  }

  static SmallSearch of(String line) {
    String[] words = line.split(" ", -1);
    KernelModel right = Kernels.of(Arch.ARM64, "6.1");
    KernelModel left = Fixes.apply(right, Fixes.parse("bug-2014"));
    List<Operation> operations =
        Operation.of(Arch.ARM64, 1).stream()
            .filter(operation -> words[2].indexOf(operation.letter()) >= 0)
            .toList();
    Explorer explorer =
        new Explorer(
            RecordedHost.of(Arch.ARM64, ThpMode.MADVISE),
            List.of(new Start(words[0], words[1].equals("RO"))),
            operations,
            Watch.NONE);
    Exploration found = explorer.compare(left, right, DEPTH_MAX, STATES_MAX);
    assertThat(found.closed()).as("%s was searched for runs of any length", line).isTrue();
    return new SmallSearch(found, explorer.model(left, right, DEPTH_MAX));
  }
}
