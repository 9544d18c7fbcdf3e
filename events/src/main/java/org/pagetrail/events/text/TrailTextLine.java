package org.pagetrail.events.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.pagetrail.events.trail.TrailEntry;

/** One entry in the text form: a line of a trail without its end, for stores that keep lines. */
public final class TrailTextLine {
  private TrailTextLine() {}

  /** The line of an entry. */
  public static String of(TrailEntry entry) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = TrailTextFormat.JSON.createGenerator(line)) {
      json.writeStartObject();
      EntryText.write(entry, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringWriter throws none.
    }
    return line.toString();
  }

  /**
   * The entry of a line.
   *
   * @param seq the position that it must have
   * @throws IllegalArgumentException if this is no entry, or another one, with the reason
   */
  public static TrailEntry read(String line, long seq) {
    try {
      return EntryText.read(TrailTextFormat.JSON.readTree(line), seq);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    } catch (BadValue e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
