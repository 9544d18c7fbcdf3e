package org.pagetrail.app.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.pagetrail.traceimport.ImportProgress;

/**
 * A line on a terminal that says how far an import has come, at what rate, and how long it takes.
 */
public final class ReadingProgress implements ImportProgress, AutoCloseable {
  private static final long REPAINT_NANOS = 200_000_000;
  private static final double NANOS = 1e9;
  private static final long MEGA = 1_000_000;
  private static final String WIPE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final LongSupplier nanoTime;
  private final long began;
  private long total;
  private long done;
  private long painted;
  private boolean isPainted;

  /** Paints on a terminal, by a clock that counts nanoseconds. */
  public ReadingProgress(PrintWriter terminal, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.painted = began;
  }

  @Override
  public void begin(long bytes) {
    total = bytes;
  }

  @Override
  public void read(long bytes) {
    done = Math.min(total, done + bytes);
    long now = nanoTime.getAsLong();
    if (now - painted >= REPAINT_NANOS) {
      painted = now;
      isPainted = true;
      terminal.print(WIPE + line(now - began));
      terminal.flush();
    }
  }

  private String line(long nanos) {
    double rate = done / (nanos / NANOS);
    long left = rate > 0 ? (long) Math.ceil((total - done) / rate) : 0;
    return String.format(
        Locale.ROOT,
        "%d of %d MB, %.0f MB/s, %d:%02d left",
        done / MEGA,
        total / MEGA,
        rate / MEGA,
        left / 60,
        left % 60);
  }

  /** Wipes the line away. */
  @Override
  public void close() {
    if (isPainted) {
      terminal.print(WIPE);
      terminal.flush();
    }
  }
}
