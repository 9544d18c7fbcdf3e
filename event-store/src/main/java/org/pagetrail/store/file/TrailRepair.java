package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.packed.Block;
import org.pagetrail.store.packed.BlockBuilder.Packed;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;
import org.pagetrail.store.packed.UnknownRecord;

/** Writes what is left of a damaged trail as a whole one. */
public final class TrailRepair {
  private final Path input;
  private final MemorySegment file;
  private final FileHead head;
  private final RecordLayouts layouts;
  private final Salvage salvage;

  /**
   * A place where the trail is not as it was written.
   *
   * @param offset the first byte of the damaged block
   */
  public record Damage(int segment, long offset, String why) {}

  /**
   * What was saved and what was not.
   *
   * @param events how many events were saved, from the first on
   * @param bytes how many bytes at the beginning of the input they were read from
   * @param eventsLost how many more events whole heads of later blocks speak of; there may have
   *     been more
   * @param bytesLost how many bytes follow the last one that was read
   * @param damages what was found, in the order of the file; empty if the trail was whole
   */
  public record Outcome(
      long events, long bytes, long eventsLost, long bytesLost, List<Damage> damages) {
    /** Copies the list. */
    public Outcome {
      damages = List.copyOf(damages);
    }

    /** True if the trail was as its writer left it. */
    public boolean wasWhole() {
      return damages.isEmpty();
    }
  }

  private TrailRepair(Path input, MemorySegment file) {
    this.input = input;
    this.file = file;
    try {
      FileHead.Read read = FileHead.read(file);
      head = read.head();
      layouts = RecordLayouts.of(head.schema());
      salvage = new Salvage(file, read.bytes());
    } catch (DamagedBlock e) {
      throw FileHead.unreadable(input.toString(), e);
    }
  }

  /**
   * Saves the events of a trail, as far as they are whole from the first on, in another file. If
   * events may have followed them, an {@link EventsLost} behind them names the damaged trail.
   *
   * @throws StoreException if the head of the trail is damaged, so that nothing can be saved; if
   *     {@code output} is the trail itself; or if the file system refuses
   */
  public static Outcome repair(Path input, Path output) {
    try {
      if (Files.exists(output) && Files.isSameFile(input, output)) {
        throw new StoreException(
            output.toString(),
            "trail not written",
            "it is the damaged trail itself",
            "name another file",
            null);
      }
    } catch (IOException e) {
      throw FileTrouble.unreadable(input, e);
    }
    TrailRepair repair;
    try (FileChannel channel = FileChannel.open(input, StandardOpenOption.READ)) {
      repair = new TrailRepair(input, new DiskStorage(channel).view());
    } catch (IOException e) {
      throw FileTrouble.unreadable(input, e);
    }
    repair.write(output);
    Salvage salvage = repair.salvage;
    return new Outcome(
        salvage.events(),
        salvage.end(),
        salvage.eventsLost(),
        repair.file.byteSize() - salvage.end(),
        salvage.damages());
  }

  private void write(Path output) {
    try (Replacement to = Replacement.of(output);
        SegmentWriter segments =
            new SegmentWriter(TrailWriter.fresh(to.storage(), head), layouts)) {
      for (Placed block : salvage.blocks()) {
        switch (block.head().kind()) {
          case ENTRIES -> write(block, segments);
          case END -> segments.end();
          default -> segments.seal();
        }
      }
      if (salvage.losesEvents()) {
        noteLoss(segments);
      }
      if (segments.mustEnd()) {
        segments.end();
      }
      WriterLock right = WriterLock.take(output);
      try {
        to.commit();
      } finally {
        right.close();
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(output, e);
    }
  }

  /**
   * Appends that the trail does not go on here as it was recorded. Nobody knows how many events are
   * lost, as heads tell of whole blocks only. An older schema may have no place for it.
   */
  private void noteLoss(SegmentWriter segments) throws IOException {
    if (layouts.code(EventsLost.class) < 0) {
      return;
    }
    String name = String.valueOf(input.getFileName());
    LogEntry loss =
        new LogEntry.Recorded(
            new TrailEntry(
                salvage.events(),
                null,
                Standing.OBSERVED,
                new EventsLost(name, 0),
                List.of(),
                null,
                new Source(name, 1, salvage.end())));
    segments.writeLast(loss);
  }

  private MemorySegment partA(Placed block) {
    return file.asSlice(block.offset() + BlockHead.BYTES, block.head().bytesA());
  }

  private MemorySegment partB(Placed block) {
    return file.asSlice(block.offset() + block.head().offsetB(), block.head().bytesB());
  }

  private Packed packed(Placed block) {
    BlockHead head = block.head();
    return new Packed(
        head.firstSeq(),
        head.count(),
        partA(block).toArray(ValueLayout.JAVA_BYTE),
        partB(block).toArray(ValueLayout.JAVA_BYTE),
        head.plainB(),
        head.minTime(),
        head.maxTime());
  }

  private void write(Placed block, SegmentWriter segments) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    try {
      segments.write(
          packed(block),
          inBlock -> {
            if (entries.isEmpty()) {
              entries.addAll(entries(block));
            }
            return entries.get(inBlock);
          });
    } catch (UnknownRecord e) {
      throw TrailReader.unknown(input.toString(), block.offset(), e);
    } catch (DamagedBlock e) {
      throw new StoreException(
          input + ", byte " + block.offset(),
          "not to be repaired",
          "its checksums are right, and yet " + e.getMessage(),
          "please report this with the trail",
          e);
    }
  }

  private List<LogEntry> entries(Placed block) {
    BlockHead head = block.head();
    return new Block(
            layouts, head.firstSeq(), head.count(), partA(block), partB(block), head.plainB())
        .entries();
  }
}
