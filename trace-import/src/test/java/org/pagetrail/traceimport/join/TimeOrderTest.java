package org.pagetrail.traceimport.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.KernelFact.Marker;
import org.pagetrail.traceimport.capture.KernelLine;

/** Given lines of one input, in which order they are taken. */
class TimeOrderTest {
  private static final long SECOND = 1_000_000_000;
  private static final long SEED = 20260109;

  private long number;

  @Test
  void aLineOfAnotherProcessorThatIsPrintedLateIsPutWhereItBelongs() {
    TimeOrder order = order(lines(10L, 30L, 20L, 40L, 5L, 50L));

    assertThat(times(order)).containsExactly(5L, 10L, 20L, 30L, 40L, 50L);
    assertThat(order.late()).isNull();
  }

  @Test
  void linesOfTheSameTimeKeepTheirOrder() {
    TimeOrder order = order(lines(10L, 30L, 20L, 30L, 20L));

    assertThat(numbers(order)).containsExactly(1L, 3L, 5L, 2L, 4L);
  }

  @Test
  void aLineWithoutATimeStaysBehindTheOneBeforeIt() {
    TimeOrder order = order(lines(null, 10L, null, 20L, null));

    assertThat(numbers(order)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aClockThatWasSetBackIsCountedOnceAndStaysSetBack() {
    TimeOrder order = order(lines(50 * SECOND, 51 * SECOND, 1L, 3L, 2L, 4L));

    assertThat(times(order)).containsExactly(50 * SECOND, 51 * SECOND, 1L, 2L, 3L, 4L);
    assertThat(order.late()).isEqualTo(new TimeOrder.Late(1, source(3), 51 * SECOND - 1));
  }

  @Test
  void oneLineOfALongForgottenTimeDoesNotMoveTheOthers() {
    TimeOrder order = order(lines(50 * SECOND, 1L, 51 * SECOND, 2L, 52 * SECOND));

    assertThat(numbers(order)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(order.late()).isEqualTo(new TimeOrder.Late(2, source(2), 50 * SECOND - 1));
  }

  @Test
  void aLineThatComesBehindMoreLinesThanAreKeptHasItsPlace() {
    List<Happening> lines = new ArrayList<>();
    for (long i = 0; i < 2 * TimeOrder.LINES; i++) {
      lines.add(line(100 + i));
    }
    lines.add(line(99L));

    TimeOrder order = order(lines);

    assertThat(numbers(order)).isSorted().hasSize(2 * TimeOrder.LINES + 1);
    assertThat(order.late()).isNotNull().extracting(TimeOrder.Late::count).isEqualTo(1L);
  }

  @Test
  void timesAtBothEndsOfTheirRangeAreNoError() {
    TimeOrder order = order(lines(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, null, -1L));

    assertThat(numbers(order)).hasSize(5);
    assertThat(order.late()).isNotNull();
  }

  @Test
  void linesThatWereShuffledWithinTheWindowAreSortedAgain() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 50; round++) {
      number = 0;
      List<Happening> lines = new ArrayList<>();
      int length = random.nextInt(1, 5000);
      for (int i = 0; i < length; i++) {
        lines.add(line((long) i / 3));
      }
      lines.sort(
          Comparator.comparingLong(
              line -> line.source().line() + random(line, TimeOrder.LINES / 2)));
      List<Long> sorted =
          lines.stream().map(Happening::timeNanos).sorted().map(Long.class::cast).toList();

      TimeOrder order = order(lines);

      assertThat(times(order)).as("seed %d, round %d", SEED, round).isEqualTo(sorted);
      assertThat(order.late()).as("seed %d, round %d", SEED, round).isNull();
    }
  }

  /** The same for the same line, as a comparison needs it. */
  private static long random(Happening line, int bound) {
    return new SplittableRandom(line.source().line()).nextInt(bound);
  }

  private static TimeOrder order(List<Happening> lines) {
    Iterator<Happening> each = lines.iterator();
    return new TimeOrder(() -> each.hasNext() ? each.next() : null);
  }

  private List<Happening> lines(@Nullable Long... times) {
    List<Happening> lines = new ArrayList<>();
    for (Long time : times) {
      lines.add(line(time));
    }
    return lines;
  }

  private Happening line(@Nullable Long time) {
    return new KernelLine(source(++number), time, 7, KernelLine.NO_PROCESS, new Marker("a"));
  }

  private static Source source(long line) {
    return new Source("trace", line, 0);
  }

  private static List<@Nullable Long> times(TimeOrder order) {
    List<@Nullable Long> times = new ArrayList<>();
    for (Happening line = order.next(); line != null; line = order.next()) {
      times.add(line.timeNanos());
    }
    return times;
  }

  private static List<Long> numbers(TimeOrder order) {
    List<Long> numbers = new ArrayList<>();
    for (Happening line = order.next(); line != null; line = order.next()) {
      numbers.add(line.source().line());
    }
    return numbers;
  }
}
