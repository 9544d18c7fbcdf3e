package org.pagetrail.traceimport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.SystemCalls;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.join.VcpuThreads;

/**
 * Which of several logs of QEMU, or of several traces of system calls, tell of one run and can be
 * put into one order.
 */
final class InputsOfOneKind {
  private static final int NAMED_MAX = 8;

  private InputsOfOneKind() {}

  /**
   * Those that become one.
   *
   * @param all of one teller that is not the kernel; each tells something
   * @param warnings is told of those that are left out
   * @throws ImportException if their lines cannot be put into one order
   */
  static List<OpenInput> joinable(List<OpenInput> all, Capture capture, List<String> warnings) {
    boolean logs = all.getFirst().teller() == Teller.QEMU;
    List<OpenInput> ofOneRun = logs ? ofOneMonitor(all, warnings) : all;
    if (ofOneRun.size() < 2) {
      return ofOneRun;
    }
    OpenInput first = ofOneRun.getFirst();
    for (OpenInput input : ofOneRun) {
      if (input.firstNanos() == null) {
        OpenInput other = input == first ? ofOneRun.get(1) : first;
        throw refusal(
            input, other, "its lines have no times that say where they stand among those");
      }
      if (!clockOf(input, capture).equals(clockOf(first, capture))) {
        throw refusal(input, first, "its times count from another moment than those");
      }
    }
    return ofOneRun;
  }

  /** Their names, for a message. */
  static String names(List<OpenInput> inputs) {
    String names =
        inputs.stream().limit(NAMED_MAX).map(OpenInput::name).collect(Collectors.joining(", "));
    int more = inputs.size() - NAMED_MAX;
    return more > 0 ? names + " and " + more + " more" : names;
  }

  /** What all of them say about clocks and runs. */
  static SystemCalls callsOf(List<OpenInput> inputs, Capture capture) {
    return SystemCalls.joined(
        inputs.stream().map(input -> capture.systemCalls(input.name())).toList());
  }

  /** The largest, and those that do not say that their vCPUs are other threads. */
  private static List<OpenInput> ofOneMonitor(List<OpenInput> all, List<String> warnings) {
    OpenInput largest =
        all.stream()
            .max(
                Comparator.comparingLong(OpenInput::bytes)
                    .thenComparing(OpenInput::name, Comparator.reverseOrder()))
            .orElseThrow();
    List<OpenInput> own = new ArrayList<>();
    for (OpenInput input : all) {
      if (input != largest && isOfOtherMonitor(input, largest)) {
        warnings.add(
            input.name()
                + ": its vCPUs are other threads than those of "
                + largest.name()
                + ", so it is of another QEMU and is left out");
      } else {
        own.add(input);
      }
    }
    return own;
  }

  private static boolean isOfOtherMonitor(OpenInput input, OpenInput than) {
    Map<Integer, Integer> ofInput = VcpuThreads.named(input.qemuBeginning());
    Map<Integer, Integer> ofOther = VcpuThreads.named(than.qemuBeginning());
    Set<Integer> sameVcpus = new HashSet<>(ofInput.values());
    sameVcpus.retainAll(ofOther.values());
    return !sameVcpus.isEmpty() && ofInput.keySet().stream().noneMatch(ofOther::containsKey);
  }

  private static Object clockOf(OpenInput input, Capture capture) {
    return input.teller() == Teller.SYSTEM_CALLS
        ? capture.systemCalls(input.name()).clock()
        : capture.qemuClock(input.name());
  }

  private static ImportException refusal(OpenInput input, OpenInput other, String why) {
    boolean calls = input.teller() == Teller.SYSTEM_CALLS;
    return new ImportException(
        input.name(),
        calls ? "traces of system calls not joined" : "logs of QEMU not joined",
        why + " of " + other.name(),
        "import one of them alone, or record "
            + (calls ? "all with strace -ff -ttt" : "all with -msg timestamp=on"));
  }
}
