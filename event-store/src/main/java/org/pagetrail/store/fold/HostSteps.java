package org.pagetrail.store.fold;

import java.util.function.BiConsumer;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesDropped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.PagesWriteProtected;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.store.packed.RecordLayouts;

/** What the host's events do to a state. */
final class HostSteps {
  private final RecordLayouts layouts;

  private HostSteps(RecordLayouts layouts) {
    this.layouts = layouts;
  }

  static void addTo(RecordLayouts layouts, BiConsumer<Class<? extends Event>, FoldStep> steps) {
    HostSteps host = new HostSteps(layouts);
    host.addSights(steps);
    host.addRanges(steps);
  }

  private boolean has(Class<? extends Event> type) {
    return layouts.code(type) >= 0;
  }

  private void addSights(BiConsumer<Class<? extends Event>, FoldStep> steps) {
    if (has(PagesSeen.class)) {
      steps.accept(PagesSeen.class, pagesSeen());
    }
    if (has(PageMapped.class)) {
      steps.accept(PageMapped.class, pageMapped());
    }
    if (has(PagesMapped.class)) {
      steps.accept(PagesMapped.class, pagesMapped());
    }
    if (has(ZeroPageSeen.class)) {
      Field pfn = Field.of(layouts, ZeroPageSeen.class, "pfn", "value");
      steps.accept(
          ZeroPageSeen.class,
          (state, seq, records, at) ->
              state.kinds.learn(pfn.frame(records, at), 1, Codes.ZERO_PAGE));
    }
  }

  private FoldStep pagesSeen() {
    RangeFields range = RangeFields.of(layouts, PagesSeen.class);
    Field kindOf = Field.ofConstant(layouts, PagesSeen.class, "kind", Codes.PAGE_KINDS);
    Field pfn = Field.of(layouts, PagesSeen.class, "first", "value");
    Field contiguous = Field.of(layouts, PagesSeen.class, "contiguous");
    return (state, seq, records, at) -> {
      long first = range.first(records, at);
      long end = range.end(records, at);
      int kind = kindOf.constant(records, at);
      int frames = kind == Codes.ZERO_PAGE ? HostWord.SAME : HostWord.SCATTERED;
      if (contiguous.truth(records, at) || end - first == 1) {
        frames = HostWord.CONSECUTIVE;
      }
      long frame = pfn.frameOrNone(records, at);
      state.host.set(first, end, frame, frames, kind, HostWord.WRITABLE_UNKNOWN, seq);
    };
  }

  private FoldStep pageMapped() {
    Field hva = Field.of(layouts, PageMapped.class, "hva", "value");
    Field size = Field.of(layouts, PageMapped.class, "size", "bytes");
    Field pfn = Field.of(layouts, PageMapped.class, "pfn", "value");
    Field kind = Field.ofConstant(layouts, PageMapped.class, "kind", Codes.PAGE_KINDS);
    Field writable = Field.of(layouts, PageMapped.class, "writable");
    return (state, seq, records, at) -> {
      long first = hva.page(records, at);
      long pages = Math.max(1, size.bytes(records, at) >>> PageSize.BASE_SHIFT);
      state.host.set(
          first,
          first + Math.min(pages, RunTable.PAGES - first),
          pfn.frame(records, at),
          HostWord.CONSECUTIVE,
          kind.constant(records, at),
          HostWord.writable(writable.truth(records, at)),
          seq);
    };
  }

  private FoldStep pagesMapped() {
    RangeFields range = RangeFields.of(layouts, PagesMapped.class);
    Field kind = Field.ofConstant(layouts, PagesMapped.class, "kind", Codes.PAGE_KINDS);
    Field pfn = Field.of(layouts, PagesMapped.class, "first", "value");
    Field consecutive = Field.of(layouts, PagesMapped.class, "consecutive");
    Field writable = Field.of(layouts, PagesMapped.class, "writable");
    return (state, seq, records, at) ->
        state.host.set(
            range.first(records, at),
            range.end(records, at),
            pfn.frameOrNone(records, at),
            consecutive.truth(records, at) ? HostWord.CONSECUTIVE : HostWord.SAME,
            kind.constant(records, at),
            HostWord.writable(writable.truth(records, at)),
            seq);
  }

  /** A change of the pages from the first to before the end. */
  @FunctionalInterface
  private interface RangeStep {
    void apply(HostTable host, long first, long end, long seq);
  }

  private void addRanges(BiConsumer<Class<? extends Event>, FoldStep> steps) {
    addRange(steps, HostUnmapped.class, HostTable::drop);
    addRange(steps, PagesDropped.class, HostTable::drop);
    addRange(steps, PagesWriteProtected.class, HostTable::writeProtect);
    addRange(steps, PagesShared.class, HostTable::share);
    addRange(steps, RangeInvalidated.class, HostTable::doubt);
    if (has(EntryChanged.class)) {
      Field hva = Field.of(layouts, EntryChanged.class, "hva", "value");
      steps.accept(
          EntryChanged.class,
          (state, seq, records, at) -> {
            long page = hva.page(records, at);
            state.host.doubt(page, page + 1, seq);
          });
    }
  }

  private void addRange(
      BiConsumer<Class<? extends Event>, FoldStep> steps,
      Class<? extends Event> type,
      RangeStep step) {
    if (has(type)) {
      RangeFields range = RangeFields.of(layouts, type);
      steps.accept(
          type,
          (state, seq, records, at) ->
              step.apply(state.host, range.first(records, at), range.end(records, at), seq));
    }
  }
}
