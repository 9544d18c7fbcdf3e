package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.fold.CheckpointMeta;
import org.pagetrail.store.fold.CheckpointPart;
import org.pagetrail.store.fold.Checkpointer.Weight;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.FoldedTable;
import org.pagetrail.store.packed.DamagedBlock;

/** The checkpoints of a trail, each block read and checked when it is first needed. */
final class Checkpoints {
  private final TrailReader reader;
  private final Map<Integer, Checkpoint> bySegment = new HashMap<>();
  private final Map<Long, CheckpointPart> byOffset = new HashMap<>();

  /** One checkpoint; its parts ascending. */
  private record Checkpoint(CheckpointMeta meta, Map<FoldedTable, List<Placed>> parts) {}

  Checkpoints(TrailReader reader) {
    this.reader = reader;
  }

  /**
   * The last segment up to {@code segment} whose checkpoint tells the whole state together with
   * those before it, -1 if there is none.
   */
  int usable(int segment) {
    int candidate = segment;
    Set<FoldedTable> missing = EnumSet.allOf(FoldedTable.class);
    for (int number = segment; number >= 0; number--) {
      Checkpoint checkpoint = at(number);
      if (checkpoint == null) {
        candidate = number - 1;
        missing = EnumSet.allOf(FoldedTable.class);
        continue;
      }
      missing.removeAll(checkpoint.meta().full());
      if (missing.isEmpty()) {
        return candidate;
      }
    }
    return -1;
  }

  /** What a usable checkpoint knows besides pages. */
  CheckpointMeta meta(int segment) {
    return usableAt(segment).meta();
  }

  /** What the checkpoints of each table weigh up to a usable one. */
  Map<FoldedTable, Weight> weights(int segment) {
    Map<FoldedTable, Weight> weights = new EnumMap<>(FoldedTable.class);
    for (FoldedTable table : FoldedTable.values()) {
      long since = 0;
      int number = segment;
      for (; !usableAt(number).meta().isFull(table); number--) {
        since += runs(number, table);
      }
      weights.put(table, new Weight(runs(number, table), since));
    }
    return weights;
  }

  private long runs(int segment, FoldedTable table) {
    return parts(segment, table).stream()
        .mapToLong(part -> CheckpointPart.runsIn(table, part.head().bytesA()))
        .sum();
  }

  /** Puts the state after a segment with a usable checkpoint into an empty one. */
  void restore(int segment, FoldedState into) {
    for (FoldedTable table : FoldedTable.values()) {
      int number = segment;
      while (!usableAt(number).meta().isFull(table)) {
        number--;
      }
      for (; number <= segment; number++) {
        for (Placed part : parts(number, table)) {
          tell(number, part, found -> restoreAll(found, into));
        }
      }
    }
    meta(segment).restore(into, reader.segment(segment).endSeq() - 1);
  }

  private static boolean restoreAll(CheckpointPart part, FoldedState into) {
    part.restore(into);
    return true;
  }

  /** Puts what a usable checkpoint knows of a page into a state. */
  void restorePage(int segment, FoldedTable table, long page, FoldedState into) {
    for (int number = segment; ; number--) {
      Placed part = partOver(parts(number, table), page);
      if (part != null && tell(number, part, found -> found.restorePage(page, into))) {
        return;
      }
      if (usableAt(number).meta().isFull(table)) {
        return;
      }
    }
  }

  private static @Nullable Placed partOver(List<Placed> parts, long page) {
    int low = 0;
    int high = parts.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      BlockHead head = parts.get(middle).head();
      if (head.minTime() > page) {
        high = middle - 1;
      } else if (head.maxTime() < page) {
        low = middle + 1;
      } else {
        return parts.get(middle);
      }
    }
    return null;
  }

  private List<Placed> parts(int segment, FoldedTable table) {
    return usableAt(segment).parts().getOrDefault(table, List.of());
  }

  private Checkpoint usableAt(int segment) {
    Checkpoint checkpoint = segment < 0 ? null : at(segment);
    if (checkpoint == null) {
      throw new IllegalArgumentException("segment " + segment + " has no usable checkpoint");
    }
    return checkpoint;
  }

  /** The checkpoint of a segment; null if it has none, or one that this release does not use. */
  private @Nullable Checkpoint at(int number) {
    Checkpoint known = bySegment.get(number);
    Segment segment = reader.segment(number);
    if (known == null && segment.seal() != null && !segment.checkpoint().isEmpty()) {
      known = read(number, segment.checkpoint());
      if (known != null) {
        bySegment.put(number, known);
      }
    }
    return known;
  }

  private @Nullable Checkpoint read(int number, List<Placed> blocks) {
    CheckpointMeta meta;
    try {
      meta = CheckpointMeta.read(content(number, blocks.getFirst()));
    } catch (DamagedBlock otherForm) {
      return null;
    }
    Map<FoldedTable, List<Placed>> parts = new EnumMap<>(FoldedTable.class);
    for (FoldedTable table : FoldedTable.values()) {
      parts.put(table, new ArrayList<>());
    }
    for (Placed block : blocks) {
      parts.forEach((table, list) -> {
        if (block.head().plainB() == table.code()) {
          list.add(block);
        }
      });
    }
    return new Checkpoint(meta, parts);
  }

  private CheckpointPart part(int segment, Placed block) {
    CheckpointPart known = byOffset.get(block.offset());
    if (known == null) {
      known = new CheckpointPart(content(segment, block));
      byOffset.put(block.offset(), known);
    }
    return known;
  }

  /** Asks a part; what it cannot tell because it makes no sense is damage of the file. */
  private boolean tell(int segment, Placed block, Function<CheckpointPart, Boolean> question) {
    try {
      return question.apply(part(segment, block));
    } catch (DamagedBlock e) {
      throw reader.damaged(segment, block.offset(), String.valueOf(e.getMessage()));
    }
  }

  /** The bytes of a block of a checkpoint. */
  byte[] bytes(int segment, Placed block) {
    return content(segment, block).toArray(ValueLayout.JAVA_BYTE);
  }

  private MemorySegment content(int segment, Placed block) {
    if (!block.head().isWholeA(reader.file(), block.offset())) {
      throw reader.damagedBesideEvents(
          segment, block.offset(), "the checksum of a part of the checkpoint is wrong");
    }
    return reader.file().asSlice(block.offset() + BlockHead.BYTES, block.head().bytesA());
  }
}
