package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.packed.DamagedBlock;

/**
 * Which positions of a damaged trail are in blocks whose checksums are right, also behind the
 * damage, and which are not.
 *
 * @param whole in ascending order, without overlaps
 * @param lost up to the last position that a readable head speaks of; more may have followed
 */
public record LeftEvents(List<Range> whole, List<Range> lost) {
  /** How often over the file is read, at most, for heads that claim blocks which are not whole. */
  private static final long TIMES_OVER_MAX = 16;

  /** Copies the lists. */
  public LeftEvents {
    whole = List.copyOf(whole);
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
   * Looks at all blocks of a file.
   *
   * @throws StoreException if it cannot be read
   */
  public static LeftEvents of(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = new DiskStorage(channel).view();
      return of(file, FileHead.read(file).bytes());
    } catch (DamagedBlock headIsLost) {
      return new LeftEvents(List.of(), List.of());
    } catch (IOException e) {
      throw FileTrouble.unreadable(path, e);
    }
  }

  /** The same of a file whose blocks begin at an offset. */
  static LeftEvents of(MemorySegment file, long firstBlock) {
    List<Range> found = new ArrayList<>();
    long end = 0;
    long at = firstBlock;
    long mayWaste = TIMES_OVER_MAX * file.byteSize();
    while (at <= file.byteSize() - BlockHead.BYTES && mayWaste >= 0) {
      BlockHead cut = BlockHead.readCut(file, at);
      long endSeq = cut == null ? -1 : cut.firstSeq() + cut.count();
      end = Math.max(end, endSeq);
      BlockHead head = endSeq < 0 ? null : BlockHead.read(file, at);
      boolean isWhole = head != null && head.isWholeA(file, at) && head.isWholeB(file, at);
      if (head != null && isWhole && head.kind() == Kind.ENTRIES && head.count() > 0) {
        found.add(new Range(head.firstSeq(), endSeq - 1));
      }
      mayWaste -= head == null || isWhole ? 0 : head.blockBytes();
      at += head != null && isWhole ? head.blockBytes() : 8;
    }
    found.sort(Comparator.comparingLong(Range::first).thenComparingLong(Range::last));
    return between(found, end);
  }

  private static LeftEvents between(List<Range> found, long end) {
    List<Range> whole = new ArrayList<>();
    List<Range> lost = new ArrayList<>();
    long next = 0;
    for (Range range : found) {
      if (range.first() > next) {
        lost.add(new Range(next, range.first() - 1));
      }
      if (!whole.isEmpty() && range.first() <= next) {
        Range last = whole.removeLast();
        whole.add(new Range(last.first(), Math.max(last.last(), range.last())));
      } else {
        whole.add(range);
      }
      next = Math.max(next, range.last() + 1);
    }
    if (end > next) {
      lost.add(new Range(next, end - 1));
    }
    return new LeftEvents(whole, lost);
  }
}
