package org.pagetrail.qemu.flash;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * What a flash stores, in pages that somebody touched. The rest is what the device started with:
 * zeros, or a file's bytes, which the model does not know.
 */
public final class FlashContent {
  private final boolean unknownAtStart;
  private final PMap<Long, ContentPage> pages;

  private FlashContent(boolean unknownAtStart, PMap<Long, ContentPage> pages) {
    this.unknownAtStart = unknownAtStart;
    this.pages = pages;
  }

  /** A device without a file: zeros, not ones. */
  public static FlashContent zeros() {
    return new FlashContent(false, TreePMap.empty());
  }

  /** A device filled from a file. */
  public static FlashContent unknown() {
    return new FlashContent(true, TreePMap.empty());
  }

  /** The byte at {@code offset}, 0 to 255, or -1 if it is unknown. */
  public int get(long offset) {
    return page(offset / ContentPage.BYTES).get((int) (offset % ContentPage.BYTES));
  }

  /** True if all of {@code count} bytes from {@code offset} on are known. */
  public boolean isKnown(long offset, int count) {
    for (int i = 0; i < count; i++) {
      if (get(offset + i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A little-endian word; unknown bytes read as 0. */
  public long word(long offset, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) Math.max(0, get(offset + i)) << (8 * i);
    }
    return value;
  }

  /** The same with a little-endian word stored. */
  FlashContent withWord(long offset, int width, long value) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    FlashContent changed = this;
    for (int done = 0; done < width; ) {
      int at = (int) ((offset + done) % ContentPage.BYTES);
      int count = Math.min(width - done, ContentPage.BYTES - at);
      long number = (offset + done) / ContentPage.BYTES;
      changed = changed.withPage(number, changed.page(number).with(at, bytes, done, count));
      done += count;
    }
    return changed;
  }

  /** The same with a range of ones. */
  FlashContent erased(long offset, long size) {
    return replaced(offset, size, true);
  }

  /** The same with a range overwritten by bytes that the model does not know. */
  public FlashContent forgetting(long offset, long size) {
    return replaced(offset, size, false);
  }

  private FlashContent replaced(long offset, long size, boolean ones) {
    FlashContent changed = this;
    byte[] fill = ones ? allOnes() : new byte[0];
    for (long done = 0; done < size; ) {
      int at = (int) ((offset + done) % ContentPage.BYTES);
      int count = (int) Math.min(size - done, ContentPage.BYTES - at);
      long number = (offset + done) / ContentPage.BYTES;
      ContentPage old = changed.page(number);
      ContentPage page;
      if (count == ContentPage.BYTES) {
        page = ones ? ContentPage.ERASED : ContentPage.UNKNOWN;
      } else {
        page = ones ? old.with(at, fill, 0, count) : old.forgetting(at, count);
      }
      changed = changed.withPage(number, page);
      done += count;
    }
    return changed;
  }

  private static byte[] allOnes() {
    byte[] ones = new byte[ContentPage.BYTES];
    Arrays.fill(ones, (byte) 0xff);
    return ones;
  }

  private ContentPage page(long number) {
    ContentPage page = pages.get(number);
    if (page != null) {
      return page;
    }
    return unknownAtStart ? ContentPage.UNKNOWN : ContentPage.ZERO;
  }

  private FlashContent withPage(long number, ContentPage page) {
    return new FlashContent(unknownAtStart, pages.plus(number, page));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FlashContent content
        && unknownAtStart == content.unknownAtStart
        && pages.equals(content.pages);
  }

  @Override
  public int hashCode() {
    return pages.hashCode();
  }
}
