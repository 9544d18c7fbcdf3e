package org.pagetrail.projections.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.RunValue;

/**
 * What the host's page table holds for the pages of one run.
 *
 * @param pfn the frame of the first page; null if absent or unknown
 * @param frames how the frames of the others relate to it
 * @param kind {@code ABSENT} if nothing is mapped
 * @param writable whether the host's entry lets the monitor write; null if unknown
 * @param exclusive whether this process alone maps the page; null if unknown
 * @param flags the kernel's page flags, where a snapshot named them
 * @param doubted the notifier call after which the entry may differ, -1 if none
 */
public record HostPage(
    @Nullable Pfn pfn,
    Frames frames,
    PageKind kind,
    @Nullable Boolean writable,
    @Nullable Boolean exclusive,
    List<String> flags,
    Origin origin,
    long doubted)
    implements RunValue<HostPage> {

  /** Copies the list. */
  public HostPage {
    flags = List.copyOf(flags);
  }

  /** True for pages that other processes may map too and that nobody changes in place. */
  boolean isShared() {
    return switch (kind) {
      case ZERO_PAGE, HUGE_ZERO_PAGE, KSM -> true;
      default -> false;
    };
  }

  /** True for pages that are freed with the mapping. */
  boolean isPrivate() {
    return kind == PageKind.ANONYMOUS || kind == PageKind.ANONYMOUS_HUGE;
  }

  /** The frames of a run of {@code pages} such pages, as far as they are known. */
  PageSpan framesOf(Pfn first, long pages) {
    return PageSpan.clamped(first.value(), frames == Frames.CONSECUTIVE ? pages : 1);
  }

  static HostPage absent(Origin origin) {
    return new HostPage(null, Frames.SCATTERED, PageKind.ABSENT, null, null, List.of(), origin, -1);
  }

  HostPage writeProtected(Origin change) {
    return new HostPage(pfn, frames, kind, false, exclusive, flags, change, doubted);
  }

  HostPage shared(boolean shared, Origin change) {
    return new HostPage(pfn, frames, kind, writable, !shared, flags, change, doubted);
  }

  HostPage doubted(long seq) {
    return new HostPage(pfn, frames, kind, writable, exclusive, flags, origin, seq);
  }

  @Override
  public HostPage from(long pages) {
    if (pages == 0 || pfn == null) {
      return this;
    }
    Pfn there = frame(pfn, pages);
    return new HostPage(there, frames, kind, writable, exclusive, flags, origin, doubted);
  }

  private @Nullable Pfn frame(Pfn first, long pages) {
    return switch (frames) {
      case CONSECUTIVE -> new Pfn((first.value() + pages) & (PageSpan.NUMBERS - 1));
      case SAME -> first;
      case SCATTERED -> null;
    };
  }
}
