package org.pagetrail.itests.store;

import java.nio.file.Path;
import java.util.List;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.BulkWriter;

/**
 * A guest that touches each page of its memory, one fault a page, in an order that jumps about: no
 * neighbours are alike, and as event objects the trail takes several hundred bytes an event.
 */
final class LongTrail {
  /** The first page of its memory. */
  static final Gpa RAM = new Gpa(0x40000000L);

  private static final Hva HOST = new Hva(0x7f0000000000L);
  private static final int STRIDE = 4099;

  private long seq;
  private final BulkWriter writer;

  private LongTrail(BulkWriter writer) {
    this.writer = writer;
  }

  /**
   * Writes one.
   *
   * @param pages how many, a power of two; about five events each
   * @param typeLate the memory type that the last hundredth of the pages is mapped with
   */
  static void write(Path file, int pages, MemoryType typeLate) {
    try (BulkWriter writer = BulkWriter.open(file, "long")) {
      new LongTrail(writer).write(pages, typeLate);
      writer.commit();
    }
  }

  private void write(int pages, MemoryType typeLate) {
    add(new HostDescribed("arm64", "6.1", List.of(), "never"));
    ByteSize size = new ByteSize((long) pages << 12);
    add(new MemslotSet(SlotId.of(0), SlotChange.CREATE, SlotFlags.NONE, RAM, size, HOST, 0));
    for (int i = 0; i < pages; i++) {
      boolean late = i >= pages - pages / 100;
      long page = (long) i * STRIDE & (pages - 1);
      fault(RAM.gfn().plus(page), new Pfn(1 + (page ^ 1)), late ? typeLate : MemoryType.NORMAL);
    }
  }

  private void fault(Gfn gfn, Pfn pfn, MemoryType type) {
    add(
        new Stage2Faulted(
            0, AccessKind.WRITE, gfn.gpa(), FaultType.TRANSLATION, 3, 0x93820046L, 0x8000));
    add(new PfnResolved(gfn, true, LookupResult.FOUND, pfn, PageKind.ANONYMOUS, true));
    add(new Stage2Mapped(gfn.gpa(), ByteSize.PAGE, pfn, Perms.RW, type, 0));
    add(new AbortHandled(0, 1));
    add(new VcpuEntered(0, 0x8000));
  }

  private void add(Event event) {
    Source source = new Source("trace.txt", seq + 1, seq * 100);
    TrailEntry entry =
        new TrailEntry(seq, seq * 1000, Standing.OBSERVED, event, List.of(), null, source);
    writer.add(new LogEntry.Recorded(entry));
    seq++;
  }
}
