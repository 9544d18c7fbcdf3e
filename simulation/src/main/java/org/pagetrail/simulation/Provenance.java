package org.pagetrail.simulation;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
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
import org.pagetrail.kvm.run.RunMap;
import org.pagetrail.kvm.run.RunStores;
import org.pcollections.TreePMap;

/**
 * Remembers which event last set a memslot, mapped a guest page or touched a host page, so that a
 * later event can name these facts among its causes.
 */
public final class Provenance {
  private static final List<ByteSize> REACHES = List.of(ByteSize.PAGE, ByteSize.BLOCK);

  private record Fact(GpaRange range, long seq) {}

  private TreePMap<Gpa, Fact> slots;
  private RunMap<Since> mappings;
  private RunMap<Since> frames;

  /** Nothing happened yet. */
  public Provenance() {
    this(TreePMap.empty(), RunMap.empty(), RunMap.empty());
  }

  private Provenance(TreePMap<Gpa, Fact> slots, RunMap<Since> mappings, RunMap<Since> frames) {
    this.slots = slots;
    this.mappings = mappings;
    this.frames = frames;
  }

  /** Moves what grows with the pages into stores. */
  public void settleIn(RunStores stores) {
    mappings = mappings.settledIn(stores.store(Since.WORDS));
    frames = frames.settledIn(stores.store(Since.WORDS));
  }

  /** Puts what was learnt into the stores below; copies made before become invalid. */
  public void settle() {
    mappings = mappings.settled();
    frames = frames.settled();
  }

  /** A copy of what is known now, made without copying it; good until this one is settled. */
  public Provenance copy() {
    return new Provenance(slots, mappings, frames);
  }

  /** A copy that changes on its own also where it lies over stores. */
  public Provenance fork() {
    return new Provenance(slots, mappings.forked(), frames.forked());
  }

  /** Takes note of an entry of the trail. */
  public void apply(TrailEntry entry) {
    switch (entry.event()) {
      case MemslotSet set when set.ret() == 0 -> applySlot(set, entry.seq());
      case Stage2Mapped map when map.ret() == 0 ->
          mapped(map.gpa(), map.size().pages(), entry.seq());
      case Stage2Relaxed relaxed when relaxed.ret() == 0 -> mapped(relaxed.gpa(), 1, entry.seq());
      case PageMapped page -> touched(page.pfn(), entry.seq());
      case PageWritten write -> touched(write.pfn(), entry.seq());
      case ContentSeen seen -> touched(seen.pfn(), entry.seq());
      default -> {}
    }
  }

  private void mapped(Gpa gpa, long pages, long seq) {
    mappings = mappings.with(gpa.gfn().value(), pages, new Since(seq));
  }

  private void touched(Pfn pfn, long seq) {
    frames = frames.with(pfn.value(), 1, new Since(seq));
  }

  /** The facts that {@code event} rests on, as far as there are any. */
  public SortedSet<Long> factsBehind(Event event) {
    SortedSet<Long> facts = new TreeSet<>();
    switch (event) {
      case Stage2Faulted fault -> addIfKnown(facts, seqOf(mappings.at(fault.gpa().gfn().value())));
      case PfnResolved lookup -> {
        addIfKnown(facts, slotAt(lookup.gfn().gpa()));
        if (lookup.pfn() != null) {
          addIfKnown(facts, seqOf(frames.at(lookup.pfn().value())));
        }
      }
      case Stage2Mapped map -> {
        addIfKnown(facts, slotAt(map.gpa()));
        addIfKnown(facts, seqOf(frames.at(map.pfn().value())));
      }
      case MmioExited exit -> addIfKnown(facts, slotAt(exit.gpa()));
      case GuestAccessCompleted done ->
          addIfKnown(facts, seqOf(mappings.at(done.gpa().gfn().value())));
      case PageWritten write -> addIfKnown(facts, seqOf(frames.at(write.pfn().value())));
      default -> {}
    }
    return facts;
  }

  /** A deleted slot stays as a fact: it is why later accesses there find no memory. */
  private void applySlot(MemslotSet set, long seq) {
    Fact before = slots.get(set.gpa());
    if (!set.size().isZero()) {
      put(new GpaRange(set.gpa(), set.size()), seq);
    } else if (before != null) {
      put(before.range(), seq);
    }
  }

  private void put(GpaRange range, long seq) {
    slots = slots.plus(range.start(), new Fact(range, seq));
  }

  private @Nullable Long slotAt(Gpa gpa) {
    for (ByteSize reach : REACHES) {
      Fact fact = slots.get(gpa.alignedDown(reach.bytes()));
      if (fact != null && fact.range().contains(gpa)) {
        return fact.seq();
      }
    }
    Map.Entry<Gpa, Fact> below = slots.floorEntry(gpa);
    return below != null && below.getValue().range().contains(gpa) ? below.getValue().seq() : null;
  }

  private static @Nullable Long seqOf(@Nullable Since since) {
    return since == null ? null : (Long) since.seq();
  }

  private static void addIfKnown(SortedSet<Long> facts, @Nullable Long seq) {
    if (seq != null) {
      facts.add(seq);
    }
  }
}
