package org.pagetrail.traceimport;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.SystemCalls;
import org.pagetrail.traceimport.capture.Teller;

/** The inputs that tell what happened. */
final class ToldInputs {
  private final SortedMap<String, OpenInput> inputs = new TreeMap<>();
  private final List<String> warnings;

  /** Warnings are added to a list. */
  ToldInputs(List<String> warnings) {
    this.warnings = warnings;
  }

  /** True if any of them tells anything, as far as they were read. */
  boolean hasAny() {
    return inputs.values().stream().anyMatch(OpenInput::isTelling);
  }

  void add(OpenInput input) {
    inputs.put(input.name(), input);
  }

  /** Takes over what readers put into the capture as a whole. */
  void addAll(Capture capture) {
    for (Map.Entry<String, List<KernelLine>> trace : capture.kernelTraces().entrySet()) {
      String name = trace.getKey();
      List<QemuLine> beside = capture.qemuLogs().getOrDefault(name, List.of());
      add(new OpenInput(name, Teller.KERNEL, Happenings.of(trace.getValue(), beside)));
    }
    for (Map.Entry<String, List<QemuLine>> log : capture.qemuLogs().entrySet()) {
      if (!inputs.containsKey(log.getKey())) {
        add(new OpenInput(log.getKey(), Teller.QEMU, Happenings.of(List.of(), log.getValue())));
      }
    }
    for (Map.Entry<String, SystemCalls> calls : capture.systemCalls().entrySet()) {
      if (!inputs.containsKey(calls.getKey())) {
        add(
            new OpenInput(
                calls.getKey(),
                Teller.SYSTEM_CALLS,
                Happenings.of(calls.getValue().lines(), List.of())));
      }
    }
  }

  /**
   * The input with most lines; a capture may have an excerpt beside the whole. Where more than one
   * is longer than its beginning, the one whose file is larger. Kernel traces that follow one
   * another become one.
   */
  @Nullable OpenInput largest(Teller teller) {
    List<OpenInput> all = inputs.values().stream().filter(input -> tells(input, teller)).toList();
    List<OpenInput> parts = teller == Teller.KERNEL ? FollowingTraces.among(all) : List.of();
    if (parts.size() > 1) {
      parts.forEach(part -> inputs.remove(part.name()));
      add(FollowingTraces.asOne(parts, warnings));
      return inputs.get(parts.getFirst().name());
    }
    OpenInput largest = null;
    for (OpenInput input : all) {
      if (largest == null || isLarger(input, largest, teller)) {
        largest = input;
      }
    }
    if (largest != null && all.size() > 1) {
      warnings.add("more than one " + named(teller) + "; the largest is used: " + largest.name());
    }
    return largest;
  }

  private static boolean tells(OpenInput input, Teller teller) {
    return input.teller() == teller || (teller == Teller.QEMU && input.hasQemuLines());
  }

  private static boolean isLarger(OpenInput one, OpenInput other, Teller teller) {
    if (one.isEnded() || other.isEnded()) {
      return one.count(teller) > other.count(teller);
    }
    return one.bytes() > other.bytes();
  }

  private static String named(Teller teller) {
    return switch (teller) {
      case KERNEL -> "kernel trace";
      case QEMU -> "QEMU log";
      case SYSTEM_CALLS -> "trace of system calls";
    };
  }

  /** Says whose lines will be taken; all others are read to their end, to know what they hold. */
  void use(@Nullable OpenInput kernel, @Nullable OpenInput log, @Nullable OpenInput calls) {
    for (OpenInput input : inputs.values()) {
      if (Stream.of(kernel, log, calls).noneMatch(used -> used == input)) {
        input.readToEnd();
      } else {
        input.use(input == kernel || input == calls, input == log);
      }
    }
  }

  /** What the times of QEMU's lines in an input count from. */
  QemuClock clockOf(OpenInput log, Capture capture) {
    return log.teller() == Teller.KERNEL ? QemuClock.OF_TRACE : capture.qemuClock(log.name());
  }
}
