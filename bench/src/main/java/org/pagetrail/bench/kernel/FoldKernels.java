package org.pagetrail.bench.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.PackedFold;

/** The loops over the packed records of one trail, each over all of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FoldKernels {
  /** The trail; name one with {@code -p trail=FILE}. */
  @Param("boot.trail")
  public String trail = "";

  private final List<MemorySegment> blocks = new ArrayList<>();
  private @Nullable FileTrailLog log;
  private @Nullable PackedFold fold;
  private int[] widths = new int[0];

  /** Opens the trail. */
  @Setup
  public void open() {
    FileTrailLog opened = FileTrailLog.open(Path.of(trail));
    log = opened;
    fold = new PackedFold(opened.reader().layouts());
    widths = opened.reader().layouts().widths();
    opened
        .reader()
        .eachBlock(
            0,
            (seq, count, records) -> {
              blocks.add(records);
              return true;
            });
  }

  /** Closes it. */
  @TearDown
  public void close() {
    Objects.requireNonNull(log).close();
  }

  /** Reads every byte and does nothing with it but add. */
  @Benchmark
  public long sum() {
    long sum = 0;
    for (MemorySegment records : blocks) {
      // With the end in the condition the compiler checks the bounds of each read.
      long end = records.byteSize() - Long.BYTES;
      for (long at = 0; at <= end; at += Long.BYTES) {
        sum += records.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
      }
    }
    return sum;
  }

  /** Goes from record to record. */
  @Benchmark
  public long steps() {
    long count = 0;
    for (MemorySegment records : blocks) {
      for (long at = 0; at < records.byteSize(); count++) {
        at += widths[records.get(ValueLayout.JAVA_BYTE, at) & 0xff];
      }
    }
    return count;
  }

  /** The checksum of every block. */
  @Benchmark
  public long checksums() {
    CRC32C sum = new CRC32C();
    for (MemorySegment records : blocks) {
      sum.update(records.asByteBuffer());
    }
    return sum.getValue();
  }

  /** Folds all records into a state. */
  @Benchmark
  public long fold() {
    PackedFold steps = Objects.requireNonNull(fold);
    try (FoldedState state = FoldedState.empty()) {
      long seq = 0;
      for (MemorySegment records : blocks) {
        steps.fold(state, seq, records, Long.MAX_VALUE);
        seq = state.lastSeq() + 1;
      }
      return seq;
    }
  }
}
