package org.pagetrail.traceimport.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/**
 * The lines of one input. Memory is bounded by {@value #LINE_BYTES_MAX} bytes a line whatever the
 * input holds: longer lines are skipped and counted.
 */
public final class InputLines implements Closeable {
  /** The longest line that is read. */
  public static final int LINE_BYTES_MAX = 1 << 20;

  /** The kind under which the end of compressed data that is damaged or cut is counted. */
  public static final String DAMAGED = "compressed data damaged or cut";

  private final String name;
  private final InputStream in;
  private final boolean compressed;
  private final long linesMax;
  private final Misunderstood misunderstood = new Misunderstood();
  private final Misunderstood unused = new Misunderstood();
  private byte[] buffer = new byte[1 << 18];
  private int position;
  private int limit;
  private long offset;
  private long lines;
  private boolean atEnd;

  /**
   * Lines of an open stream.
   *
   * @param compressed true if the bytes come out of a decompressor, which may find them damaged
   * @param linesMax more lines than this are an {@link ImportException}
   */
  public InputLines(String name, InputStream in, boolean compressed, long linesMax) {
    this.name = name;
    this.in = in;
    this.compressed = compressed;
    this.linesMax = linesMax;
  }

  /** The input's name within the capture. */
  public String name() {
    return name;
  }

  /** How many lines were read so far. */
  public long count() {
    return lines;
  }

  /** What no reader understood so far. */
  public Misunderstood misunderstood() {
    return misunderstood;
  }

  /** What readers know, and have no use for. */
  public Misunderstood unused() {
    return unused;
  }

  /** Counts a line that the reader knows and that says nothing for a trail. */
  public void notUsed(Line line, String kind) {
    unused.add(kind, line.number());
  }

  /** Counts a line that the reader does not understand. */
  public void notUnderstood(Line line, String kind) {
    misunderstood.add(kind, line.number());
  }

  /** Where a line was read. */
  public Source source(Line line) {
    return new Source(name, line.number(), line.byteOffset());
  }

  /** The next line that is not too long, or null at the end. */
  public @Nullable Line next() {
    while (true) {
      int end = NewLines.next(buffer, position, limit);
      while (end < 0 && limit - position <= LINE_BYTES_MAX) {
        int known = limit - position;
        if (!fill()) {
          break;
        }
        end = NewLines.next(buffer, position + known, limit);
      }
      if (end < 0 && position == limit) {
        return null;
      }
      countLine();
      boolean ended = end >= 0;
      int stop = ended ? end : limit;
      if (stop - position <= LINE_BYTES_MAX) {
        Line line = new Line(lines, offset, buffer, position, stop, ended);
        pass(stop, ended);
        return line;
      }
      if (!ended) {
        skip();
      } else {
        pass(stop, true);
      }
      misunderstood.add("line longer than " + LINE_BYTES_MAX + " bytes", lines);
    }
  }

  private void countLine() {
    if (++lines > linesMax) {
      throw new ImportException(
          name + ":" + lines,
          "input too large",
          "it has more than " + linesMax + " lines",
          "cut the trace, or raise the limit on lines");
    }
  }

  private void pass(int stop, boolean withEnd) {
    int next = withEnd ? stop + 1 : stop;
    offset += next - position;
    position = next;
  }

  /** Passes the rest of a line that is too long. */
  private void skip() {
    int end = -1;
    do {
      pass(limit, false);
      if (!fill()) {
        return;
      }
      end = NewLines.next(buffer, position, limit);
    } while (end < 0);
    pass(end, true);
  }

  /** Reads more behind what is not taken yet, which moves to the beginning. */
  private boolean fill() {
    if (atEnd) {
      return false;
    }
    int kept = limit - position;
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, kept);
    }
    if (kept == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * kept);
    }
    position = 0;
    limit = kept;
    int more = 0;
    try {
      more = Math.max(0, in.read(buffer, kept, buffer.length - kept));
    } catch (IOException e) {
      if (!compressed) {
        throw new ImportException(
            name, "not readable", Refusal.reason(e), "check the file and its disk", e);
      }
      misunderstood.add(DAMAGED, kept == 0 ? lines : lines + 1);
    }
    limit += more;
    atEnd = more == 0;
    return !atEnd;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
