package org.pagetrail.projections.audit;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.ranges.PageSpan;

/** What the host's memory management did with what stands behind the page. */
final class HostSteps {
  private static final int WORDS_SHOWN = 4;

  private final Page page;

  HostSteps(Page page) {
    this.page = page;
  }

  @Nullable Draft draft(HostEvent event, MachineState state) {
    return switch (event) {
      case HostEvent.HostMapped mapped when page.overlaps(mapped.range()) ->
          new Draft(
              StepKind.HOST_MAPPING,
              "host addresses "
                  + mapped.range()
                  + " are "
                  + Phrases.backing(mapped.backing())
                  + " "
                  + mapped.perms()
                  + named(mapped.name()));
      case HostEvent.HostUnmapped unmapped when page.overlaps(unmapped.range()) ->
          new Draft(StepKind.HOST_MAPPING, "host addresses " + unmapped.range() + " are unmapped");
      case HostEvent.PagesSeen seen when page.overlaps(seen.range()) -> seen(seen, state);
      case HostEvent.PageMapped mapped when page.overlaps(mapped.hva(), mapped.size()) ->
          hostPage(
              "the host maps a "
                  + Phrases.size(mapped.size())
                  + " of "
                  + mapped.pfn()
                  + ", "
                  + Phrases.kind(mapped.kind())
                  + (mapped.writable() ? "" : ", read-only"));
      case HostEvent.PagesMapped mapped when page.overlaps(mapped.range()) ->
          hostPage(
              "the host maps "
                  + frame(state)
                  + Phrases.kind(mapped.kind())
                  + (mapped.writable() ? "" : ", read-only"));
      case HostEvent.PagesDropped dropped when page.overlaps(dropped.range()) ->
          hostPage("the host takes the page back");
      case HostEvent.PagesWriteProtected range when page.overlaps(range.range()) ->
          hostPage("the host write-protects its entry");
      case HostEvent.PagesShared shared when page.overlaps(shared.range()) ->
          hostPage(
              shared.shared()
                  ? "another process maps the page too"
                  : "no other process maps the page any more");
      case HostEvent.HostCalled called when page.overlaps(called.range()) ->
          new Draft(
              StepKind.HOST_MAPPING,
              "system call " + called.call() + " on " + called.range() + ": " + called.ret());
      case HostEvent.SignalSent sent when page.holds(sent.hva()) ->
          new Draft(StepKind.OUTCOME, "the monitor gets " + sent.signal());
      case HostEvent.RangeInvalidated range when page.overlaps(range.range()) ->
          new Draft(StepKind.INVALIDATION, "the host tells KVM that " + range.range() + " changes");
      case HostEvent.EntryChanged changed when page.holds(changed.hva()) ->
          new Draft(
              StepKind.INVALIDATION,
              "the host tells KVM that " + changed.hva() + " maps another page");
      default -> frame(event, state);
    };
  }

  private @Nullable Draft frame(HostEvent event, MachineState state) {
    return switch (event) {
      case HostEvent.RangeFilled filled when page.overlaps(filled.range()) ->
          content(
              Phrases.writer(filled.writer())
                  + " fills "
                  + filled.range()
                  + " with "
                  + Hex.of(filled.fillByte() & 0xff));
      case HostEvent.RangeLoaded loaded when page.overlaps(loaded.range()) ->
          content("the host loads " + loaded.file() + " into " + loaded.range());
      case HostEvent.ZeroPageSeen seen when page.frames().contains(seen.pfn()) ->
          hostPage(seen.pfn() + " is the zero page");
      case ContentSeen seen when page.isBackedBy(seen.pfn(), state) -> content(seen);
      case HostEvent.PageWritten written when page.isBackedBy(written.pfn(), state) ->
          content(
              Phrases.writer(written.writer())
                  + " writes "
                  + Hex.of(written.value())
                  + " ("
                  + written.width()
                  + " bytes) at offset "
                  + Hex.of(written.offset())
                  + " of "
                  + written.pfn());
      case HostEvent.PageCopied copied when copies(copied) ->
          content(copied.to() + " takes over the content of " + copied.from());
      case HostEvent.ReferenceLeaked leaked when page.isBackedBy(leaked.pfn(), state) ->
          hostPage("a reference on " + leaked.pfn() + " is leaked");
      default -> null;
    };
  }

  private boolean copies(HostEvent.PageCopied copied) {
    PageSpan to = PageSpan.clamped(copied.to().value(), Math.max(1, copied.size().pages()));
    return page.frames().stream().anyMatch(frame -> to.contains(frame.value()));
  }

  private Draft seen(HostEvent.PagesSeen seen, MachineState state) {
    return hostPage("a snapshot shows " + frame(state) + Phrases.kind(seen.kind()));
  }

  /** The frame behind the page now, with a comma, empty if it is not known. */
  private String frame(MachineState state) {
    for (HvaRange range : hostRanges()) {
      HostPage host = state.host().pageAt(range.start());
      Pfn pfn = host == null ? null : host.pfn();
      if (pfn != null) {
        return pfn + ", ";
      }
    }
    return "";
  }

  private Iterable<HvaRange> hostRanges() {
    return page.hosts().stream().map(host -> new PageSpan(host, 1).host()).toList();
  }

  private static Draft content(ContentSeen seen) {
    if (seen.words().isEmpty()) {
      return content(seen.pfn() + (seen.whole() ? " is seen all zero" : " is looked at"));
    }
    StringBuilder words = new StringBuilder();
    for (Word word : seen.words().subList(0, Math.min(WORDS_SHOWN, seen.words().size()))) {
      words.append(' ').append(Hex.of(word.offset())).append(':').append(Hex.of(word.value()));
    }
    int more = seen.words().size() - WORDS_SHOWN;
    return content(seen.pfn() + " holds" + words + (more > 0 ? " and " + more + " more" : ""));
  }

  private static Draft content(String what) {
    return new Draft(StepKind.CONTENT, what);
  }

  private static Draft hostPage(String what) {
    return new Draft(StepKind.HOST_PAGE, what);
  }

  private static String named(String name) {
    return name.isEmpty() ? "" : " of " + name;
  }
}
