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
import org.pagetrail.traceimport.input.ImportException;

/** The inputs that tell what happened. */
final class ToldInputs {
  private final SortedMap<String, OpenInput> inputs = new TreeMap<>();
  private final List<String> warnings;
  private @Nullable SystemCalls calls;

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
   * The input of a teller. Kernel traces that follow one another become one, and so do logs of QEMU
   * and traces of system calls, by their times. Of others the one with most lines: a capture may
   * have an excerpt beside the whole. Where more than one is longer than its beginning, the one
   * whose file is larger.
   *
   * @throws ImportException if the lines of several cannot be put into one order
   */
  @Nullable OpenInput of(Teller teller, Capture capture) {
    if (teller == Teller.KERNEL) {
      List<OpenInput> parts = FollowingTraces.among(all(teller));
      if (parts.size() > 1) {
        return replaced(parts, FollowingTraces.asOne(parts, warnings));
      }
    } else {
      joinAll(teller, capture);
    }
    return largest(teller);
  }

  private void joinAll(Teller teller, Capture capture) {
    List<OpenInput> telling =
        inputs.values().stream()
            .filter(input -> input.teller() == teller && input.isTelling())
            .toList();
    if (telling.size() < 2) {
      return;
    }
    List<OpenInput> parts = InputsOfOneKind.joinable(telling, capture, warnings);
    telling.stream()
        .filter(input -> !parts.contains(input))
        .forEach(input -> {
          inputs.remove(input.name());
          input.readToEnd();
        });
    if (parts.size() > 1) {
      String what = teller == Teller.QEMU ? "logs of QEMU" : "traces of system calls";
      warnings.add(what + " are taken for one, by their times: " + InputsOfOneKind.names(parts));
      OpenInput joined = JoinedInputs.asOne(parts, warnings::add);
      replaced(parts, joined);
      if (teller == Teller.SYSTEM_CALLS) {
        joined.kernelBeginning();
        calls = InputsOfOneKind.callsOf(parts, capture);
      }
    }
  }

  private OpenInput replaced(List<OpenInput> parts, OpenInput one) {
    parts.forEach(part -> inputs.remove(part.name()));
    add(one);
    return one;
  }

  private List<OpenInput> all(Teller teller) {
    return inputs.values().stream().filter(input -> tells(input, teller)).toList();
  }

  private @Nullable OpenInput largest(Teller teller) {
    List<OpenInput> all = all(teller);
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

  /** What the beginning of a trace of system calls, or of several that became one, says of all. */
  SystemCalls callsOf(OpenInput input, Capture capture) {
    SystemCalls joined = calls;
    return joined == null ? capture.systemCalls(input.name()) : joined;
  }

  /** What the times of QEMU's lines in an input count from. */
  QemuClock clockOf(OpenInput log, Capture capture) {
    return log.teller() == Teller.KERNEL ? QemuClock.OF_TRACE : capture.qemuClock(log.name());
  }
}
