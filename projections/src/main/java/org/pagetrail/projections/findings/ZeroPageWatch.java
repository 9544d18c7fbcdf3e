package org.pagetrail.projections.findings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.ZeroPageSighting.Door;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.Run;

/**
 * Joins what was seen in a zero page with the mappings through which it can have come there: the
 * only evidence that a trace of a real host has of writes that take no exit.
 */
final class ZeroPageWatch {
  /** Doors to one page beyond this number are not listed. */
  private static final int DOORS_MAX = 64;

  private final NavigableMap<Long, Watched> pages;

  /** What is known of one frame. */
  private record Watched(NavigableMap<Long, Door> doors, NavigableMap<Integer, Long> words) {
    Watched() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    Watched fork() {
      return new Watched(new TreeMap<>(doors), new TreeMap<>(words));
    }
  }

  ZeroPageWatch() {
    this(new TreeMap<>());
  }

  private ZeroPageWatch(NavigableMap<Long, Watched> pages) {
    this.pages = pages;
  }

  ZeroPageWatch fork() {
    NavigableMap<Long, Watched> copy = new TreeMap<>();
    pages.forEach((pfn, watched) -> copy.put(pfn, watched.fork()));
    return new ZeroPageWatch(copy);
  }

  /** The sighting that the entry is, null if it is none. */
  @Nullable ZeroPageSighting apply(TrailEntry entry, MachineState state) {
    watch(state.stage2().removedLast(), state, true);
    watch(state.stage2().changedLast(), state, false);
    watch(state.zeroPagesShownLast(), state, false);
    return switch (entry.event()) {
      case ContentSeen seen when isZeroPage(seen.pfn(), state) -> see(seen, Origin.of(entry));
      case PageWritten written when isZeroPage(written.pfn(), state) -> {
        watched(written.pfn()).words().put(written.offset(), written.value());
        yield null;
      }
      default -> null;
    };
  }

  static boolean isZeroPage(Pfn pfn, MachineState state) {
    PageKind kind = state.kindOf(pfn);
    return kind == PageKind.ZERO_PAGE || kind == PageKind.HUGE_ZERO_PAGE;
  }

  private Watched watched(Pfn pfn) {
    return pages.computeIfAbsent(pfn.value(), number -> new Watched());
  }

  private void watch(Collection<Run<Stage2Entry>> mappings, MachineState state, boolean gone) {
    for (Run<Stage2Entry> run : mappings) {
      Stage2Entry mapping = run.value();
      if (isZeroPage(mapping.pfn(), state)) {
        watch(run, state, mapping.perms().write() && !gone);
      }
    }
  }

  private void watch(Run<Stage2Entry> run, MachineState state, boolean open) {
    NavigableMap<Long, Door> doors = watched(run.value().pfn()).doors();
    long gfn = run.first();
    Door before = doors.get(gfn);
    if (open) {
      Memslot slot = state.slots().atFrame(gfn);
      boolean readOnly = slot != null && slot.isReadOnly();
      if (doors.size() >= DOORS_MAX) {
        doors.values().removeIf(door -> !door.open());
      }
      if (doors.size() < DOORS_MAX) {
        doors.put(gfn, new Door(gfn, readOnly, run.value().lastChange(), true));
      }
    } else if (before != null) {
      doors.put(gfn, new Door(gfn, before.readOnlySlot(), before.mapped(), false));
    }
  }

  private ZeroPageSighting see(ContentSeen event, Origin origin) {
    Watched watched = watched(event.pfn());
    List<Word> dirty = new ArrayList<>();
    boolean news = false;
    for (Word word : event.words()) {
      if (word.value() != 0) {
        dirty.add(word);
        news |= !Long.valueOf(word.value()).equals(watched.words().get(word.offset()));
      }
    }
    if (event.whole()) {
      watched.words().clear();
    }
    dirty.forEach(word -> watched.words().put(word.offset(), word.value()));
    List<Door> doors = List.copyOf(watched.doors().values());
    if (event.whole() && dirty.isEmpty()) {
      watched.doors().values().removeIf(door -> !door.open());
    }
    return new ZeroPageSighting(event.pfn(), dirty, news, doors, origin);
  }
}
