package org.pagetrail.projections.audit;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.FlatView;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.RamBlock;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * The page that is audited, by every name that the trail has for it.
 *
 * @param gfn its guest frame
 * @param hosts the host pages that ever stood behind it, by number
 * @param frames the host frames that were ever looked up or mapped for it
 */
record Page(Gfn gfn, SortedSet<Long> hosts, SortedSet<Pfn> frames) {
  Page {
    hosts = Collections.unmodifiableSortedSet(new TreeSet<>(hosts));
    frames = Collections.unmodifiableSortedSet(new TreeSet<>(frames));
  }

  Gpa gpa() {
    return gfn.gpa();
  }

  boolean holds(Gpa address) {
    return address.gfn().equals(gfn);
  }

  boolean overlaps(GpaRange range) {
    return PageSpan.of(range).contains(gfn.value());
  }

  boolean holds(Hva address) {
    return hosts.contains(PageSpan.pageOf(address.value()));
  }

  boolean overlaps(HvaRange range) {
    PageSpan span = PageSpan.of(range);
    return hosts.stream().anyMatch(span::contains);
  }

  boolean overlaps(Hva start, ByteSize size) {
    PageSpan span = PageSpan.clamped(PageSpan.pageOf(start.value()), size.pages());
    return hosts.stream().anyMatch(span::contains);
  }

  /** True if the frame is what the page reads and writes now, or a zero page that it ever was. */
  boolean isBackedBy(Pfn pfn, MachineState state) {
    Stage2Entry mapping = state.stage2().at(gpa());
    Hva hva = state.hvaOf(gpa());
    HostPage host = hva == null ? null : state.host().pageAt(hva);
    return (mapping != null && pfn.equals(mapping.pfn()))
        || (host != null && pfn.equals(host.pfn()))
        || (frames.contains(pfn) && state.host().zeroPages().contains(pfn));
  }

  /** The device whose region shows at the page, or whose RAM block stands behind it. */
  @Nullable String device(MachineState state) {
    FlatView view = state.monitor().committed();
    FlatRange range = view == null ? null : view.at(gpa());
    RamBlock block = block(state);
    if (block != null) {
      return block.name();
    }
    return range == null || range.region().isEmpty() ? null : range.region();
  }

  /** The RAM block behind the page. */
  @Nullable RamBlock block(MachineState state) {
    Hva now = state.hvaOf(gpa());
    if (now != null) {
      return state.monitor().blockAt(now);
    }
    for (long host : hosts) {
      RamBlock block = state.monitor().blockAt(new Hva(host << PageSize.BASE_SHIFT));
      if (block != null) {
        return block;
      }
    }
    return null;
  }

  /** True if bytes {@code offset} and on of the device are part of the page. */
  boolean isPartOf(String device, long offset, long sizeBytes, MachineState state) {
    RamBlock block = block(state);
    if (block == null || !block.name().equals(device)) {
      return false;
    }
    PageSpan touched =
        PageSpan.clamped(
            PageSpan.pageOf(offset),
            PageSpan.pageOf(offset + Math.max(sizeBytes, 1) - 1) - PageSpan.pageOf(offset) + 1);
    long blockPage = PageSpan.pageOf(block.host().start().value());
    return hosts.stream().anyMatch(host -> touched.contains(host - blockPage));
  }
}
