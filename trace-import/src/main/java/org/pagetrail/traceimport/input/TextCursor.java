package org.pagetrail.traceimport.input;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place in a text that is read from left to right without making strings of it. Every step that
 * does not find what it wants marks the cursor as failed; so a reader states one step after the
 * other and asks at the end.
 */
public final class TextCursor {
  private static final int LONG_DIGITS = 16;

  /**
   * What a byte is worth as a hexadecimal digit, -1 for none; looked up, as no branch foretells it.
   */
  private static final byte[] DIGITS = new byte[1 << Byte.SIZE];

  /** True for letters, digits and the underscore. */
  private static final boolean[] WORD = new boolean[1 << Byte.SIZE];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    for (int i = 0; i < LONG_DIGITS; i++) {
      DIGITS["0123456789abcdef".charAt(i)] = (byte) i;
    }
    for (char c = 0; c < 1 << 7; c++) {
      WORD[c] = c == '_' || Character.isLetterOrDigit(c);
    }
  }

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
    int to = at;
    while (to < end && bytes[to] == ' ') {
      to++;
    }
    at = to;
    return this;
  }

  /** Passes a word of letters, digits and {@code _}. */
  public TextCursor word() {
    int to = at;
    while (to < end && WORD[bytes[to] & 0xff]) {
      to++;
    }
    failed |= to == at;
    at = to;
    return this;
  }

  /** Passes everything up to a blank, at least one byte. */
  public TextCursor token() {
    int to = at;
    while (to < end && bytes[to] > ' ') {
      to++;
    }
    failed |= to == at || (to < end && bytes[to] != ' ');
    at = to;
    return this;
  }

  /** Passes everything up to this byte, which must follow. */
  public TextCursor upTo(char stop) {
    int to = at;
    while (to < end && bytes[to] != stop) {
      to++;
    }
    at = to;
    failed |= to == end;
    return this;
  }

  /** One to sixteen lower-case hexadecimal digits, with {@code 0x} or not. */
  public long hex() {
    if (end - at > 2 && bytes[at] == '0' && bytes[at + 1] == 'x' && digit(bytes[at + 2]) >= 0) {
      at += 2;
    }
    int to = at;
    long value = 0;
    while (to < end) {
      int digit = digit(bytes[to]);
      if (digit < 0) {
        break;
      }
      value = (value << 4) | digit;
      to++;
    }
    failed |= to == at || to - at > LONG_DIGITS;
    at = to;
    return value;
  }

  /** One to so many decimal digits, at most 18. */
  public long decimal(int digitsMax) {
    int to = at;
    int stop = Math.min(end, at + digitsMax);
    long value = 0;
    while (to < stop && bytes[to] >= '0' && bytes[to] <= '9') {
      value = value * 10 + (bytes[to++] - '0');
    }
    failed |= to == at;
    at = to;
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

  private static int digit(byte b) {
    return DIGITS[b & 0xff];
  }
}
