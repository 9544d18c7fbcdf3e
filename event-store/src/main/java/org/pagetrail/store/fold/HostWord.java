package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;

/** What is known of a host page in one word: the frame in the lower 52 bits, 0 for nothing. */
final class HostWord {
  /** How the frames of a run relate to the first: each the next, the same, or unknown. */
  static final int CONSECUTIVE = 0;

  static final int SAME = 1;
  static final int SCATTERED = 2;

  /** What a host entry allows. */
  static final int WRITABLE_UNKNOWN = 0;

  static final int NOT_WRITABLE = 1;
  static final int WRITABLE = 2;

  private static final long FRAME = RunTable.PAGES - 1;
  private static final int KNOWN_AT = 52;
  private static final int HAS_FRAME_AT = 53;
  private static final int FRAMES_AT = 54;
  private static final int WRITABLE_AT = 56;
  private static final int KIND_AT = 58;
  private static final long PAIR_MASK = 3;
  private static final long KIND_MASK = 15;

  private HostWord() {}

  /**
   * A page.
   *
   * @param pfn the frame, -1 if it has none
   * @param kind its code
   */
  static long of(long pfn, int frames, int kind, int writable) {
    long frame = pfn < 0 ? 0 : pfn | 1L << HAS_FRAME_AT;
    return frame
        | 1L << KNOWN_AT
        | (long) frames << FRAMES_AT
        | (long) writable << WRITABLE_AT
        | (long) kind << KIND_AT;
  }

  static long further(long word, long pages) {
    if (pages == 0 || !hasFrame(word)) {
      return word;
    }
    return switch (frames(word)) {
      case CONSECUTIVE -> (word & ~FRAME) | ((word + pages) & FRAME);
      case SAME -> word;
      default -> word & ~(FRAME | 1L << HAS_FRAME_AT);
    };
  }

  static int writable(boolean writable) {
    return writable ? WRITABLE : NOT_WRITABLE;
  }

  static boolean hasFrame(long word) {
    return (word >>> HAS_FRAME_AT & 1) != 0;
  }

  static int frames(long word) {
    return (int) (word >>> FRAMES_AT & PAIR_MASK);
  }

  static long pfn(long word) {
    return word & FRAME;
  }

  static int writable(long word) {
    return (int) (word >>> WRITABLE_AT & PAIR_MASK);
  }

  static int kind(long word) {
    return (int) (word >>> KIND_AT & KIND_MASK);
  }

  static long notWritable(long word) {
    return (word & ~(PAIR_MASK << WRITABLE_AT)) | (long) NOT_WRITABLE << WRITABLE_AT;
  }

  /** The word without what it says of the other pages of its run. */
  static long ofOnePage(long word) {
    return word & ~(PAIR_MASK << FRAMES_AT);
  }

  static long withKind(long word, int kind) {
    return (word & (1L << KIND_AT) - 1) | (long) kind << KIND_AT;
  }

  static HostPageState page(long word, long seq, long doubted) {
    return new HostPageState(
        hasFrame(word) ? new Pfn(pfn(word)) : null,
        Codes.PAGE_KINDS.get(kind(word)),
        truth(writable(word)),
        seq,
        doubted);
  }

  private static @Nullable Boolean truth(int writable) {
    return writable == WRITABLE_UNKNOWN ? null : Boolean.valueOf(writable == WRITABLE);
  }
}
