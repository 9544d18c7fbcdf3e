package org.pagetrail.events.text;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Writes a trail as JSON lines: first the header, then one entry a line with its fields in a fixed
 * order. The same trail gives the same bytes.
 */
public final class TrailTextWriter implements AutoCloseable {
  private final OutputStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long next;

  /** Writes the header; {@code out} should be buffered and is closed with the writer. */
  public TrailTextWriter(OutputStream out) throws IOException {
    this(out, null, 0);
  }

  /**
   * Writes the header of a part of a trail; {@code out} should be buffered and is closed with the
   * writer.
   *
   * @param run the name of the run, null if it has none
   * @param first the position of the first entry; a reader accepts 0 only
   */
  public TrailTextWriter(OutputStream out, @Nullable String run, long first) throws IOException {
    this.out = out;
    this.next = first;
    try (JsonGenerator json = TrailTextFormat.JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField(TrailTextFormat.MAGIC, TrailTextFormat.VERSION);
      if (run != null) {
        json.writeStringField(TrailTextFormat.RUN, run);
      }
      json.writeEndObject();
    }
    endLine();
  }

  /**
   * Writes the next entry.
   *
   * @throws IllegalArgumentException if it is not the next one, or longer than a reader accepts
   */
  public void write(TrailEntry entry) throws IOException {
    if (entry.seq() != next) {
      throw new IllegalArgumentException("event " + entry.seq() + " where " + next + " is due");
    }
    try (JsonGenerator json = TrailTextFormat.JSON.createGenerator(line)) {
      json.writeStartObject();
      EntryText.write(entry, json);
      json.writeEndObject();
    }
    if (line.size() > TrailTextFormat.LINE_BYTES_MAX) {
      throw new IllegalArgumentException(
          entry.event().type()
              + " at event "
              + entry.seq()
              + " takes "
              + line.size()
              + " bytes, more than a line may have ("
              + TrailTextFormat.LINE_BYTES_MAX
              + ")");
    }
    endLine();
    next++;
  }

  /** Flushes and closes the stream. */
  @Override
  public void close() throws IOException {
    out.close();
  }

  private void endLine() throws IOException {
    line.write('\n');
    line.writeTo(out);
    line.reset();
  }
}
