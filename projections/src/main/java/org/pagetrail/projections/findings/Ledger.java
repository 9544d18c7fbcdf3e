package org.pagetrail.projections.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/**
 * The book of one kind of finding, by guest frame or by host frame. What begins again at the same
 * page is counted there, so that the book grows with the pages concerned and not with the trail.
 */
final class Ledger {
  /** More rows than this are joined into one last row. */
  static final int ROWS_MAX = 100;

  private final FindingKind kind;
  private final boolean byHostFrame;
  private final Book book;

  private Ledger(FindingKind kind, boolean byHostFrame, Book book) {
    this.kind = kind;
    this.byHostFrame = byHostFrame;
    this.book = book;
  }

  static Ledger byGuestFrame(FindingKind kind) {
    return new Ledger(kind, false, new Book());
  }

  static Ledger byHostFrame(FindingKind kind) {
    return new Ledger(kind, true, new Book());
  }

  /** Where the tallies stand. */
  Book book() {
    return book;
  }

  Ledger fork() {
    return new Ledger(kind, byHostFrame, book.fork());
  }

  /** True if the finding holds at a page, for the same host frame where frames are concerned. */
  boolean holds(long page, @Nullable Pfn pfn) {
    Tally tally = book.at(page);
    return tally != null && tally.holds() && Objects.equals(tally.pfn(), pfn);
  }

  /** It holds, or happened, for all pages of the span. */
  void note(PageSpan span, Tally now) {
    if (span.isEmpty()) {
      return;
    }
    List<Run<Tally>> before = book.put(span.first(), span.pages(), now);
    for (Run<Tally> run : before) {
      Tally again = run.value().again(now.from(run.first() - span.first()));
      book.put(run.first(), run.pages(), again);
    }
  }

  /** It no longer holds for any page of the span. */
  void close(PageSpan span, long seq) {
    if (!span.isEmpty() && !book.isEmpty()) {
      book.update(span, tally -> tally.closed(seq));
    }
  }

  /** The rows, ascending by place, neighbours that are alike joined. */
  List<Finding> findings() {
    List<Finding> rows = new ArrayList<>();
    for (Run<Tally> run : book.runs()) {
      Finding next = row(run);
      if (!rows.isEmpty() && areAlikeNeighbours(rows.getLast(), next)) {
        rows.add(join(rows.removeLast(), next));
      } else {
        rows.add(next);
      }
    }
    while (rows.size() > ROWS_MAX) {
      Finding last = rows.removeLast();
      rows.add(join(rows.removeLast(), last));
    }
    return rows;
  }

  private Finding row(Run<Tally> run) {
    Tally tally = run.value();
    PageSpan span = new PageSpan(run.first(), run.pages());
    return new Finding(
        kind,
        tally.slot(),
        byHostFrame ? tally.guest() : span.guest(),
        byHostFrame ? new Pfn(run.first()) : tally.pfn(),
        run.pages(),
        tally.firstSeq(),
        tally.lastSeq(),
        tally.count(),
        tally.evidence().standing(),
        tally.evidence().seqs(),
        tally.holds() ? null : tally.closedSeq(),
        tally.detail());
  }

  private boolean areAlikeNeighbours(Finding one, Finding next) {
    return !byHostFrame
        && Objects.equals(one.slot(), next.slot())
        && one.standing() == next.standing()
        && one.isOpen() == next.isOpen()
        && one.detail().equals(next.detail())
        && one.guest() != null
        && next.guest() != null
        && PageSpan.of(one.guest()).end() == PageSpan.of(next.guest()).first();
  }

  private static Finding join(Finding one, Finding next) {
    Evidence evidence =
        new Evidence(one.evidence(), one.standing())
            .and(new Evidence(next.evidence(), next.standing()));
    return new Finding(
        one.kind(),
        Objects.equals(one.slot(), next.slot()) ? one.slot() : null,
        hull(one.guest(), next.guest()),
        joinedFrame(one, next),
        one.pages() + next.pages(),
        Math.min(one.firstSeq(), next.firstSeq()),
        Math.max(one.lastSeq(), next.lastSeq()),
        one.count() + next.count(),
        evidence.standing(),
        evidence.seqs(),
        joinedEnd(one, next),
        one.detail().equals(next.detail()) ? one.detail() : "");
  }

  private static @Nullable GpaRange hull(@Nullable GpaRange one, @Nullable GpaRange next) {
    if (one == null || next == null) {
      return one == null ? next : one;
    }
    PageSpan first = PageSpan.of(one);
    PageSpan second = PageSpan.of(next);
    long from = Math.min(first.first(), second.first());
    return new PageSpan(from, Math.max(first.end(), second.end()) - from).guest();
  }

  private static @Nullable Pfn joinedFrame(Finding one, Finding next) {
    Pfn first = one.pfn();
    Pfn second = next.pfn();
    boolean follows =
        first != null && second != null && second.value() == first.value() + one.pages();
    return follows || Objects.equals(first, second) ? first : null;
  }

  private static @Nullable Long joinedEnd(Finding one, Finding next) {
    Long first = one.closedSeq();
    Long second = next.closedSeq();
    return first == null || second == null ? null : Long.valueOf(Math.max(first, second));
  }
}
