package org.pagetrail.events.text;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a trail: bounded, complete and in UTF-8. */
final class TrailLines implements Closeable {
  private static final int END = -1;

  private final InputStream in;
  private final String input;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;

  TrailLines(InputStream in, String input) {
    this.in = in;
    this.input = input;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** The next line without its end, or null at the end of the input. */
  @Nullable String next() {
    try {
      return read();
    } catch (CharacterCodingException e) {
      throw new TrailFormatException(
          input, number, "not a trail", "the line is not UTF-8", "give a trail in its text form");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String read() throws IOException {
    line.reset();
    int next = readByte();
    if (next == END) {
      return null;
    }
    number++;
    while (next != '\n') {
      if (next == END) {
        throw new TrailFormatException(
            input,
            number,
            number == 1 ? "not a trail" : "truncated",
            "the last line has no end",
            "the file was cut: restore it, or make the trail again");
      }
      if (line.size() == TrailTextFormat.LINE_BYTES_MAX) {
        throw new TrailFormatException(
            input,
            number,
            "not a trail",
            "the line is longer than " + TrailTextFormat.LINE_BYTES_MAX + " bytes",
            "give a trail in its text form");
      }
      line.write(next);
      next = readByte();
    }
    ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private int readByte() throws IOException {
    if (position == limit) {
      limit = in.read(buffer);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return END;
      }
    }
    return buffer[position++] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
