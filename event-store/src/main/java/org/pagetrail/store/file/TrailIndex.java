package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.pagetrail.store.Tag;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.packed.DamagedBlock;

/** Finds the entries of a frame, a page, a slot or a tag without looking at the others. */
final class TrailIndex {
  private final TrailReader reader;
  private final IndexedFields fields;
  private final Map<Integer, SegmentIndex> sealed = new HashMap<>();
  private IndexBuilder tail = new IndexBuilder();
  private int tailSegment;
  private int tailBlocks;

  TrailIndex(TrailReader reader) {
    this.reader = reader;
    this.fields = new IndexedFields(reader.layouts());
  }

  /** The positions from one on, ascending, of the entries under a key. */
  LongStream positions(long key, long from) {
    int first = from >= reader.size() ? reader.segments() : reader.segmentOf(from);
    return IntStream.range(first, reader.segments())
        .boxed()
        .flatMapToLong(number -> LongStream.of(positions(number, key)))
        .filter(seq -> seq >= from);
  }

  /** Positions from one on, ascending, among which are all entries with a tag. */
  long[] candidates(Tag tag, long from) {
    long message = KeyKind.ofTag(tag);
    Long event = KeyKind.ofEventTag(tag);
    LongStream found = positions(message, from);
    if (event != null) {
      found = LongStream.concat(positions(event, from), found).sorted().distinct();
    }
    return found.toArray();
  }

  /** The positions in one segment of the entries under a key. */
  private long[] positions(int segment, long key) {
    return positions(
        segment, isSealed(segment) ? sealed(segment).ordinals(key) : tail().ordinals(key));
  }

  /** The positions in one segment of the entries that are about a page, by itself or in a range. */
  long[] positionsAbout(int segment, long key) {
    return positionsAbout(segment, key, key);
  }

  /** The positions in one segment of the entries that are about one of some pages. */
  long[] positionsAbout(int segment, long firstKey, long lastKey) {
    int[] single;
    int[] ranges;
    if (isSealed(segment)) {
      single = sealed(segment).ordinalsBetween(firstKey, lastKey);
      ranges = sealed(segment).rangesOver(firstKey, lastKey);
    } else {
      single = tail().ordinalsBetween(firstKey, lastKey);
      ranges = tail().rangesOver(firstKey, lastKey);
    }
    int[] all = Arrays.copyOf(single, single.length + ranges.length);
    System.arraycopy(ranges, 0, all, single.length, ranges.length);
    return positions(segment, IntStream.of(all).sorted().distinct().toArray());
  }

  private long[] positions(int segment, int[] ordinals) {
    long first = reader.segment(segment).firstSeq();
    return IntStream.of(ordinals).mapToLong(ordinal -> first + ordinal).toArray();
  }

  private boolean isSealed(int segment) {
    return reader.segment(segment).seal() != null;
  }

  private SegmentIndex sealed(int number) {
    return sealed.computeIfAbsent(number, this::open);
  }

  private SegmentIndex open(int number) {
    Segment segment = reader.segment(number);
    Placed index = segment.index();
    if (index == null) {
      throw reader.damagedBesideEvents(number, segment.offset(), "the segment has no index");
    }
    if (!index.head().isWholeA(reader.file(), index.offset())) {
      throw reader.damagedBesideEvents(
          number, index.offset(), "the checksum of the index is wrong");
    }
    MemorySegment bytes =
        reader.file().asSlice(index.offset() + BlockHead.BYTES, index.head().bytesA());
    try {
      return new SegmentIndex(bytes);
    } catch (DamagedBlock e) {
      throw reader.damaged(number, index.offset(), String.valueOf(e.getMessage()));
    }
  }

  /** The index of the segment that is not sealed yet, with all blocks that it has by now. */
  IndexBuilder tail() {
    int number = reader.blocks().sealed().size();
    if (number != tailSegment) {
      tail = new IndexBuilder();
      tailSegment = number;
      tailBlocks = 0;
    }
    Segment segment = reader.blocks().tail();
    for (; tailBlocks < segment.entries().size(); tailBlocks++) {
      index(number, segment, segment.entries().get(tailBlocks));
    }
    return tail;
  }

  private void index(int number, Segment segment, Placed block) {
    int ordinal = Math.toIntExact(block.head().firstSeq() - segment.firstSeq());
    try {
      fields.index(
          reader.records(number, block),
          ordinal,
          inBlock -> reader.entries(number, block).get(inBlock),
          tail);
    } catch (DamagedBlock e) {
      throw reader.damaged(number, block.offset(), String.valueOf(e.getMessage()));
    }
  }
}
