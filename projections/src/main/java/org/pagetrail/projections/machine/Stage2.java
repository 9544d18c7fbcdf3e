package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.projections.ranges.RunStore;

/**
 * The stage 2 tables as the trail's calls left them, by guest frame.
 *
 * <p>A call works on whole table entries: unmapping, write-protecting or replacing a part of a
 * block takes the whole block (arm64 {@code stage2_unmap_walker}, x86 {@code tdp_mmu_zap_leafs}),
 * and the rest of it faults in again. A failed call changes nothing.
 */
public final class Stage2 {
  private final PageRuns<Stage2Entry> entries;
  private final List<Run<Stage2Entry>> removed = new ArrayList<>();
  private final List<Run<Stage2Entry>> present = new ArrayList<>();
  private boolean unmapsRecorded;

  Stage2(RunStore<Stage2Entry> store, boolean unmapsRecorded) {
    this(new PageRuns<>(store), unmapsRecorded);
  }

  private Stage2(PageRuns<Stage2Entry> entries, boolean unmapsRecorded) {
    this.entries = entries;
    this.unmapsRecorded = unmapsRecorded;
  }

  Stage2 fork() {
    return new Stage2(entries.fork(), unmapsRecorded);
  }

  /** All mappings, ascending; neighbours are not joined. */
  public Collection<Run<Stage2Entry>> entries() {
    return entries.runs();
  }

  /** The mapping that holds {@code gpa}, as it reads at that page. */
  public @Nullable Stage2Entry at(Gpa gpa) {
    return entries.at(gpa.gfn().value());
  }

  /** The mapping that holds a guest frame, whole. */
  public @Nullable Run<Stage2Entry> runAt(long gfn) {
    return entries.runAt(gfn);
  }

  /** The mappings that share a page with {@code span}, whole, ascending. */
  public List<Run<Stage2Entry>> overlapping(PageSpan span) {
    return span.isEmpty() ? List.of() : entries.overlapping(span.first(), span.pages());
  }

  /**
   * True once the trail showed an unmap: then an unmap that is missing was not made. Before that
   * the recorder may simply not have had it.
   */
  public boolean unmapsRecorded() {
    return unmapsRecorded;
  }

  /** The frames whose mapping a notifier call concerned and no unmap followed. */
  List<PageSpan> invalidated() {
    List<PageSpan> spans = new ArrayList<>();
    for (Run<Stage2Entry> run : entries.runs()) {
      if (run.value().invalidated() >= 0) {
        boolean follows = !spans.isEmpty() && spans.getLast().end() == run.first();
        PageSpan before = follows ? spans.removeLast() : new PageSpan(run.first(), 0);
        spans.add(new PageSpan(before.first(), before.pages() + run.pages()));
      }
    }
    return spans;
  }

  /** What the last entry of the trail took out of the tables. */
  public List<Run<Stage2Entry>> removedLast() {
    return removed;
  }

  /** The mappings that hold one of these frames, whole, ascending; looks at all there are. */
  List<Run<Stage2Entry>> mappingsOf(List<Pfn> frames) {
    return entries.runs().stream().filter(run -> holdsAny(run, frames)).toList();
  }

  private static boolean holdsAny(Run<Stage2Entry> run, List<Pfn> frames) {
    PageSpan span = PageSpan.clamped(run.value().pfn().value(), run.pages());
    return frames.stream().anyMatch(frame -> span.contains(frame.value()));
  }

  /** What the last entry of the trail put in or changed, as it reads now. */
  public List<Run<Stage2Entry>> changedLast() {
    return present;
  }

  void beginEntry() {
    removed.clear();
    present.clear();
  }

  void map(Stage2Mapped event, Origin origin) {
    long first = event.gpa().gfn().value();
    PageSpan span = PageSpan.clamped(first, Math.max(1, event.size().pages()));
    if (event.ret() != 0) {
      return;
    }
    long bytes = event.size().bytes();
    boolean aligned =
        bytes == span.pages() << PageSize.BASE_SHIFT && event.gpa().isAlignedTo(bytes);
    remove(span);
    Stage2Entry entry =
        Stage2Entry.mapped(
            event.pfn(), span.pages(), aligned, event.perms(), event.memoryType(), origin);
    entries.put(span.first(), span.pages(), entry);
    present.add(new Run<>(span.first(), span.pages(), entry));
  }

  void unmap(PageSpan span) {
    unmapsRecorded = true;
    remove(span);
  }

  /** What a deleted or moved slot leaves behind: nothing, in every kernel. */
  void forgetSlot(PageSpan span) {
    remove(span);
  }

  void relax(Stage2Relaxed event, Origin origin) {
    if (event.ret() == 0) {
      PageSpan page = new PageSpan(event.gpa().gfn().value(), 1);
      update(
          page, origin.seq(), entry -> entry.with(entry.perms().plus(event.added()), true, origin));
    }
  }

  void writeProtect(PageSpan span, Origin origin) {
    update(
        span,
        origin.seq(),
        entry -> entry.with(entry.perms().withoutWrite(), entry.accessed(), origin));
  }

  void split(PageSpan span, Origin origin) {
    update(span, origin.seq(), entry -> entry.split(origin));
  }

  void makeYoung(Gpa gpa, Origin origin) {
    PageSpan page = new PageSpan(gpa.gfn().value(), 1);
    update(page, origin.seq(), entry -> entry.with(entry.perms(), true, origin));
  }

  void invalidate(PageSpan span, long seq) {
    update(span, seq, entry -> entry.invalidated(seq));
  }

  private void remove(PageSpan span) {
    PageSpan whole = wholeEntries(span);
    if (!whole.isEmpty()) {
      removed.addAll(entries.remove(whole.first(), whole.pages()));
    }
  }

  private void update(PageSpan span, long seq, UnaryOperator<Stage2Entry> change) {
    PageSpan whole = wholeEntries(span);
    if (!whole.isEmpty()) {
      for (Run<Stage2Entry> run : entries.update(whole.first(), whole.pages(), change)) {
        if (run.value().lastChange().seq() == seq) {
          present.add(run);
        }
      }
    }
  }

  /** The span grown to the bounds of the blocks that it cuts. */
  private PageSpan wholeEntries(PageSpan span) {
    if (span.isEmpty()) {
      return span;
    }
    long first = span.first();
    long end = span.end();
    Run<Stage2Entry> head = entries.runAt(first);
    if (head != null && head.value().isBlock()) {
      first = head.first();
    }
    Run<Stage2Entry> tail = entries.runAt(end - 1);
    if (tail != null && tail.value().isBlock()) {
      end = tail.end();
    }
    return new PageSpan(first, end - first);
  }
}
