package org.pagetrail.store.file;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.store.Tag;
import org.pagetrail.store.Tags;

/** What the index of a segment finds entries by. */
enum KeyKind {
  /** A guest frame, by its number. */
  GFN(0),
  /** A host frame, by its number. */
  PFN(1),
  /** A page of the monitor's address space, by its number. */
  HVA(2),
  /** A memslot: its address space in the upper 32 bits, its number in the lower. */
  SLOT(3),
  /** A tag of a message that is no event of the model, by its hash. */
  TAG(4);

  private static final int VALUE_BITS = 56;
  private static final int PAGE_SHIFT = Long.numberOfTrailingZeros(PageSize.BASE_BYTES);

  private final int code;

  KeyKind(int code) {
    this.code = code;
  }

  /** The key of a value. Larger values may share a key: what is found must be looked at. */
  long key(long value) {
    return ((long) code << VALUE_BITS) | (value & ((1L << VALUE_BITS) - 1));
  }

  /** The last key of this kind. */
  long lastKey() {
    return key(-1);
  }

  /** The key of any tag, as a message may carry it. */
  static long ofTag(Tag tag) {
    return TAG.key(((long) tag.key().hashCode() << 32) ^ tag.value().hashCode());
  }

  /** The key of a tag that events of the model carry, null if its value is none. */
  static @Nullable Long ofEventTag(Tag tag) {
    try {
      return switch (tag.key()) {
        case Tags.GFN -> GFN.key(Gfn.parse(tag.value()).value());
        case Tags.PFN -> PFN.key(Pfn.parse(tag.value()).value());
        case Tags.HVA -> HVA.key(Hva.parse(tag.value()).value() >>> PAGE_SHIFT);
        case Tags.SLOT -> SLOT.key(slot(tag.value()));
        default -> null;
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  private static long slot(String text) {
    int colon = text.indexOf(':');
    long space = colon < 0 ? 0 : Integer.parseInt(text.substring(0, colon));
    return (space << 32) | Integer.parseInt(text.substring(colon + 1));
  }
}
