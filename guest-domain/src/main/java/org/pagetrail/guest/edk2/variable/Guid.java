package org.pagetrail.guest.edk2.variable;

import java.util.regex.Pattern;
import org.pagetrail.guest.edk2.memory.LittleEndian;

/**
 * A GUID as UEFI stores it.
 *
 * @param text such as {@code fff12b8d-7696-4c8b-a985-2747075b4f50}
 */
public record Guid(String text) {
  /** Bytes in memory. */
  public static final int BYTES = 16;

  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Rejects other spellings. */
  public Guid {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no GUID in lower case");
    }
  }

  /** The first three groups are little-endian numbers, the rest bytes in order. */
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    LittleEndian.put(bytes, 0, 4, number(0, 8));
    LittleEndian.put(bytes, 4, 2, number(9, 13));
    LittleEndian.put(bytes, 6, 2, number(14, 18));
    String rest = text.substring(19, 23) + text.substring(24);
    for (int i = 0; i < 8; i++) {
      bytes[8 + i] = (byte) Integer.parseInt(rest, 2 * i, 2 * i + 2, 16);
    }
    return bytes;
  }

  private long number(int from, int to) {
    return Long.parseLong(text, from, to, 16);
  }
}
