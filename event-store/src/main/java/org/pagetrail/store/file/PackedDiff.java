package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.Fork;
import org.pagetrail.store.fold.PackedFold;
import org.pagetrail.store.fold.Slot;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.TextBytes;

/**
 * What two trails made of the pages. Up to where they part they are folded once; there the state is
 * forked, and in the end only what either side changed since is compared.
 *
 * <p>Two trails part at the first record that differs in more than strings and lists, which say
 * nothing about pages.
 */
public final class PackedDiff {
  private final Side left;
  private final Side right;

  /**
   * What was found.
   *
   * @param partedAt the first position at which the two have another record; their common length if
   *     there is none
   * @param slots the memslots that the left has at its end
   */
  public record Outcome(long partedAt, Fork.Differences differences, List<Slot> slots) {
    /** Copies the list. */
    public Outcome {
      slots = List.copyOf(slots);
    }
  }

  private PackedDiff(TrailReader left, TrailReader right) {
    this.left = new Side(left);
    this.right = new Side(right);
  }

  /**
   * Compares two trails.
   *
   * @param listedMax how many differences are listed
   * @throws org.pagetrail.store.StoreException if one of them is damaged
   */
  public static Outcome of(FileTrailLog left, FileTrailLog right, int listedMax) {
    return new PackedDiff(left.reader(), right.reader()).run(listedMax);
  }

  private Outcome run(int listedMax) {
    try (FoldedState common = FoldedState.empty()) {
      if (left.reader.layouts().schema().equals(right.reader.layouts().schema())) {
        foldCommon(common);
      }
      try (Fork fork = new Fork(common)) {
        long partedAt = left.seq;
        left.foldRest(fork.left());
        right.foldRest(fork.right());
        return new Outcome(partedAt, fork.compare(listedMax), fork.left().slots());
      }
    }
  }

  /** Folds what is the same on both sides; both stand at the same position afterwards. */
  private void foldCommon(FoldedState state) {
    TextBytes texts = new TextBytes(left.reader.layouts());
    while (left.hasMore() && right.hasMore()) {
      long bytes = Math.min(left.left(), right.left());
      long same = sameBytes(bytes, texts);
      right.pass(left.fold(state, left.at + same), same);
      if (same < bytes) {
        return;
      }
    }
  }

  /** How many of the next bytes are of whole records that are the same. */
  private long sameBytes(long bytes, TextBytes texts) {
    MemorySegment ours = left.records().asSlice(left.at, bytes);
    MemorySegment theirs = right.unchecked().asSlice(right.at, bytes);
    long record = 0;
    long done = 0;
    while (true) {
      long mismatch = MemorySegment.mismatch(ours, done, bytes, theirs, done, bytes);
      if (mismatch < 0) {
        return bytes;
      }
      long differs = done + mismatch;
      int width = left.width(ours, record);
      while (record + width <= differs) {
        record += width;
        width = left.width(ours, record);
      }
      if (!texts.holds(PackedFold.code(ours, record), differs - record)) {
        return record;
      }
      done = differs + 1;
    }
  }

  /** One trail and how far it was folded. */
  private static final class Side {
    private final TrailReader reader;
    private final PackedFold fold;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Placed> blocks = new ArrayList<>();
    private @Nullable MemorySegment checked;
    private int block;
    private long at;
    private long seq;

    private Side(TrailReader reader) {
      this.reader = reader;
      this.fold = new PackedFold(reader.layouts());
      for (Segment segment : reader.allSegments()) {
        for (Placed entries : segment.entries()) {
          numbers.add(segment.number());
          blocks.add(entries);
        }
      }
    }

    private boolean hasMore() {
      return block < blocks.size();
    }

    /** How many bytes of the block's records were not folded. */
    private long left() {
      return blocks.get(block).head().bytesA() - at;
    }

    /** The records of the block, whose checksum is right. */
    private MemorySegment records() {
      MemorySegment known = checked;
      if (known == null) {
        known = reader.records(numbers.get(block), blocks.get(block));
        checked = known;
      }
      return known;
    }

    /** The records of the block; good as far as they are the same as others that are good. */
    private MemorySegment unchecked() {
      return reader.uncheckedRecords(blocks.get(block));
    }

    private int width(MemorySegment records, long place) {
      try {
        return fold.width(records, place);
      } catch (DamagedBlock e) {
        throw damaged(e);
      }
    }

    private RuntimeException damaged(DamagedBlock e) {
      return reader.damaged(
          numbers.get(block), blocks.get(block).offset(), String.valueOf(e.getMessage()));
    }

    /** Folds records up to a place in the block; how many. */
    private long fold(FoldedState state, long end) {
      long before = seq;
      try {
        MemorySegment part = records().asSlice(0, end);
        at = fold.fold(state, seq, part, at, Long.MAX_VALUE);
      } catch (DamagedBlock e) {
        throw damaged(e);
      }
      seq = Math.max(seq, state.lastSeq() + 1);
      leaveFinished();
      return seq - before;
    }

    /** Goes past records that the other side folded. */
    private void pass(long count, long bytes) {
      seq += count;
      at += bytes;
      leaveFinished();
    }

    private void leaveFinished() {
      if (hasMore() && at == blocks.get(block).head().bytesA()) {
        block++;
        at = 0;
        checked = null;
      }
    }

    private void foldRest(FoldedState state) {
      while (hasMore()) {
        fold(state, blocks.get(block).head().bytesA());
      }
    }
  }
}
