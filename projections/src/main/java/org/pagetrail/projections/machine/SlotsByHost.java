package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.projections.ranges.PageSpan;

/** Finds memslots by the host memory behind them, which several may share. */
final class SlotsByHost {
  private static final Comparator<Memslot> BY_ID = Comparator.comparing(Memslot::id);

  private final NavigableMap<Long, List<Memslot>> byFirstPage;

  /** No slot ever had more pages. */
  private long longest;

  SlotsByHost() {
    this(new TreeMap<>());
  }

  private SlotsByHost(NavigableMap<Long, List<Memslot>> byFirstPage) {
    this.byFirstPage = byFirstPage;
  }

  SlotsByHost fork() {
    NavigableMap<Long, List<Memslot>> copy = new TreeMap<>();
    byFirstPage.forEach((page, slots) -> copy.put(page, new ArrayList<>(slots)));
    SlotsByHost fork = new SlotsByHost(copy);
    fork.longest = longest;
    return fork;
  }

  private static long firstPage(Memslot slot) {
    return PageSpan.of(slot.host()).first();
  }

  void add(Memslot slot) {
    longest = Math.max(longest, PageSpan.of(slot.host()).pages());
    byFirstPage.computeIfAbsent(firstPage(slot), page -> new ArrayList<>()).add(slot);
  }

  void remove(Memslot slot) {
    List<Memslot> there = byFirstPage.get(firstPage(slot));
    if (there != null && there.remove(slot) && there.isEmpty()) {
      byFirstPage.remove(firstPage(slot));
    }
  }

  /** The slots that share memory with a range, ascending by id. */
  List<Memslot> overlapping(HvaRange range) {
    PageSpan span = PageSpan.of(range);
    long from = Math.max(0, span.first() - longest);
    List<Memslot> found = new ArrayList<>();
    for (Collection<Memslot> slots : byFirstPage.subMap(from, true, span.end(), true).values()) {
      slots.stream().filter(slot -> slot.host().overlaps(range)).forEach(found::add);
    }
    found.sort(BY_ID);
    return found;
  }
}
