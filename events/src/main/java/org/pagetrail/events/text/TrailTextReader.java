package org.pagetrail.events.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Reads the text form of a trail, one entry at a time. The input may be anything: what is not a
 * trail ends in a {@link TrailFormatException}, and no line takes more than {@value
 * TrailTextFormat#LINE_BYTES_MAX} bytes of memory.
 */
public final class TrailTextReader implements Iterator<TrailEntry>, AutoCloseable {
  private static final String REPAIR = "restore the file, or make the trail again";

  private final TrailLines lines;
  private final String input;
  private @Nullable String run;
  private long expectedSeq;
  private @Nullable TrailEntry ahead;

  /**
   * Reads the header.
   *
   * @param in is closed with the reader
   * @param input what messages call the input, such as its path
   * @throws TrailFormatException if this is not a trail, or one of a newer version
   */
  public TrailTextReader(InputStream in, String input) {
    this.lines = new TrailLines(in, input);
    this.input = input;
    readHeader();
  }

  /** Reads a whole trail; {@code in} is closed. */
  public static Trail readAll(InputStream in, String input) {
    Trail trail = new Trail();
    try (TrailTextReader reader = new TrailTextReader(in, input)) {
      reader.forEachRemaining(trail::add);
    }
    return trail;
  }

  /** The name of the run, null if the header does not tell it. */
  public @Nullable String run() {
    return run;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null) {
      String line = lines.next();
      if (line != null) {
        ahead = entry(line);
        expectedSeq++;
      }
    }
    return ahead != null;
  }

  @Override
  public TrailEntry next() {
    TrailEntry entry = hasNext() ? ahead : null;
    if (entry == null) {
      throw new NoSuchElementException(input + " has " + expectedSeq + " events");
    }
    ahead = null;
    return entry;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readHeader() {
    String line = lines.next();
    if (line == null) {
      throw bad(
          1,
          "not a trail",
          "the file is empty",
          "a trail begins with {\"pagetrail\":1}; " + REPAIR);
    }
    JsonNode version = null;
    try {
      JsonNode header = TrailTextFormat.JSON.readTree(line);
      version = header.get(TrailTextFormat.MAGIC);
      run = header.path(TrailTextFormat.RUN).textValue();
    } catch (JacksonException e) {
      // Not JSON, so not a trail: said below.
    }
    if (version == null || !version.isIntegralNumber()) {
      throw bad(
          1,
          "not a trail",
          "the first line is " + line,
          "a trail begins with {\"pagetrail\":1}; give a trail, or import the capture first");
    }
    if (!version.canConvertToInt() || version.intValue() != TrailTextFormat.VERSION) {
      boolean newer = version.bigIntegerValue().signum() > 0;
      throw bad(
          1,
          "not readable",
          newer
              ? "written by a newer Pagetrail: format "
                  + version
                  + ", this one reads "
                  + TrailTextFormat.VERSION
              : "there is no format " + version,
          newer ? "read it with that release" : REPAIR);
    }
  }

  private TrailEntry entry(String line) {
    JsonNode object;
    try {
      object = TrailTextFormat.JSON.readTree(line);
    } catch (JacksonException e) {
      throw bad(lines.number(), "not an event", e.getOriginalMessage(), REPAIR);
    }
    try {
      return EntryText.read(object, expectedSeq);
    } catch (BadValue e) {
      throw bad(lines.number(), "not an event", String.valueOf(e.getMessage()), REPAIR);
    }
  }

  private TrailFormatException bad(long line, String what, String why, String remedy) {
    return new TrailFormatException(input, line, what, why, remedy);
  }
}
