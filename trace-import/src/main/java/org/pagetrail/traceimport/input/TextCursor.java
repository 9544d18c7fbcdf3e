package org.pagetrail.traceimport.input;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place in a text that is read from left to right without making strings of it. Every step that
 * does not find what it wants marks the cursor as failed; so a reader states one step after the
 * other and asks at the end.
 */
public final class TextCursor {
  private static final int LONG_DIGITS = 16;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private boolean failed;

  /** A cursor at the beginning of a text. */
  public static TextCursor of(String text) {
    TextCursor cursor = new TextCursor();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    cursor.set(utf8, 0, utf8.length);
    return cursor;
  }

  /** Points at other bytes. */
  public void set(byte[] text, int from, int to) {
    bytes = text;
    at = from;
    end = to;
    failed = false;
  }

  /** Where it is, to come back to. */
  public int mark() {
    return at;
  }

  /** Comes back, failed no longer. */
  public void reset(int mark) {
    at = mark;
    failed = false;
  }

  /** True if every step found what it wanted. */
  public boolean isOk() {
    return !failed;
  }

  /** True if every step found what it wanted, and nothing follows. */
  public boolean isDone() {
    return !failed && at == end;
  }

  /** True at the end of the text. */
  public boolean isAtEnd() {
    return at == end;
  }

  /** The next byte without a step, -1 at the end. */
  public int peek() {
    return at < end ? bytes[at] : -1;
  }

  /** The byte so many places on, -1 where the text has none. */
  public int peek(int further) {
    return at + further < end ? bytes[at + further] : -1;
  }

  /** Passes so many bytes. */
  public TextCursor skip(int count) {
    if (end - at < count) {
      failed = true;
    } else {
      at += count;
    }
    return this;
  }

  /** Passes this text, which must be ASCII. */
  public TextCursor text(String expected) {
    if (!tryText(expected)) {
      failed = true;
    }
    return this;
  }

  /** Passes this text if it follows. */
  public boolean tryText(String expected) {
    int length = expected.length();
    if (end - at < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + i] != expected.charAt(i)) {
        return false;
      }
    }
    at += length;
    return true;
  }

  /** Passes blanks, if any. */
  public TextCursor blanks() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    return this;
  }

  /** Passes a word of letters, digits and {@code _}. */
  public TextCursor word() {
    int from = at;
    while (at < end && isWord(bytes[at])) {
      at++;
    }
    failed |= at == from;
    return this;
  }

  /** Passes everything up to a blank, at least one byte. */
  public TextCursor token() {
    int from = at;
    while (at < end && bytes[at] > ' ') {
      at++;
    }
    failed |= at == from || (at < end && bytes[at] != ' ');
    return this;
  }

  /** Passes everything up to this byte, which must follow. */
  public TextCursor upTo(char stop) {
    while (at < end && bytes[at] != stop) {
      at++;
    }
    failed |= at == end;
    return this;
  }

  /** One to sixteen lower-case hexadecimal digits, with {@code 0x} or not. */
  public long hex() {
    if (end - at > 2 && bytes[at] == '0' && bytes[at + 1] == 'x' && digit(bytes[at + 2]) >= 0) {
      at += 2;
    }
    int from = at;
    long value = 0;
    while (at < end) {
      int digit = digit(bytes[at]);
      if (digit < 0) {
        break;
      }
      value = (value << 4) | digit;
      at++;
    }
    failed |= at == from || at - from > LONG_DIGITS;
    return value;
  }

  /** One to so many decimal digits, at most 18. */
  public long decimal(int digitsMax) {
    int from = at;
    long value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - from < digitsMax) {
      value = value * 10 + (bytes[at++] - '0');
    }
    failed |= at == from;
    return value;
  }

  /** The text from a mark up to here. */
  public String since(int mark) {
    return new String(bytes, mark, at - mark, StandardCharsets.UTF_8);
  }

  /** The text from here to the end. */
  public String rest() {
    return new String(bytes, at, end - at, StandardCharsets.UTF_8);
  }

  /** What a table has under the text from a mark up to here, null if nothing. */
  public <T> @Nullable T known(NameTable<T> names, int mark) {
    return names.get(bytes, mark, at);
  }

  /** True if the last byte is neither a blank nor a control character nor beyond ASCII. */
  public boolean endsPlain() {
    return at == end || bytes[end - 1] > ' ';
  }

  private static boolean isWord(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '_' || (b >= 'A' && b <= 'Z');
  }

  private static int digit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
  }
}
