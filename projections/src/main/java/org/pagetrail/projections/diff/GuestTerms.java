package org.pagetrail.projections.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesDropped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.PagesWriteProtected;
import org.pagetrail.events.HostEvent.RangeFilled;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.HostEvent.RangeLoaded;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Memslots;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * Says of an event at host addresses what it means to the guest: two runs lay out the monitor's
 * address space differently, and what lies behind no memslot is not the guest's business. The host
 * address becomes the number of the guest address that it stands behind.
 */
final class GuestTerms {
  private static final Hva NOWHERE = new Hva(0);

  private GuestTerms() {}

  /** The event in terms of the guest; null if it does not concern the guest. */
  static @Nullable Event of(Event event, Memslots slots) {
    return switch (event) {
      case MemslotSet e ->
          new MemslotSet(e.slot(), e.change(), e.flags(), e.gpa(), e.size(), NOWHERE, e.ret());
      case MemslotRequested e ->
          new MemslotRequested(e.slot(), e.flags(), e.gpa(), e.size(), NOWHERE, e.ret());
      case RamBlockAllocated e -> new RamBlockAllocated(e.name(), e.size(), NOWHERE, e.filePath());
      case PageMapped e -> {
        HvaRange there = guest(new HvaRange(e.hva(), e.size()), slots);
        yield there == null
            ? null
            : new PageMapped(there.start(), e.size(), e.pfn(), e.kind(), e.writable());
      }
      case EntryChanged e -> {
        HvaRange there = guest(HvaRange.pageOf(e.hva()), slots);
        yield there == null ? null : new EntryChanged(there.start());
      }
      case SignalSent e -> {
        HvaRange there = guest(HvaRange.pageOf(e.hva()), slots);
        yield there == null ? null : new SignalSent(e.signal(), there.start());
      }
      default -> ofRange(event, slots);
    };
  }

  private static @Nullable Event ofRange(Event event, Memslots slots) {
    HvaRange range = rangeOf(event);
    if (range == null) {
      return event;
    }
    HvaRange there = guest(range, slots);
    return there == null ? null : moved(event, there);
  }

  private static @Nullable HvaRange rangeOf(Event event) {
    return switch (event) {
      case HostMapped e -> e.range();
      case HostUnmapped e -> e.range();
      case PagesMapped e -> e.range();
      case PagesDropped e -> e.range();
      case PagesWriteProtected e -> e.range();
      case PagesShared e -> e.range();
      case RangeFilled e -> e.range();
      case RangeLoaded e -> e.range();
      case RangeInvalidated e -> e.range();
      case HostCalled e -> e.range();
      default -> null;
    };
  }

  private static Event moved(Event event, HvaRange to) {
    return switch (event) {
      case HostMapped e -> new HostMapped(to, e.backing(), e.perms(), e.advice(), e.name());
      case HostUnmapped e -> new HostUnmapped(to);
      case PagesMapped e -> new PagesMapped(to, e.kind(), e.first(), e.consecutive(), e.writable());
      case PagesDropped e -> new PagesDropped(to);
      case PagesWriteProtected e -> new PagesWriteProtected(to);
      case PagesShared e -> new PagesShared(to, e.shared());
      case RangeFilled e -> new RangeFilled(to, e.fillByte(), e.writer());
      case RangeLoaded e -> new RangeLoaded(to, e.file());
      case RangeInvalidated e -> new RangeInvalidated(to);
      case HostCalled e -> new HostCalled(e.call(), to, e.ret());
      default -> event;
    };
  }

  /** The pages of the first slot that the range stands behind. */
  private static @Nullable HvaRange guest(HvaRange range, Memslots slots) {
    PageSpan pages = PageSpan.of(range);
    List<Memslot> showing = slots.showing(range);
    return showing.isEmpty() ? null : showing.getFirst().framesBehind(pages).host();
  }
}
