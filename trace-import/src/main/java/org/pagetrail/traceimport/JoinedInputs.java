package org.pagetrail.traceimport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * Inputs of one kind and one clock, taken for one: logs that were rotated, a log beside what went
 * to standard error, a trace of system calls for each thread. Each keeps its own order; between
 * them time decides. A line without a time stays behind the one before it. A line that two of them
 * have is taken once.
 */
final class JoinedInputs implements Happenings {

  /** An input, and the line of it that is next. */
  private static final class Part {
    private final OpenInput input;
    private final int order;
    private Happening next;
    private long timeNanos;
    private long repeated;

    Part(OpenInput input, int order, Happening first) {
      this.input = input;
      this.order = order;
      this.next = first;
      Long firstNanos = input.firstNanos();
      this.timeNanos = firstNanos == null ? 0 : firstNanos;
    }

    /** Goes on to the next line; false at the end. */
    boolean advance() {
      Happening following = input.nextOfAny();
      if (following == null) {
        return false;
      }
      Long time = following.timeNanos();
      timeNanos = time == null ? timeNanos : time;
      next = following;
      return true;
    }
  }

  private final PriorityQueue<Part> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Part part) -> part.timeNanos)
              .thenComparingInt(part -> part.order));
  private final List<Part> sameTime = new ArrayList<>();
  private final Consumer<String> warnings;

  private JoinedInputs(List<OpenInput> inputs, Consumer<String> warnings) {
    this.warnings = warnings;
    for (int i = 0; i < inputs.size(); i++) {
      Happening first = inputs.get(i).nextOfAny();
      if (first != null) {
        queue.add(new Part(inputs.get(i), i, first));
      }
    }
  }

  /**
   * All of them as one input, which is called as the one that begins first.
   *
   * @param inputs at least one; each has times
   * @param warnings is told, at the end of each, how many of its lines others had before
   */
  static OpenInput asOne(List<OpenInput> inputs, Consumer<String> warnings) {
    List<OpenInput> sorted =
        inputs.stream()
            .sorted(Comparator.comparing(OpenInput::name))
            .sorted(Comparator.comparingLong(input -> Objects.requireNonNull(input.firstNanos())))
            .toList();
    return new OpenInput(
        sorted.getFirst().name(),
        sorted.getFirst().teller(),
        sorted.stream().mapToLong(OpenInput::bytes).sum(),
        new JoinedInputs(sorted, warnings));
  }

  @Override
  public @Nullable Happening next() {
    Part first = queue.poll();
    if (first == null) {
      return null;
    }
    Happening line = first.next;
    for (Part other = queue.peek();
        other != null && other.timeNanos == first.timeNanos;
        other = queue.peek()) {
      sameTime.add(queue.remove());
    }
    for (Part other : sameTime) {
      if (isSame(line, other.next)) {
        other.repeated++;
        goOn(other);
      } else {
        queue.add(other);
      }
    }
    sameTime.clear();
    goOn(first);
    return line;
  }

  private void goOn(Part part) {
    if (part.advance()) {
      queue.add(part);
    } else if (part.repeated > 0) {
      warnings.accept(
          part.input.name()
              + ": "
              + part.repeated
              + " of its lines are in another input too, and are taken once");
    }
  }

  private static boolean isSame(Happening one, Happening other) {
    if (one.timeNanos() == null) {
      return false;
    }
    return switch (one) {
      case KernelLine line ->
          other instanceof KernelLine its
              && line.thread() == its.thread()
              && line.fact().equals(its.fact());
      case QemuLine line ->
          other instanceof QemuLine its
              && line.thread() == its.thread()
              && line.vcpu() == its.vcpu()
              && line.event().equals(its.event());
    };
  }
}
