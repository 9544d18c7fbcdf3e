package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.packed.BlockBuilder;
import org.pagetrail.store.packed.RecordLayouts;

/**
 * Guest frames, host pages and memslots after some entry of a trail.
 *
 * <p>{@link PackedFold} changes it. Its tables lie outside the Java heap until it is closed; a fork
 * shares what neither has changed since, and is closed on its own. Not for several threads at once,
 * nor are a state and its forks.
 */
public final class FoldedState implements AutoCloseable {
  private static final int BLOCK_ENTRIES = 1 << 14;

  private final Memory memory;
  final SlotTable slots;
  final RecentLookups lookups;
  final KindTable kinds;
  final HostTable host;
  final Stage2Table stage2;
  private final @Nullable Changes changes;
  private long lastSeq;
  private boolean closed;

  private FoldedState(
      Memory memory,
      SlotTable slots,
      RecentLookups lookups,
      KindTable kinds,
      HostTable host,
      Stage2Table stage2,
      @Nullable Changes changes,
      long lastSeq) {
    this.memory = memory;
    this.slots = slots;
    this.lookups = lookups;
    this.kinds = kinds;
    this.host = host;
    this.stage2 = stage2;
    this.changes = changes;
    this.lastSeq = lastSeq;
  }

  private static FoldedState empty(Memory memory, boolean noteChanges) {
    Changes changes = noteChanges ? new Changes(memory) : null;
    KindTable kinds = new KindTable(memory, changes == null ? null : changes.kinds());
    return new FoldedState(
        memory,
        new SlotTable(),
        new RecentLookups(),
        kinds,
        new HostTable(memory, kinds, changes == null ? null : changes.host()),
        new Stage2Table(memory, changes == null ? null : changes.stage2()),
        changes,
        -1);
  }

  /** What is known before the first entry. */
  public static FoldedState empty() {
    return empty(Memory.lasting(), false);
  }

  /** The state after these entries, which need not be in a file; close it. */
  public static FoldedState of(Iterable<TrailEntry> entries) {
    RecordLayouts layouts = RecordLayouts.current();
    PackedFold fold = new PackedFold(layouts);
    BlockBuilder builder = new BlockBuilder(layouts);
    FoldedState state = empty();
    for (TrailEntry entry : entries) {
      builder.add(new LogEntry.Recorded(entry));
      if (builder.count() == BLOCK_ENTRIES) {
        fold(fold, builder, state);
      }
    }
    if (builder.count() > 0) {
      fold(fold, builder, state);
    }
    return state;
  }

  private static void fold(PackedFold fold, BlockBuilder builder, FoldedState into) {
    BlockBuilder.Packed block = builder.take();
    MemorySegment records = MemorySegment.ofArray(block.records());
    fold.fold(into, block.firstSeq(), records, Long.MAX_VALUE);
  }

  /** The same, and it notes which pages change. */
  static FoldedState noting() {
    return empty(Memory.lasting(), true);
  }

  /** The same for one thread and a short time. */
  static FoldedState brief() {
    return empty(Memory.brief(), false);
  }

  /** A copy that changes on its own, made without copying the tables. */
  public FoldedState fork() {
    return fork(null);
  }

  /** A copy that notes which of its pages change from now on. */
  FoldedState forkNoting() {
    return fork(new Changes(memory));
  }

  private FoldedState fork(@Nullable Changes noted) {
    memory.use();
    KindTable forkedKinds = kinds.fork(noted == null ? null : noted.kinds());
    return new FoldedState(
        memory,
        slots.fork(),
        lookups.fork(),
        forkedKinds,
        host.fork(forkedKinds, noted == null ? null : noted.host()),
        stage2.fork(noted == null ? null : noted.stage2()),
        noted,
        lastSeq);
  }

  /** The pages that changed, of a state that notes them. */
  Changes changes() {
    if (changes == null) {
      throw new IllegalStateException("this state does not note its changes");
    }
    return changes;
  }

  /** The last entry folded in, -1 before the first. */
  public long lastSeq() {
    return lastSeq;
  }

  void lastSeq(long seq) {
    lastSeq = seq;
  }

  /** The memslots, ascending by address space and id. */
  public List<Slot> slots() {
    return slots.all();
  }

  /** The slot of the main address space that holds a guest frame. */
  public @Nullable Slot slotAt(Gfn gfn) {
    return slots.atFrame(gfn.value());
  }

  /** What stage 2 maps at a guest frame, null if nothing. */
  public @Nullable Stage2Page stage2At(Gfn gfn) {
    stage2.seek(gfn.value());
    long word = stage2.wordAt(gfn.value());
    return word == 0 ? null : Stage2Word.page(word, stage2.word(1), stage2.word(2));
  }

  /** What is known of the host page at an address, null if nothing. */
  public @Nullable HostPageState hostAt(Hva hva) {
    long page = hva.value() >>> PageSize.BASE_SHIFT;
    host.seek(page);
    long word = host.wordAt(page);
    return word == 0 ? null : HostWord.page(word, host.word(1), host.word(2));
  }

  /** What is known of a guest page. */
  public PageState page(Gfn gfn) {
    Slot slot = slotAt(gfn);
    Gpa gpa = gfn.gpa();
    Hva hva = slot == null ? null : slot.hva().plus(gpa.value() - slot.guest().start().value());
    return new PageState(gfn, slot, hva, hva == null ? null : hostAt(hva), stage2At(gfn));
  }

  /** How many runs of alike pages the tables hold; what a full checkpoint takes. */
  long runs() {
    return stage2.runs() + host.runs() + kinds.runs();
  }

  /** Gives the memory back once all forks are closed too. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memory.release();
    }
  }
}
