package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.fold.PackedFold;
import org.pagetrail.store.packed.Block;
import org.pagetrail.store.packed.BlockBuilder.Packed;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;
import org.pagetrail.store.packed.UnknownRecord;

/**
 * What the bytes of a trail file say. Nothing is trusted that its checksum does not vouch for.
 *
 * <p>Not for several threads at once.
 */
public final class TrailReader {
  private static final int BLOCKS_KEPT = 8;

  private final Path path;
  private final String name;
  private final FileHead head;
  private final RecordLayouts layouts;
  private final BlockMap blocks;
  private final Map<Long, List<LogEntry>> unpacked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<LogEntry>> eldest) {
          return size() > BLOCKS_KEPT;
        }
      };
  private MemorySegment file;
  private @Nullable String tornTail;

  /**
   * Reads the head and finds the blocks.
   *
   * @param path what errors call the file
   * @throws StoreException if it is no trail, or damaged before its last block
   */
  public TrailReader(Path path, MemorySegment file) {
    this.path = path;
    this.name = path.toString();
    this.file = file;
    try {
      FileHead.Read read = FileHead.read(file);
      head = read.head();
      layouts = RecordLayouts.of(head.schema());
      blocks = new BlockMap(read.bytes());
    } catch (DamagedBlock e) {
      throw FileHead.unreadable(name, e);
    }
    extend(file);
  }

  /**
   * Looks at a longer view of the same file.
   *
   * @throws StoreException if it is damaged before its last block
   */
  void extend(MemorySegment longer) {
    if (longer.byteSize() < blocks.end()) {
      throw damaged(blocks.sealed().size(), longer.byteSize(), "the file became shorter");
    }
    file = longer;
    tornTail = blocks.extend(file);
    long walked = blocks.walkedTo();
    String torn = blocks.dropTornTail(file);
    if (torn != null) {
      tornTail = torn;
    }
    if (tornTail != null && BlockMap.isFollowed(file, blocks.walkedTo())) {
      throw damaged(blocks.sealed().size(), Math.min(walked, blocks.walkedTo()), tornTail);
    }
  }

  /** What errors call the file. */
  Path path() {
    return path;
  }

  /** The name of the run. */
  public String run() {
    return head.run();
  }

  FileHead head() {
    return head;
  }

  /** How many entries there are. */
  public long size() {
    return blocks.size();
  }

  /** How many bytes the file has. */
  public long byteSize() {
    return file.byteSize();
  }

  /** The earliest time on the trail's clock, null if no entry has one. */
  public @Nullable Long firstNanos() {
    long first = Long.MAX_VALUE;
    boolean any = false;
    for (Segment segment : allSegments()) {
      for (Placed block : segment.entries()) {
        any |= block.head().minTime() <= block.head().maxTime();
        first = Math.min(first, block.head().minTime());
      }
    }
    return any ? first : null;
  }

  /** The latest time on the trail's clock, null if no entry has one. */
  public @Nullable Long lastNanos() {
    long last = Long.MIN_VALUE;
    boolean any = false;
    for (Segment segment : allSegments()) {
      for (Placed block : segment.entries()) {
        any |= block.head().minTime() <= block.head().maxTime();
        last = Math.max(last, block.head().maxTime());
      }
    }
    return any ? last : null;
  }

  /** The process that writes the trail, empty if it is not known which; null if none does. */
  public @Nullable String writer() {
    return WriterLock.writerOf(path);
  }

  /** The layouts of the records. */
  public RecordLayouts layouts() {
    return layouts;
  }

  /** True if the trail was closed: nothing follows its last seal. */
  public boolean isClosed() {
    return blocks.isClosed(file);
  }

  /**
   * Makes sure that the trail ends where its writer ended it.
   *
   * @throws StoreException if it was cut, or its writer is gone and did not close it
   */
  public void requireWhole() {
    if (!isClosed() && writer() == null) {
      throw notClosed();
    }
  }

  /** The error of a trail whose writer is gone and did not end it. */
  StoreException notClosed() {
    long torn = tornBytes();
    return damaged(
        blocks.sealed().size(),
        end(),
        "the trail was not closed: it was cut, or its writer died"
            + (torn == 0 ? "" : "; the last " + torn + " bytes are no whole block"));
  }

  /**
   * Looks at every byte: all checksums, the digest of every seal, and that every entry can be read.
   *
   * @throws StoreException that names the first damaged block
   */
  public void verify() {
    new Verification(this).run();
  }

  /** How many bytes after the last whole block are no block. */
  public long tornBytes() {
    return tornTail == null ? 0 : file.byteSize() - blocks.end();
  }

  /** Where the next block belongs. */
  long end() {
    return blocks.end();
  }

  BlockMap blocks() {
    return blocks;
  }

  MemorySegment file() {
    return file;
  }

  StoreException damaged(int segment, long offset, String why) {
    return damaged(
        segment, offset, why, "save what is left with: pagetrail repair " + name + " -o FILE");
  }

  /** The error of a block that is computed from events, so that it can be computed anew. */
  StoreException damagedBesideEvents(int segment, long offset, String why) {
    return isClosed()
        ? damaged(segment, offset, why, "compute it anew with: pagetrail rebuild " + name)
        : damaged(segment, offset, why);
  }

  private StoreException damaged(int segment, long offset, String why, String remedy) {
    return new StoreException(
        name + ", segment " + segment + ", byte " + offset,
        StoreException.DAMAGED,
        why,
        remedy,
        null);
  }

  /** The number of segments, the last without a seal included if it has entries. */
  public int segments() {
    return blocks.sealed().size() + (blocks.tail().entries().isEmpty() ? 0 : 1);
  }

  Segment segment(int number) {
    return number < blocks.sealed().size() ? blocks.sealed().get(number) : blocks.tail();
  }

  /** The segment that holds a position. */
  int segmentOf(long seq) {
    int low = 0;
    int high = segments() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segment(middle).firstSeq() <= seq) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  Placed blockOf(Segment segment, long seq) {
    List<Placed> entries = segment.entries();
    int low = 0;
    int high = entries.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (entries.get(middle).head().firstSeq() <= seq) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return entries.get(low);
  }

  /** The records of a block with entries, whose checksum is right. */
  MemorySegment records(int segment, Placed block) {
    if (!block.head().isWholeA(file, block.offset())) {
      throw damaged(segment, block.offset(), "the checksum of a block's records is wrong");
    }
    return uncheckedRecords(block);
  }

  /** The records of a block with entries, as good as they are. */
  MemorySegment uncheckedRecords(Placed block) {
    return file.asSlice(block.offset() + BlockHead.BYTES, block.head().bytesA());
  }

  /** A block as it was packed. */
  Packed packed(int segment, Placed block) {
    BlockHead head = block.head();
    MemorySegment records = records(segment, block);
    return new Packed(
        head.firstSeq(),
        head.count(),
        records.toArray(ValueLayout.JAVA_BYTE),
        cold(segment, block).toArray(ValueLayout.JAVA_BYTE),
        head.plainB(),
        head.minTime(),
        head.maxTime());
  }

  /** Visits all blocks with entries as they were packed, in order. */
  public void eachPacked(Consumer<Packed> visitor) {
    for (int number = 0; number < segments(); number++) {
      for (Placed block : segment(number).entries()) {
        visitor.accept(packed(number, block));
      }
    }
  }

  private MemorySegment cold(int segment, Placed block) {
    BlockHead head = block.head();
    if (!head.isWholeB(file, block.offset())) {
      throw damaged(segment, block.offset(), "the checksum of a block's envelopes is wrong");
    }
    return file.asSlice(block.offset() + head.offsetB(), head.bytesB());
  }

  /** The entries of a block. */
  List<LogEntry> entries(int segment, Placed block) {
    List<LogEntry> known = unpacked.get(block.offset());
    if (known != null) {
      return known;
    }
    BlockHead head = block.head();
    MemorySegment records = records(segment, block);
    MemorySegment cold = cold(segment, block);
    try {
      List<LogEntry> entries =
          new Block(layouts, head.firstSeq(), head.count(), records, cold, head.plainB()).entries();
      unpacked.put(block.offset(), entries);
      return entries;
    } catch (DamagedBlock e) {
      throw damaged(segment, block.offset(), String.valueOf(e.getMessage()));
    } catch (UnknownRecord e) {
      throw unknown(name, block.offset(), e);
    }
  }

  /** The error of a record that only another release can read. */
  static StoreException unknown(String file, long offset, UnknownRecord e) {
    return new StoreException(
        file + ", byte " + offset,
        "not readable by this release",
        String.valueOf(e.getMessage()),
        "use the release that wrote it",
        e);
  }

  /** The entry at a position. */
  public LogEntry at(long seq) {
    if (seq < 0 || seq >= size()) {
      throw new IllegalArgumentException("there is no event " + seq + " among " + size());
    }
    int segment = segmentOf(seq);
    Placed block = blockOf(segment(segment), seq);
    return entries(segment, block).get(Math.toIntExact(seq - block.head().firstSeq()));
  }

  /** The entries from a position to the end as it is now. */
  public Iterator<LogEntry> read(long from) {
    return new Entries(from, size());
  }

  /**
   * The entries of some types; blocks without any are not unpacked.
   *
   * @param bare types without text and lists, of which the event alone is wanted: where a block has
   *     no others it is not unpacked, and the entries are {@code ASSUMED}
   */
  public Iterator<LogEntry> readOf(Set<? extends Class<?>> types, Set<? extends Class<?>> bare) {
    return new EntriesOfTypes(this, types, bare);
  }

  /** Visits the records of all blocks with entries from a segment on, in order. */
  public void eachBlock(int fromSegment, RecordVisitor visitor) {
    for (int number = fromSegment; number < segments(); number++) {
      for (Placed block : segment(number).entries()) {
        BlockHead head = block.head();
        if (!visitor.visit(head.firstSeq(), head.count(), records(number, block))) {
          return;
        }
      }
    }
  }

  /** Visits the records of all blocks with entries, in order, and trusts them unchecked. */
  public void eachUncheckedBlock(Consumer<MemorySegment> visitor) {
    for (Segment segment : allSegments()) {
      for (Placed block : segment.entries()) {
        visitor.accept(uncheckedRecords(block));
      }
    }
  }

  /** True if an event is of this type; looks at no more than the records up to the first such. */
  public boolean hasAny(Class<?> wanted) {
    boolean[] codes = layouts.codes(wanted::isAssignableFrom);
    int[] widths = layouts.widths();
    boolean[] found = {false};
    eachBlock(
        0,
        (firstSeq, count, records) -> {
          long at = 0;
          for (int i = 0; i < count && !found[0]; i++) {
            int code = PackedFold.code(records, at);
            found[0] = codes[code];
            at += widths[code];
          }
          return !found[0];
        });
    return found[0];
  }

  /** Sees the records of one block after the other. */
  @FunctionalInterface
  public interface RecordVisitor {
    /**
     * Looks at a block.
     *
     * @param records the fixed records of its entries, one after the other
     * @return false to stop
     */
    boolean visit(long firstSeq, int count, MemorySegment records);
  }

  /** Goes from block to block. */
  private final class Entries implements Iterator<LogEntry> {
    private final long end;
    private long next;
    private List<LogEntry> block = List.of();
    private long blockSeq;

    private Entries(long from, long end) {
      this.next = from;
      this.end = end;
      this.blockSeq = from;
    }

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public LogEntry next() {
      if (next >= end) {
        throw new NoSuchElementException("the trail has " + end + " events");
      }
      if (next - blockSeq >= block.size()) {
        int segment = segmentOf(next);
        Placed placed = blockOf(segment(segment), next);
        block = entries(segment, placed);
        blockSeq = placed.head().firstSeq();
      }
      return block.get((int) (next++ - blockSeq));
    }
  }

  /** All segments that have a seal or entries. */
  List<Segment> allSegments() {
    List<Segment> all = new ArrayList<>();
    for (int number = 0; number < segments(); number++) {
      all.add(segment(number));
    }
    return all;
  }
}
