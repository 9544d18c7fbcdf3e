package org.pagetrail.bench.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagetrail.bench.log.RecordShift.Distance;
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
import org.pagetrail.events.KvmEvent.VcpuExited;
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
import org.pagetrail.store.packed.BlockBuilder;
import org.pagetrail.store.packed.BlockBuilder.Packed;
import org.pagetrail.store.packed.RecordLayouts;

/**
 * A guest that touches every page of its memory once, in steps that jump about, each page by a
 * fault of its own. The frames behind neighbours do not follow each other.
 */
public final class TouchedGuest {
  private static final Gpa RAM = new Gpa(1L << 32);
  private static final Hva HOST = new Hva(0x7f0000000000L);
  private static final int EVENTS_PER_PAGE = 6;
  private static final int PAGES_PER_BLOCK = 2048;

  /** Odd, so that all blocks of pages are touched, and far from the one before. */
  private static final long STRIDE = 2_654_435_761L;

  private TouchedGuest() {}

  /**
   * Writes the trail.
   *
   * @param gibibytes how much memory the guest has, a power of two
   */
  public static void write(Path output, long gibibytes) {
    if (Long.bitCount(gibibytes) != 1) {
      throw new IllegalArgumentException(gibibytes + " is no power of two");
    }
    long pages = gibibytes << 18;
    long blocks = pages / PAGES_PER_BLOCK;
    RecordShift shift = new RecordShift(RecordLayouts.current());
    Packed block = blockOfFaults();
    try (BulkWriter writer = BulkWriter.open(output, "touched")) {
      writer.add(new LogEntry.Recorded(entry(0, slot(new ByteSize(gibibytes << 30)))));
      for (long i = 0; i < blocks; i++) {
        long first = (i * STRIDE & blocks - 1) * PAGES_PER_BLOCK;
        writer.add(shift.copy(block, 1 + i * block.count(), new Distance(first, first, first, 0)));
      }
      writer.commit();
    }
  }

  private static Event slot(ByteSize size) {
    return new MemslotSet(SlotId.of(0), SlotChange.CREATE, SlotFlags.NONE, RAM, size, HOST, 0);
  }

  private static Packed blockOfFaults() {
    BlockBuilder builder = new BlockBuilder(RecordLayouts.current());
    long seq = 1;
    for (int i = 0; i < PAGES_PER_BLOCK; i++) {
      int page = i * 5 % PAGES_PER_BLOCK;
      for (Event event : fault(page, page ^ 1)) {
        builder.add(new LogEntry.Recorded(entry(seq++, event)));
      }
    }
    if (seq != 1 + (long) PAGES_PER_BLOCK * EVENTS_PER_PAGE) {
      throw new IllegalStateException("a page takes another number of events");
    }
    return builder.take();
  }

  private static List<Event> fault(long page, long frame) {
    Gfn gfn = RAM.gfn().plus(page);
    Pfn pfn = new Pfn(frame);
    List<Event> events = new ArrayList<>();
    events.add(new VcpuExited(0, "TRAP", 0x8000));
    events.add(
        new Stage2Faulted(
            0, AccessKind.WRITE, gfn.gpa(), FaultType.TRANSLATION, 3, 0x93820046L, 0x8000));
    events.add(new PfnResolved(gfn, true, LookupResult.FOUND, pfn, PageKind.ANONYMOUS, true));
    events.add(new Stage2Mapped(gfn.gpa(), ByteSize.PAGE, pfn, Perms.RW, MemoryType.NORMAL, 0));
    events.add(new AbortHandled(0, 1));
    events.add(new VcpuEntered(0, 0x8000));
    return events;
  }

  private static TrailEntry entry(long seq, Event event) {
    Source source = new Source("trace.txt", seq + 1, seq * 100);
    return new TrailEntry(seq, seq * 1000, Standing.OBSERVED, event, List.of(), null, source);
  }
}
