package org.pagetrail.guest.edk2.memory;

import java.util.BitSet;

/**
 * What the firmware may know of a flash's storage without loading it: what it has loaded, erased
 * and programmed itself.
 *
 * <p>It spares the model from repeating the tens of thousands of loads of a block copy: of a page
 * that is known, only the first load is done, and compared. A page whose first load differs from
 * what is known is no longer known.
 */
public final class FlashKnowledge {
  /** The grain of what is known. */
  public static final int PAGE_BYTES = 4096;

  private final ByteImage content;
  private final BitSet known;

  private FlashKnowledge(ByteImage content, BitSet known) {
    this.content = content;
    this.known = known;
  }

  /** Nothing is known. */
  public static FlashKnowledge nothing(int sizeBytes) {
    return new FlashKnowledge(ByteImage.erased(sizeBytes), new BitSet());
  }

  /** True if the page that holds {@code offset} is known. */
  public boolean isKnown(int offset) {
    return known.get(offset / PAGE_BYTES);
  }

  /** Bytes of known pages. */
  public byte[] slice(int offset, int length) {
    return content.slice(offset, length);
  }

  /** After bytes were loaded or programmed; whole pages become known. */
  public FlashKnowledge with(int offset, byte[] bytes) {
    return new FlashKnowledge(content.with(offset, bytes), withWholePages(offset, bytes.length));
  }

  /** After an erase of whole blocks. */
  public FlashKnowledge withErased(int offset, int length) {
    return new FlashKnowledge(content.withErased(offset, length), withWholePages(offset, length));
  }

  /** The page that holds {@code offset} is not as thought. */
  public FlashKnowledge without(int offset) {
    BitSet less = (BitSet) known.clone();
    less.clear(offset / PAGE_BYTES);
    return new FlashKnowledge(content, less);
  }

  private BitSet withWholePages(int offset, int length) {
    int first = (offset + PAGE_BYTES - 1) / PAGE_BYTES;
    int end = (offset + length) / PAGE_BYTES;
    if (first >= end) {
      return known;
    }
    BitSet more = (BitSet) known.clone();
    more.set(first, end);
    return more;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlashKnowledge knowledge
        && content.equals(knowledge.content)
        && known.equals(knowledge.known);
  }

  @Override
  public int hashCode() {
    return 31 * content.hashCode() + known.hashCode();
  }

  @Override
  public String toString() {
    return known.cardinality() + " pages known";
  }
}
