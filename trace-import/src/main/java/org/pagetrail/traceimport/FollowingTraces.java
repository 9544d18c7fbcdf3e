package org.pagetrail.traceimport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelLine;

/**
 * Kernel traces that follow one another, taken for one: a trace that was rotated, or taken in
 * parts. They tell of the same threads of vCPUs, and each ends before the next begins.
 */
final class FollowingTraces implements Happenings {
  private final Deque<OpenInput> left;
  private final List<String> warnings;
  private OpenInput current;

  private FollowingTraces(List<OpenInput> parts, List<String> warnings) {
    this.left = new ArrayDeque<>(parts);
    this.warnings = warnings;
    this.current = left.removeFirst();
  }

  /**
   * The traces that may follow one another, by their first times; fewer than two if none do.
   *
   * @param all traces of the kernel, as far as their beginnings were read
   */
  static List<OpenInput> among(List<OpenInput> all) {
    List<OpenInput> timed =
        all.stream()
            .filter(input -> input.firstNanos() != null)
            .sorted(Comparator.comparing(OpenInput::name))
            .sorted(Comparator.comparingLong(FollowingTraces::first))
            .toList();
    List<OpenInput> parts = new ArrayList<>();
    for (OpenInput next : timed) {
      if (parts.isEmpty() || follows(next, parts.getLast())) {
        parts.add(next);
      }
    }
    return parts.size() == all.size() ? parts : List.of();
  }

  /** All of them as one input, which is called as the first of them. */
  static OpenInput asOne(List<OpenInput> parts, List<String> warnings) {
    warnings.add(
        "kernel traces that follow one another are taken for one: "
            + String.join(", ", parts.stream().map(OpenInput::name).toList()));
    return new OpenInput(
        parts.getFirst().name(),
        parts.getFirst().teller(),
        parts.stream().mapToLong(OpenInput::bytes).sum(),
        new FollowingTraces(parts, warnings));
  }

  private static long first(OpenInput input) {
    Long first = input.firstNanos();
    return first == null ? 0 : first;
  }

  /** Where the earlier one is longer than its beginning, reading it will tell whether it ends. */
  private static boolean follows(OpenInput next, OpenInput before) {
    Long last = before.isEnded() ? before.lastNanos() : null;
    return first(next) > first(before)
        && (last == null || last <= first(next))
        && vcpuThreads(next).stream().anyMatch(vcpuThreads(before)::contains);
  }

  private static Set<Integer> vcpuThreads(OpenInput input) {
    Set<Integer> threads = new HashSet<>();
    for (KernelLine line : input.kernelBeginning()) {
      if (line.fact() instanceof OfVcpu) {
        threads.add(line.thread());
      }
    }
    return threads;
  }

  @Override
  public @Nullable Happening next() {
    Happening next = current.nextOfAny();
    while (next == null && !left.isEmpty()) {
      current = left.removeFirst();
      next = current.nextOfAny();
    }
    Long time = next == null ? null : next.timeNanos();
    while (time != null && !left.isEmpty() && time > first(left.getFirst())) {
      OpenInput overlapping = left.removeFirst();
      overlapping.readToEnd();
      warnings.add(
          overlapping.name() + ": begins before " + current.name() + " ends, and is left out");
    }
    return next;
  }
}
