package org.pagetrail.simulation;

import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Remembers which event last set a memslot, mapped a guest page or touched a host page, so that a
 * later event can name these facts among its causes.
 */
public final class Provenance {
  private record Fact(GpaRange range, long seq) {}

  private final TreeMap<Gpa, Fact> slots = new TreeMap<>();
  private final TreeMap<Gpa, Fact> mappings = new TreeMap<>();
  private final Map<Pfn, Long> pages = new TreeMap<>();

  /** Takes note of an entry of the trail. */
  public void apply(TrailEntry entry) {
    switch (entry.event()) {
      case MemslotSet set when set.ret() == 0 -> applySlot(set, entry.seq());
      case Stage2Mapped map when map.ret() == 0 ->
          put(mappings, new GpaRange(map.gpa(), map.size()), entry.seq());
      case Stage2Relaxed relaxed when relaxed.ret() == 0 ->
          put(mappings, GpaRange.pageOf(relaxed.gpa()), entry.seq());
      case PageMapped page -> pages.put(page.pfn(), entry.seq());
      case PageWritten write -> pages.put(write.pfn(), entry.seq());
      case ContentSeen seen -> pages.put(seen.pfn(), entry.seq());
      default -> {}
    }
  }

  /** The facts that {@code event} rests on, as far as there are any. */
  public SortedSet<Long> factsBehind(Event event) {
    SortedSet<Long> facts = new TreeSet<>();
    switch (event) {
      case Stage2Faulted fault -> addIfKnown(facts, find(mappings, fault.gpa()));
      case PfnResolved lookup -> {
        addIfKnown(facts, find(slots, lookup.gfn().gpa()));
        if (lookup.pfn() != null) {
          addIfKnown(facts, pages.get(lookup.pfn()));
        }
      }
      case Stage2Mapped map -> {
        addIfKnown(facts, find(slots, map.gpa()));
        addIfKnown(facts, pages.get(map.pfn()));
      }
      case MmioExited exit -> addIfKnown(facts, find(slots, exit.gpa()));
      case GuestAccessCompleted done -> addIfKnown(facts, find(mappings, done.gpa()));
      case PageWritten write -> addIfKnown(facts, pages.get(write.pfn()));
      default -> {}
    }
    return facts;
  }

  /** A deleted slot stays as a fact: it is why later accesses there find no memory. */
  private void applySlot(MemslotSet set, long seq) {
    Fact before = slots.get(set.gpa());
    if (!set.size().isZero()) {
      put(slots, new GpaRange(set.gpa(), set.size()), seq);
    } else if (before != null) {
      put(slots, before.range(), seq);
    }
  }

  private static void put(NavigableMap<Gpa, Fact> facts, GpaRange range, long seq) {
    facts.put(range.start(), new Fact(range, seq));
  }

  private static @Nullable Long find(NavigableMap<Gpa, Fact> facts, Gpa gpa) {
    for (ByteSize reach : new ByteSize[] {ByteSize.PAGE, ByteSize.BLOCK}) {
      Fact fact = facts.get(gpa.alignedDown(reach.bytes()));
      if (fact != null && fact.range().contains(gpa)) {
        return fact.seq();
      }
    }
    Map.Entry<Gpa, Fact> below = facts.floorEntry(gpa);
    return below != null && below.getValue().range().contains(gpa) ? below.getValue().seq() : null;
  }

  private static void addIfKnown(SortedSet<Long> facts, @Nullable Long seq) {
    if (seq != null) {
      facts.add(seq);
    }
  }
}
