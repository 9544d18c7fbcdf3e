package org.pagetrail.projections.machine;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/** The monitor's address space and the host frames behind it, as far as the trail tells. */
public final class HostMemory {
  private final PageRuns<HostMapping> mappings;
  private final FrameKinds kinds;
  private final HostPages pages;
  private final HostContents contents;

  HostMemory(PageStores stores) {
    this.mappings = new PageRuns<>();
    this.kinds = new FrameKinds(stores.frameKinds());
    this.pages = new HostPages(stores.hostPages(), kinds);
    this.contents = new HostContents();
  }

  HostMemory(PageStores stores, MachineBesidesPages rest) {
    this(stores);
    for (Run<HostMapping> run : rest.mappings()) {
      mappings.put(run.first(), run.pages(), run.value());
    }
    kinds.restore(rest.zeroPages());
    contents.restore(rest);
  }

  private HostMemory(HostMemory other) {
    this.mappings = other.mappings.fork();
    this.kinds = other.kinds.fork();
    this.pages = other.pages.fork(kinds);
    this.contents = other.contents.fork();
  }

  HostMemory fork() {
    return new HostMemory(this);
  }

  /** The mappings, by host page number. */
  public Collection<Run<HostMapping>> mappings() {
    return mappings.runs();
  }

  /** The mapping that holds {@code hva}. */
  public @Nullable HostMapping mappingAt(Hva hva) {
    return mappings.at(PageSpan.pageOf(hva.value()));
  }

  /** The pages whose state is known, by host page number. */
  public Collection<Run<HostPage>> pages() {
    return pages.runs();
  }

  /** The known pages that share one with {@code span}, whole. */
  public List<Run<HostPage>> pagesIn(PageSpan span) {
    return pages.in(span);
  }

  /** The same, looked up one after the other while they are asked for. */
  public Iterable<Run<HostPage>> eachPageIn(PageSpan span) {
    return pages.eachIn(span);
  }

  /** The page at {@code hva}. */
  public @Nullable HostPage pageAt(Hva hva) {
    return pages.at(PageSpan.pageOf(hva.value()));
  }

  /** What was last filled or loaded at {@code hva}. */
  public @Nullable RangeContent rangeContentAt(Hva hva) {
    return contents.rangeAt(PageSpan.pageOf(hva.value()));
  }

  /** What was filled or loaded, by host page number. */
  public Collection<Run<RangeContent>> rangeContents() {
    return contents.ranges();
  }

  /** The kind of a frame, null if no entry said. */
  public @Nullable FrameKind kindOf(Pfn pfn) {
    return kinds.at(pfn);
  }

  /** The frames of the 4 KiB zero page, one on most architectures. */
  public Collection<Pfn> zeroPages() {
    return kinds.zeroPages();
  }

  /** The frames that the last entry of the trail showed to be zero pages, and none before. */
  List<Pfn> zeroPagesLast() {
    return kinds.zeroPagesLast();
  }

  void beginEntry() {
    kinds.beginEntry();
  }

  /** What is known of a frame's bytes, null if nothing. */
  public @Nullable PageContent contentOf(Pfn pfn) {
    return contents.of(pfn);
  }

  /** The frames with known bytes, ascending by number, as a view. */
  public SortedMap<Long, PageContent> contents() {
    return contents.all();
  }

  void apply(HostEvent event, Origin origin) {
    switch (event) {
      case HostEvent.HostMapped mapped -> map(mapped, origin);
      case HostEvent.HostUnmapped unmapped -> unmap(unmapped.range(), origin);
      case HostEvent.PagesSeen seen -> pages.see(seen, origin);
      case HostEvent.PageMapped mapped -> pages.map(mapped, origin);
      case HostEvent.PagesMapped mapped -> pages.map(mapped, origin);
      case HostEvent.PagesDropped dropped -> drop(PageSpan.of(dropped.range()), origin);
      case HostEvent.PagesWriteProtected range ->
          pages.update(range.range(), page -> page.writeProtected(origin));
      case HostEvent.PagesShared shared ->
          pages.update(shared.range(), page -> page.shared(shared.shared(), origin));
      case HostEvent.RangeInvalidated range ->
          pages.update(range.range(), page -> page.doubted(origin.seq()));
      case HostEvent.EntryChanged changed ->
          pages.update(HvaRange.pageOf(changed.hva()), page -> page.doubted(origin.seq()));
      case HostEvent.ZeroPageSeen seen ->
          kinds.learn(new PageSpan(seen.pfn().value(), 1), PageKind.ZERO_PAGE, origin);
      case HostEvent.RangeFilled filled ->
          contents.fill(
              new RangeContent(
                  filled.range(), filled.fillByte() & 0xff, null, filled.writer(), origin),
              pages);
      case HostEvent.RangeLoaded loaded ->
          contents.fill(
              new RangeContent(loaded.range(), -1, loaded.file(), Writer.HOST, origin), pages);
      case HostEvent.ContentSeen seen -> contents.see(seen, origin);
      case HostEvent.PageWritten written -> contents.write(written, origin);
      case HostEvent.PageCopied copied -> contents.copy(copied);
      default -> {}
    }
  }

  /** A lookup told which frame stands behind {@code hva}. */
  void resolve(Hva hva, Pfn pfn, PageKind kind, @Nullable Boolean writable, Origin origin) {
    learn(pfn, kind, origin);
    pages.resolve(PageSpan.pageOf(hva.value()), pfn, writable, origin);
  }

  /** A lookup told the kind of a frame without a host address. */
  void learn(Pfn pfn, PageKind kind, Origin origin) {
    kinds.learn(new PageSpan(pfn.value(), 1), kind, origin);
  }

  /** A stage 2 mapping told which frames stand behind {@code span}. */
  void behindMapping(PageSpan span, Pfn first, long lookupSeq, Origin origin) {
    pages.behindMapping(span, first, lookupSeq, origin);
  }

  private void map(HostEvent.HostMapped event, Origin origin) {
    PageSpan span = PageSpan.of(event.range());
    if (!span.isEmpty()) {
      HostMapping mapping =
          new HostMapping(
              event.range(), event.backing(), event.perms(), event.advice(), event.name(), origin);
      mappings.put(span.first(), span.pages(), mapping);
    }
  }

  private void unmap(HvaRange range, Origin origin) {
    PageSpan span = PageSpan.of(range);
    if (!span.isEmpty()) {
      mappings.remove(span.first(), span.pages());
      drop(span, origin);
      contents.unmap(span);
    }
  }

  /** The frames of private pages go back to the host, and what they held is of no use any more. */
  private void drop(PageSpan span, Origin origin) {
    if (!span.isEmpty()) {
      for (Run<HostPage> run : pages.drop(span, origin)) {
        if (run.value().isPrivate()) {
          contents.forget(run);
        }
      }
    }
  }
}
