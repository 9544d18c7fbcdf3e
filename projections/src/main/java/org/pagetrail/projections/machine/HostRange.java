package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/**
 * Neighbouring host pages that are alike, as one line of output.
 *
 * @param first the frame of the first page; null if it is not known, or the frames are scattered
 * @param frames how the frames of the others relate to it
 * @param writable whether the host's entries let the monitor write; null if unknown
 * @param doubted true if a notifier call made it unknown what is mapped there now
 * @param firstSeq the earliest event that told of one of them
 * @param lastSeq the latest event that told of one of them
 */
public record HostRange(
    HvaRange host,
    long pages,
    PageKind kind,
    @Nullable Pfn first,
    Frames frames,
    @Nullable Boolean writable,
    boolean doubted,
    long firstSeq,
    long lastSeq) {

  /** Joins neighbours; {@code runs} ascending. */
  public static List<HostRange> of(Collection<Run<HostPage>> runs) {
    List<HostRange> ranges = new ArrayList<>();
    HostRange open = null;
    Run<HostPage> piece = null;
    for (Run<HostPage> run : runs) {
      if (piece != null && goesOn(piece, run)) {
        piece = new Run<>(piece.first(), piece.pages() + run.pages(), piece.value());
        continue;
      }
      open = piece == null ? null : taken(open, one(piece), ranges);
      piece = run;
    }
    add(piece == null ? open : taken(open, one(piece), ranges), ranges);
    return ranges;
  }

  /** True if it depends on the way there alone that these are two runs. */
  private static boolean goesOn(Run<HostPage> run, Run<HostPage> next) {
    return run.end() == next.first()
        && run.value().origin().seq() == next.value().origin().seq()
        && run.at(next.first()).equals(next.value());
  }

  /** Joins a range with the one that is open, or adds that one; the one that is open now. */
  private static HostRange taken(@Nullable HostRange open, HostRange next, List<HostRange> ranges) {
    if (open != null && next.isAlike(open) && next.continues(open)) {
      return open.join(next);
    }
    add(open, ranges);
    return next;
  }

  /** Adds a range of contiguous frames; one that is short is joined with one before it. */
  private static void add(@Nullable HostRange next, List<HostRange> ranges) {
    if (next == null) {
      return;
    }
    HostRange last = ranges.isEmpty() ? null : ranges.getLast();
    if (last != null && next.isAlike(last) && last.isShort() && next.isShort()) {
      ranges.removeLast();
      ranges.add(last.join(next));
    } else {
      ranges.add(next);
    }
  }

  private static HostRange one(Run<HostPage> run) {
    HostPage page = run.value();
    return new HostRange(
        new PageSpan(run.first(), run.pages()).host(),
        run.pages(),
        page.kind(),
        page.pfn(),
        run.pages() == 1 && page.pfn() != null ? Frames.CONSECUTIVE : page.frames(),
        page.writable(),
        page.doubted() >= 0,
        page.origin().seq(),
        page.origin().seq());
  }

  private boolean isAlike(HostRange before) {
    return kind == before.kind
        && Objects.equals(writable, before.writable)
        && doubted == before.doubted
        && PageSpan.of(before.host).end() == PageSpan.of(host).first();
  }

  private boolean continues(HostRange before) {
    Pfn start = before.first;
    if (first == null || start == null) {
      return first == null && start == null;
    }
    boolean follows =
        before.frames == Frames.CONSECUTIVE
            && frames == Frames.CONSECUTIVE
            && first.value() == start.value() + before.pages;
    return follows || isSame(before);
  }

  /** One frame behind the pages of both. */
  private boolean isSame(HostRange before) {
    boolean one = pages == 1 || frames == Frames.SAME;
    boolean other = before.pages == 1 || before.frames == Frames.SAME;
    return one && other && first != null && first.equals(before.first);
  }

  private boolean isShort() {
    return first == null || pages < Stage2Range.RUN_PAGES_MIN;
  }

  private HostRange join(HostRange next) {
    boolean continues = next.continues(this);
    Frames joined = next.isSame(this) ? Frames.SAME : Frames.CONSECUTIVE;
    PageSpan span = new PageSpan(PageSpan.of(host).first(), pages + next.pages);
    return new HostRange(
        span.host(),
        span.pages(),
        kind,
        continues ? first : null,
        continues && first != null ? joined : Frames.SCATTERED,
        writable,
        doubted,
        Math.min(firstSeq, next.firstSeq),
        Math.max(lastSeq, next.lastSeq));
  }
}
