package org.pagetrail.guest.edk2.memory;

import java.util.Arrays;

/**
 * Bytes of an area. Immutable; versions share the pages that they do not differ in, so that a
 * change costs a page and not the area.
 */
public final class ByteImage {
  private static final int PAGE_BYTES = 4096;
  private static final byte[] ERASED_PAGE = filledPage();

  private final int size;
  private final byte[][] pages;

  private ByteImage(int size, byte[][] pages) {
    this.size = size;
    this.pages = pages;
  }

  /** {@code sizeBytes} bytes, all {@code ff} as in erased flash. */
  public static ByteImage erased(int sizeBytes) {
    byte[][] pages = new byte[(sizeBytes + PAGE_BYTES - 1) / PAGE_BYTES][];
    Arrays.fill(pages, ERASED_PAGE);
    return new ByteImage(sizeBytes, pages);
  }

  /** An image of these bytes. */
  public static ByteImage of(byte[] bytes) {
    return erased(bytes.length).with(0, bytes);
  }

  /** How many bytes. */
  public int size() {
    return size;
  }

  /** The byte at an offset, 0 to 255. */
  public int at(int offset) {
    checkRange(offset, 1);
    return Byte.toUnsignedInt(pages[offset / PAGE_BYTES][offset % PAGE_BYTES]);
  }

  /** A copy of the bytes of a range. */
  public byte[] slice(int offset, int length) {
    checkRange(offset, length);
    byte[] slice = new byte[length];
    for (int done = 0; done < length; ) {
      int inPage = (offset + done) % PAGE_BYTES;
      int count = Math.min(PAGE_BYTES - inPage, length - done);
      System.arraycopy(pages[(offset + done) / PAGE_BYTES], inPage, slice, done, count);
      done += count;
    }
    return slice;
  }

  /** A range as an image of its own. */
  public ByteImage part(int offset, int length) {
    return of(slice(offset, length));
  }

  /** The image with these bytes at {@code offset}. */
  public ByteImage with(int offset, byte[] bytes) {
    checkRange(offset, bytes.length);
    byte[][] changed = pages.clone();
    for (int done = 0; done < bytes.length; ) {
      int page = (offset + done) / PAGE_BYTES;
      int inPage = (offset + done) % PAGE_BYTES;
      int count = Math.min(PAGE_BYTES - inPage, bytes.length - done);
      byte[] copy = changed[page].clone();
      System.arraycopy(bytes, done, copy, inPage, count);
      changed[page] = Arrays.equals(copy, ERASED_PAGE) ? ERASED_PAGE : copy;
      done += count;
    }
    return new ByteImage(size, changed);
  }

  /** The image with a range erased. */
  public ByteImage withErased(int offset, int length) {
    byte[] erased = new byte[length];
    Arrays.fill(erased, (byte) 0xff);
    return with(offset, erased);
  }

  /** True if every byte of the range is {@code ff}. */
  public boolean isErased(int offset, int length) {
    checkRange(offset, length);
    for (int done = 0; done < length; ) {
      int inPage = (offset + done) % PAGE_BYTES;
      int count = Math.min(PAGE_BYTES - inPage, length - done);
      byte[] page = pages[(offset + done) / PAGE_BYTES];
      if (!Arrays.equals(page, inPage, inPage + count, ERASED_PAGE, inPage, inPage + count)) {
        return false;
      }
      done += count;
    }
    return true;
  }

  private void checkRange(int offset, int length) {
    if (offset < 0 || length < 0 || length > size - offset) {
      throw new IndexOutOfBoundsException(
          length + " bytes at " + offset + " leave an area of " + size);
    }
  }

  private static byte[] filledPage() {
    byte[] page = new byte[PAGE_BYTES];
    Arrays.fill(page, (byte) 0xff);
    return page;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteImage image
        && size == image.size
        && Arrays.deepEquals(pages, image.pages);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(pages);
  }

  @Override
  public String toString() {
    return size + " bytes";
  }
}
