package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.packed.DamagedBlock;

/**
 * Which positions of a damaged trail are in blocks whose checksums are right, also behind the
 * damage, and which are not.
 *
 * @param whole in ascending order, without overlaps
 * @param doubtful those whose checksums are right in a segment that is not the one that its whole
 *     seal was made for: some were changed, and nobody can tell which
 * @param lost up to the last position that a readable head speaks of; more may have followed
 */
public record LeftEvents(List<Range> whole, List<Range> doubtful, List<Range> lost) {
  /** Copies the lists. */
  public LeftEvents {
    whole = List.copyOf(whole);
    doubtful = List.copyOf(doubtful);
    lost = List.copyOf(lost);
  }

  /** Positions from the first to the last, both included. */
  public record Range(long first, long last) {
    @Override
    public String toString() {
      return first == last ? "" + first : first + " to " + last;
    }
  }

  /**
   * Looks at all blocks of a file; without a readable head of the file all events are lost, as it
   * says what records look like.
   *
   * @throws StoreException if it cannot be read
   */
  public static LeftEvents of(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = new DiskStorage(channel).view();
      try {
        return of(file, FileHead.read(file).bytes());
      } catch (DamagedBlock headIsLost) {
        LeftEvents unreadable = of(file, 0);
        return between(List.of(), List.of(), unreadable.end());
      }
    } catch (IOException e) {
      throw FileTrouble.unreadable(path, e);
    }
  }

  /** The same of a file whose blocks begin at an offset. */
  static LeftEvents of(MemorySegment file, long firstBlock) {
    List<Range> whole = new ArrayList<>();
    List<Range> doubtful = new ArrayList<>();
    List<Range> ofSegment = new ArrayList<>();
    BlockScan scan = new BlockScan(file, firstBlock);
    long segmentAt = firstBlock;
    long expectedAt = firstBlock;
    boolean segmentDamaged = false;
    for (Placed block = scan.next(any -> true); block != null; block = scan.next(any -> true)) {
      boolean isWhole = block.head().isWhole(file, block.offset());
      segmentDamaged |= !isWhole || block.offset() != expectedAt;
      expectedAt = block.end();
      if (isWhole && block.head().kind() == Kind.ENTRIES && block.head().count() > 0) {
        ofSegment.add(new Range(block.head().firstSeq(), block.endSeq() - 1));
      }
      if (block.head().kind().isSeal()) {
        boolean isOther = !segmentDamaged && !SealCheck.isRight(file, segmentAt, block);
        (isOther ? doubtful : whole).addAll(ofSegment);
        ofSegment.clear();
        segmentAt = block.end();
        segmentDamaged = false;
      }
    }
    whole.addAll(ofSegment);
    return between(whole, doubtful, scan.endSeq());
  }

  private long end() {
    return Stream.of(whole, doubtful, lost)
        .flatMap(List::stream)
        .mapToLong(range -> range.last() + 1)
        .max()
        .orElse(0);
  }

  private static LeftEvents between(List<Range> whole, List<Range> doubtful, long end) {
    List<Range> there = joined(Stream.concat(whole.stream(), doubtful.stream()));
    List<Range> lost = new ArrayList<>();
    long next = 0;
    for (Range range : there) {
      if (range.first() > next) {
        lost.add(new Range(next, range.first() - 1));
      }
      next = range.last() + 1;
    }
    if (end > next) {
      lost.add(new Range(next, end - 1));
    }
    return new LeftEvents(joined(whole.stream()), joined(doubtful.stream()), lost);
  }

  /** In ascending order; ranges that meet become one. */
  private static List<Range> joined(Stream<Range> ranges) {
    List<Range> joined = new ArrayList<>();
    for (Range range : ranges.sorted(Comparator.comparingLong(Range::first)).toList()) {
      if (!joined.isEmpty() && range.first() <= joined.getLast().last() + 1) {
        Range last = joined.removeLast();
        joined.add(new Range(last.first(), Math.max(last.last(), range.last())));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
