package org.pagetrail.app.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Readings of the realtime clock between two of the monotonic clock, which the JDK's nanosecond
 * time is on Linux: they join QEMU's log and the kernel's trace.
 */
final class ClockSamples {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NANOS = 1_000_000_000;

  /** Readings of which the best counts, so that one that was interrupted does no harm. */
  private static final int TRIES = 20;

  private final List<String> lines = new ArrayList<>();

  private record Sample(long before, long realtime, long after) {
    static Sample now() {
      long before = System.nanoTime();
      Instant realtime = Instant.now();
      long after = System.nanoTime();
      return new Sample(
          before,
          Math.addExact(
              Math.multiplyExact(realtime.getEpochSecond(), NANOS), (long) realtime.getNano()),
          after);
    }

    long width() {
      return after - before;
    }

    ObjectNode json() {
      return JSON.createObjectNode()
          .put("mono_before", seconds(before))
          .put("realtime", seconds(realtime))
          .put("mono_after", seconds(after))
          .put("offset_rt_minus_mono", seconds(realtime - before - width() / 2))
          .put("uncertainty", seconds(width()));
    }

    private static BigDecimal seconds(long nanos) {
      return BigDecimal.valueOf(nanos, 9);
    }
  }

  /** Reads the clocks. */
  void take() {
    Sample best = Sample.now();
    for (int i = 1; i < TRIES; i++) {
      Sample next = Sample.now();
      best = next.width() < best.width() ? next : best;
    }
    lines.add(Objects.requireNonNull(best).json().toString());
  }

  /** One JSON object a sample. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
