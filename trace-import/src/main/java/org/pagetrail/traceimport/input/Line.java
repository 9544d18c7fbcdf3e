package org.pagetrail.traceimport.input;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One line of an input; its bytes are there until the next line is read. */
public final class Line {
  private final long number;
  private final long byteOffset;
  private final byte[] bytes;
  private final int from;
  private final int end;
  private final boolean ended;
  private @Nullable String text;

  Line(long number, long byteOffset, byte[] bytes, int from, int end, boolean ended) {
    this.number = number;
    this.byteOffset = byteOffset;
    this.bytes = bytes;
    this.from = from;
    this.end = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    this.ended = ended;
  }

  /** Counted from 1. */
  public long number() {
    return number;
  }

  /** Where it begins in the uncompressed input. */
  public long byteOffset() {
    return byteOffset;
  }

  /** Without its end; bytes that are not UTF-8 are replaced. */
  public String text() {
    String known = text;
    if (known == null) {
      known = new String(bytes, from, end - from, StandardCharsets.UTF_8);
      text = known;
    }
    return known;
  }

  /** Points a cursor at its bytes, without its end. */
  public void show(TextCursor cursor) {
    cursor.set(bytes, from, end);
  }

  /** False for a last line without its end, which may be cut. */
  public boolean ended() {
    return ended;
  }
}
