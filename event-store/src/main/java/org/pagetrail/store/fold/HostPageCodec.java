package org.pagetrail.store.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.Frames;
import org.pagetrail.projections.machine.HostPage;

/**
 * A host page: a {@link HostWord} with two bits more that tell whether it is exclusive; its origin,
 * and above that the number of its list of flags; the notifier call that made it doubtful.
 */
final class HostPageCodec implements RunCodec<HostPage> {
  /** By their codes. */
  static final List<Frames> FRAMES = List.of(Frames.CONSECUTIVE, Frames.SAME, Frames.SCATTERED);

  private static final int EXCLUSIVE_AT = 62;
  private static final long PAIR_MASK = 3;
  private static final int UNKNOWN = 0;
  private static final int NO = 1;
  private static final int YES = 2;

  /** How many lists of flags there can be; snapshots of a real host have some dozens. */
  private static final int FLAG_LISTS_MAX = 1 << (Long.SIZE - OriginWord.BITS);

  private final List<List<String>> flagLists = new ArrayList<>();
  private final Map<List<String>, Integer> numbers = new HashMap<>();

  @Override
  public void pack(HostPage value, long[] words) {
    Pfn pfn = value.pfn();
    long exclusive = truth(value.exclusive());
    words[0] =
        HostWord.of(
                pfn == null ? -1 : pfn.value(),
                FRAMES.indexOf(value.frames()),
                Codes.PAGE_KINDS.indexOf(value.kind()),
                (int) truth(value.writable()))
            | exclusive << EXCLUSIVE_AT;
    words[1] = OriginWord.of(value.origin()) | (long) numberOf(value.flags()) << OriginWord.BITS;
    words[2] = OriginWord.ofOptional(value.doubted());
  }

  private int numberOf(List<String> flags) {
    Integer known = numbers.get(flags);
    if (known != null) {
      return known;
    }
    if (flagLists.size() == FLAG_LISTS_MAX) {
      throw new IllegalStateException("more than " + FLAG_LISTS_MAX + " different lists of flags");
    }
    numbers.put(flags, flagLists.size());
    flagLists.add(flags);
    return flagLists.size() - 1;
  }

  @Override
  public HostPage unpack(long word0, long word1, long word2) {
    return new HostPage(
        HostWord.hasFrame(word0) ? new Pfn(HostWord.pfn(word0)) : null,
        FRAMES.get(HostWord.frames(word0)),
        Codes.PAGE_KINDS.get(HostWord.kind(word0)),
        truth(HostWord.writable(word0)),
        truth((int) (word0 >>> EXCLUSIVE_AT & PAIR_MASK)),
        flagLists.get((int) (word1 >>> OriginWord.BITS)),
        OriginWord.origin(word1),
        OriginWord.optional(word2));
  }

  private static long truth(@Nullable Boolean value) {
    return value == null ? UNKNOWN : value ? YES : NO;
  }

  private static @Nullable Boolean truth(int code) {
    return code == UNKNOWN ? null : Boolean.valueOf(code == YES);
  }

  @Override
  public long further(long word, long pages) {
    return HostWord.further(word, pages);
  }
}
