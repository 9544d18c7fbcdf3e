package org.pagetrail.qemu.flash;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** 4 KiB of flash content, of which some bytes may be unknown. Never changes. */
final class ContentPage {
  static final int BYTES = 4096;
  static final ContentPage ERASED = filled((byte) 0xff);
  static final ContentPage ZERO = filled((byte) 0);
  static final ContentPage UNKNOWN = new ContentPage(new byte[BYTES], new BitSet());

  private final byte[] bytes;
  private final BitSet known;

  private ContentPage(byte[] bytes, BitSet known) {
    this.bytes = bytes;
    this.known = known;
  }

  private static ContentPage filled(byte value) {
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, value);
    BitSet known = new BitSet();
    known.set(0, BYTES);
    return new ContentPage(bytes, known);
  }

  /** The byte at {@code at}, 0 to 255, or -1 if it is unknown. */
  int get(int at) {
    return known.get(at) ? Byte.toUnsignedInt(bytes[at]) : -1;
  }

  /** The page with other known bytes from {@code at} on. */
  ContentPage with(int at, byte[] fresh, int from, int count) {
    byte[] changed = bytes.clone();
    System.arraycopy(fresh, from, changed, at, count);
    BitSet more = (BitSet) known.clone();
    more.set(at, at + count);
    return new ContentPage(changed, more);
  }

  /** The page with {@code count} bytes from {@code at} on no longer known. */
  ContentPage forgetting(int at, int count) {
    BitSet fewer = (BitSet) known.clone();
    fewer.clear(at, at + count);
    byte[] changed = bytes.clone();
    Arrays.fill(changed, at, at + count, (byte) 0);
    return new ContentPage(changed, fewer);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ContentPage page
        && known.equals(page.known)
        && Arrays.equals(bytes, page.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
