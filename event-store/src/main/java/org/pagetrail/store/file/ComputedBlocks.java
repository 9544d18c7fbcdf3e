package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.file.TrailRebuild.Outcome;
import org.pagetrail.store.fold.Checkpointer;
import org.pagetrail.store.fold.PackedFold;
import org.pagetrail.store.packed.DamagedBlock;

/** The indexes and checkpoints of a trail beside those that are computed from its entries. */
final class ComputedBlocks {
  private final TrailReader reader;
  private final LongConsumer progress;
  private final boolean isWithMoments;
  private final List<Integer> indexes = new ArrayList<>();
  private final List<Integer> checkpoints = new ArrayList<>();
  private final List<Integer> moments = new ArrayList<>();
  private final List<Integer> seals = new ArrayList<>();

  /**
   * Compares those of a trail.
   *
   * @param isWithMoments whether it should hold what is known besides pages
   * @throws StoreException if an entry is damaged, or a segment is not the one that its seal was
   *     made for
   */
  static Outcome compare(TrailReader reader, boolean isWithMoments, LongConsumer progress) {
    ComputedBlocks computed = new ComputedBlocks(reader, isWithMoments, progress);
    computed.compare();
    return new Outcome(
        reader.size(),
        reader.blocks().sealed().size(),
        computed.indexes,
        computed.checkpoints,
        computed.moments,
        computed.seals);
  }

  private ComputedBlocks(TrailReader reader, boolean isWithMoments, LongConsumer progress) {
    this.reader = reader;
    this.isWithMoments = isWithMoments;
    this.progress = progress;
  }

  private void compare() {
    IndexedFields fields = new IndexedFields(reader.layouts());
    PackedFold fold = new PackedFold(reader.layouts());
    boolean isMomentsCompared = isWithMoments && areMomentsThere();
    try (Checkpointer checkpointer = Checkpointer.fromStart();
        MomentFold known = new MomentFold()) {
      for (Segment segment : reader.blocks().sealed()) {
        IndexBuilder index = new IndexBuilder();
        for (Placed block : segment.entries()) {
          int number = segment.number();
          MemorySegment records = reader.records(number, block);
          int ordinal = Math.toIntExact(block.head().firstSeq() - segment.firstSeq());
          try {
            fields.index(records, ordinal, entries(number, block), index);
            long first = block.head().firstSeq();
            fold.fold(checkpointer.state(), first, records, Long.MAX_VALUE);
          } catch (DamagedBlock e) {
            throw reader.damaged(number, block.offset(), String.valueOf(e.getMessage()));
          }
          if (isMomentsCompared) {
            known.take(block.head().count(), records.byteSize(), entries(number, block));
          }
          progress.accept(block.endSeq());
        }
        if (!isStored(segment.index(), index.toBytes())) {
          indexes.add(segment.number());
        }
        List<Placed> stored = segment.checkpoint();
        List<Placed> pages = stored.stream().filter(part -> !MomentParts.isOne(part)).toList();
        if (!areStored(pages, checkpointer::write)) {
          checkpoints.add(segment.number());
        }
        List<Placed> besides = stored.stream().filter(MomentParts::isOne).toList();
        if (isMomentsCompared ? !areStored(besides, known::write) : isWithMoments) {
          moments.add(segment.number());
        }
        checkSeal(segment);
      }
    }
  }

  /**
   * A seal that is damaged itself is computed anew. One that is whole must fit, unless what is
   * computed anew is what was damaged.
   */
  private void checkSeal(Segment segment) {
    Placed seal = segment.seal();
    if (seal == null) {
      return;
    }
    if (!isWhole(seal)) {
      seals.add(segment.number());
    } else if (isWhole(segment.index())
        && segment.checkpoint().stream().allMatch(this::isWhole)
        && !SealCheck.isRight(reader.file(), segment.offset(), seal)) {
      throw reader.damaged(segment.number(), segment.offset(), SealCheck.OTHER_SEGMENT);
    }
  }

  private boolean isWhole(@Nullable Placed block) {
    return block == null || block.head().isWhole(reader.file(), block.offset());
  }

  /** False if they must be written anyhow: then they are not computed twice. */
  private boolean areMomentsThere() {
    return reader.blocks().sealed().stream()
        .allMatch(segment -> segment.checkpoint().stream().anyMatch(MomentParts::isOne));
  }

  /** Writes parts of a checkpoint. */
  @FunctionalInterface
  private interface Parts {
    void write(Checkpointer.Sink sink) throws IOException;
  }

  private IntFunction<LogEntry> entries(int segment, Placed block) {
    return inBlock -> reader.entries(segment, block).get(inBlock);
  }

  private boolean areStored(List<Placed> there, Parts computed) {
    int[] parts = new int[1];
    boolean[] differs = new boolean[1];
    try {
      computed.write((table, firstPage, lastPage, content) -> {
        int at = parts[0]++;
        Placed stored = at < there.size() ? there.get(at) : null;
        differs[0] |=
            stored == null
                || stored.head().plainB() != table
                || stored.head().minTime() != firstPage
                || stored.head().maxTime() != lastPage
                || !isStored(stored, content);
      });
    } catch (IOException e) {
      throw new IllegalStateException("nothing was written", e);
    }
    return !differs[0] && parts[0] == there.size();
  }

  private boolean isStored(@Nullable Placed block, byte[] content) {
    return block != null
        && block.head().isWholeA(reader.file(), block.offset())
        && block.head().bytesA() == content.length
        && Arrays.equals(
            reader
                .file()
                .asSlice(block.offset() + BlockHead.BYTES, content.length)
                .toArray(ValueLayout.JAVA_BYTE),
            content);
  }
}
