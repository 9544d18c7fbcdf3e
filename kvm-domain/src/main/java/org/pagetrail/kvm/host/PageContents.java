package org.pagetrail.kvm.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.run.RunMap;
import org.pagetrail.kvm.run.RunStores;
import org.pcollections.TreePMap;

/** What page frames hold, as far as somebody said it. A frame never mentioned is unknown. */
final class PageContents {
  static final PageContents EMPTY = new PageContents(RunMap.empty(), TreePMap.empty());

  private static final int WORD_SHIFT = 3;
  private static final int WORD_BYTES = 1 << WORD_SHIFT;
  private static final int WORDS_SHIFT = 12 - WORD_SHIFT;
  private static final int FRAME_BYTES = 1 << 12;

  /** Eight aligned bytes; the mask has a bit for each byte that is known. */
  private record Word(long bytes, int mask) {
    static final Word UNKNOWN = new Word(0, 0);

    Word with(int index, int value) {
      int shift = index * 8;
      return new Word(
          (bytes & ~(0xffL << shift)) | ((value & 0xffL) << shift), mask | (1 << index));
    }

    Word without(int index) {
      return new Word(bytes & ~(0xffL << (index * 8)), mask & ~(1 << index));
    }

    /** This word where it is known, the other bytes elsewhere. */
    Word over(long below) {
      Word word = new Word(below, 0xff);
      for (int index = 0; index < WORD_BYTES; index++) {
        if (((mask >> index) & 1) != 0) {
          word = word.with(index, (int) (bytes >>> (index * 8)));
        }
      }
      return word;
    }
  }

  private final RunMap<FrameFill> fills;
  private final TreePMap<Long, Word> words;

  private PageContents(RunMap<FrameFill> fills, TreePMap<Long, Word> words) {
    this.fills = fills;
    this.words = words;
  }

  /** The same with what grows with the frames in a store. */
  PageContents settledIn(RunStores stores) {
    return new PageContents(fills.settledIn(stores.store(FrameFill.WORDS)), words);
  }

  PageContents settled() {
    return new PageContents(fills.settled(), words);
  }

  PageContents forked() {
    return new PageContents(fills.forked(), words);
  }

  /** {@code pages} frames from {@code frame} on now hold {@code value} in every byte. */
  PageContents filled(long frame, long pages, int value) {
    return new PageContents(
        fills.with(frame, pages, new FrameFill(value & 0xff)), wordsWithout(frame, pages));
  }

  /** Nobody knows what the frames hold. */
  PageContents unknown(long frame, long pages) {
    return new PageContents(fills.without(frame, pages), wordsWithout(frame, pages));
  }

  /** A write of {@code width} bytes, 1 to 8, little-endian, within one frame. */
  PageContents written(long frame, int offset, int width, long value) {
    TreePMap<Long, Word> map = words;
    for (int i = 0; i < width && offset + i < FRAME_BYTES; i++) {
      int at = offset + i;
      long key = key(frame, at);
      Word word = map.getOrDefault(key, Word.UNKNOWN);
      map = map.plus(key, word.with(at % WORD_BYTES, (int) (value >>> (8 * i))));
    }
    return new PageContents(fills, map);
  }

  /** {@code count} bytes of one frame alike; a negative value makes them unknown. */
  PageContents bytes(long frame, int offset, int count, int value) {
    PageContents map = value < 0 ? exploded(frame) : this;
    TreePMap<Long, Word> newWords = map.words;
    for (int at = offset; at < offset + count; at++) {
      long key = key(frame, at);
      Word word = newWords.getOrDefault(key, Word.UNKNOWN);
      Word now = value < 0 ? word.without(at % WORD_BYTES) : word.with(at % WORD_BYTES, value);
      newWords = now.mask() == 0 ? newWords.minus(key) : newWords.plus(key, now);
    }
    return new PageContents(map.fills, newWords);
  }

  /** The same, with the frame's fill turned into words, so that single bytes can be forgotten. */
  private PageContents exploded(long frame) {
    FrameFill fill = fills.at(frame);
    if (fill == null) {
      return this;
    }
    long all = 0x0101010101010101L * fill.value();
    TreePMap<Long, Word> newWords = words;
    for (long key = frame << WORDS_SHIFT; key < (frame + 1) << WORDS_SHIFT; key++) {
      Word word = newWords.get(key);
      newWords = newWords.plus(key, word == null ? new Word(all, 0xff) : word.over(all));
    }
    return new PageContents(fills.without(frame, 1), newWords);
  }

  /** The frames from {@code to} on take over what those from {@code from} on hold. */
  PageContents copied(long from, long to, long pages) {
    PageContents target = unknown(to, pages);
    RunMap<FrameFill> newFills = target.fills;
    for (Run<FrameFill> run : fills.in(from, pages)) {
      newFills = newFills.with(run.first() - from + to, run.count(), run.value());
    }
    TreePMap<Long, Word> newWords = target.words;
    long distance = (to - from) << WORDS_SHIFT;
    for (Map.Entry<Long, Word> entry :
        words.subMap(from << WORDS_SHIFT, (from + pages) << WORDS_SHIFT).entrySet()) {
      newWords = newWords.plus(entry.getKey() + distance, entry.getValue());
    }
    return new PageContents(newFills, newWords);
  }

  /** The bytes of a frame, little-endian; null if one of them is not known. */
  @Nullable Long read(long frame, int offset, int width) {
    FrameFill fill = fills.at(frame);
    long value = 0;
    for (int i = 0; i < width; i++) {
      int at = offset + i;
      Word word = words.get(key(frame, at));
      int index = at % WORD_BYTES;
      long bits;
      if (word != null && ((word.mask() >> index) & 1) != 0) {
        bits = (word.bytes() >>> (index * 8)) & 0xff;
      } else if (fill != null) {
        bits = fill.value();
      } else {
        return null;
      }
      value |= bits << (8 * i);
    }
    return value;
  }

  /** True if some byte of the frame is known to be other than zero. */
  boolean hasNonZero(long frame) {
    FrameFill fill = fills.at(frame);
    if (fill != null && fill.value() != 0) {
      return true;
    }
    for (Word word : words.subMap(frame << WORDS_SHIFT, (frame + 1) << WORDS_SHIFT).values()) {
      if (word.bytes() != 0) {
        return true;
      }
    }
    return false;
  }

  private static long key(long frame, int offset) {
    return (frame << WORDS_SHIFT) + (offset >> WORD_SHIFT);
  }

  private TreePMap<Long, Word> wordsWithout(long frame, long pages) {
    TreePMap<Long, Word> map = words;
    for (Long key : words.subMap(frame << WORDS_SHIFT, (frame + pages) << WORDS_SHIFT).keySet()) {
      map = map.minus(key);
    }
    return map;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PageContents that
        && fills.equals(that.fills)
        && words.equals(that.words);
  }

  @Override
  public int hashCode() {
    return 31 * fills.hashCode() + words.hashCode();
  }
}
