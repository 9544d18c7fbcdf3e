package org.pagetrail.store.packed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings as bytes: UTF-8, and half a surrogate pair in the three bytes that UTF-8 would give it if
 * it allowed it, so that every Java string is read as it was written.
 */
final class Utf8 {
  private static final char REPLACEMENT = '\ufffd';

  private Utf8() {}

  static byte[] encode(String text) {
    int half = halfPair(text, 0);
    if (half < 0) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    Bytes out = new Bytes();
    int from = 0;
    for (; half >= 0; half = halfPair(text, from)) {
      out.add(text.substring(from, half).getBytes(StandardCharsets.UTF_8));
      char c = text.charAt(half);
      out.addByte(0xe0 | c >> 12);
      out.addByte(0x80 | (c >> 6 & 0x3f));
      out.addByte(0x80 | (c & 0x3f));
      from = half + 1;
    }
    out.add(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return out.toArray();
  }

  /** Where the next surrogate without its other half is, -1 if there is none. */
  private static int halfPair(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  /**
   * The string that has these bytes.
   *
   * @throws DamagedBlock if no string has
   */
  static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int i = 0; i + 2 < bytes.length; i++) {
      if ((bytes[i] & 0xff) == 0xed && (bytes[i + 1] & 0xe0) == 0xa0) {
        out.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        out.append((char) (0xd000 | (bytes[i + 1] & 0x3f) << 6 | (bytes[i + 2] & 0x3f)));
        i += 2;
        from = i + 1;
      }
    }
    out.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
    String whole = out.toString();
    if (!Arrays.equals(encode(whole), bytes)) {
      throw new DamagedBlock("a string is no UTF-8");
    }
    return whole;
  }
}
