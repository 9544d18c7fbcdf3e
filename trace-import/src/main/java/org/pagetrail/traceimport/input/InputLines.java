package org.pagetrail.traceimport.input;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

  private static final int NO_BYTE = -1;

  private final String name;
  private final InputStream in;
  private final boolean compressed;
  private final long linesMax;
  private final Misunderstood misunderstood = new Misunderstood();
  private final Misunderstood unused = new Misunderstood();
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
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
      long start = offset;
      int next = readByte();
      if (next == NO_BYTE) {
        return null;
      }
      if (++lines > linesMax) {
        throw new ImportException(
            name + ":" + lines,
            "input too large",
            "it has more than " + linesMax + " lines",
            "cut the trace, or raise the limit on lines");
      }
      boolean fits = readText(next);
      if (fits) {
        return new Line(lines, start, decoded(), !atEnd);
      }
      misunderstood.add("line longer than " + LINE_BYTES_MAX + " bytes", lines);
    }
  }

  /** Reads up to the line's end; false if the line is longer than we keep. */
  private boolean readText(int first) {
    text.reset();
    boolean fits = true;
    int next = first;
    while (next != '\n' && next != NO_BYTE) {
      if (text.size() < LINE_BYTES_MAX) {
        text.write(next);
      } else {
        fits = false;
      }
      next = readByte();
    }
    return fits;
  }

  private String decoded() {
    String line = text.toString(StandardCharsets.UTF_8);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private int readByte() {
    if (position == limit && !fill()) {
      return NO_BYTE;
    }
    offset++;
    return buffer[position++] & 0xff;
  }

  private boolean fill() {
    if (atEnd) {
      return false;
    }
    try {
      limit = Math.max(0, in.read(buffer));
    } catch (IOException e) {
      limit = 0;
      if (!compressed) {
        throw new ImportException(
            name, "not readable", Refusal.reason(e), "check the file and its disk", e);
      }
      misunderstood.add(DAMAGED, lines);
    }
    position = 0;
    atEnd = limit == 0;
    return !atEnd;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
