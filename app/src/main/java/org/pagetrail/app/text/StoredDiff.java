package org.pagetrail.app.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.diff.Divergence;
import org.pagetrail.projections.diff.StateDifference;
import org.pagetrail.projections.diff.StateDifference.Part;
import org.pagetrail.projections.diff.TrailDiff;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.file.PackedDiff;
import org.pagetrail.store.fold.Fork;
import org.pagetrail.store.fold.HostPageState;
import org.pagetrail.store.fold.PageDifference;
import org.pagetrail.store.fold.Slot;
import org.pagetrail.store.fold.Stage2Page;

/**
 * The difference of two stored trails in the terms of the differences between two runs: where their
 * records part, and what the states have different at the end.
 */
public final class StoredDiff {
  private final List<StateDifference> states = new ArrayList<>();
  private final List<Slot> slots;
  private long omitted;

  private StoredDiff(List<Slot> slots) {
    this.slots = slots;
  }

  /** Compares two trails; findings are not looked for. */
  public static TrailDiff of(FileTrailLog left, FileTrailLog right) {
    PackedDiff.Outcome outcome = PackedDiff.of(left, right, TrailDiff.DIFFERENCES_KEPT);
    long at = outcome.partedAt();
    boolean parts = at < Math.max(left.size(), right.size());
    List<Divergence> divergences =
        parts
            ? List.of(
                new Divergence(
                    entry(left, at - 1), entry(right, at - 1), entry(left, at), entry(right, at)))
            : List.of();
    StoredDiff diff = new StoredDiff(outcome.slots());
    Fork.Differences found = outcome.differences();
    found.leftSlots().forEach(slot -> diff.slot(slot, true));
    found.rightSlots().forEach(slot -> diff.slot(slot, false));
    found.listed().forEach(diff::pages);
    long listed = found.listed().stream().mapToLong(PageDifference::pages).sum();
    long omitted = diff.omitted + found.guestFrames() + found.hostPages() - listed;
    return new TrailDiff(
        divergences, divergences.size(), false, diff.states, omitted, List.of(), List.of());
  }

  private static @Nullable TrailEntry entry(FileTrailLog log, long seq) {
    return seq >= 0
            && seq < log.size()
            && log.reader().at(seq) instanceof LogEntry.Recorded recorded
        ? recorded.entry()
        : null;
  }

  private void slot(Slot slot, boolean isLeft) {
    String text = "slot " + slot.id() + " flags " + slot.flags() + " at host " + slot.hva();
    long pages = slot.guest().size().pages();
    states.add(
        new StateDifference(
            Part.SLOT, slot.guest(), null, pages, isLeft ? text : "-", isLeft ? "-" : text));
  }

  private void pages(PageDifference difference) {
    switch (difference) {
      case PageDifference.OfGuest guest ->
          states.add(
              new StateDifference(
                  Part.STAGE2,
                  range(guest.first(), guest.pages()),
                  null,
                  guest.pages(),
                  text(guest.left()),
                  text(guest.right())));
      case PageDifference.OfHost host -> hostPages(host);
    }
  }

  private void hostPages(PageDifference.OfHost host) {
    for (Slot slot : slots) {
      long first = slot.hva().value() >>> PageSize.BASE_SHIFT;
      long ahead = host.first() - first;
      if (ahead >= 0 && ahead < slot.guest().size().pages()) {
        long gfn = slot.guest().start().gfn().value() + ahead;
        states.add(
            new StateDifference(
                Part.HOST_PAGE,
                range(gfn, host.pages()),
                null,
                host.pages(),
                text(host.left()),
                text(host.right())));
        return;
      }
    }
    omitted += host.pages();
  }

  private static GpaRange range(long gfn, long pages) {
    return new GpaRange(
        new Gpa(gfn << PageSize.BASE_SHIFT), new ByteSize(pages << PageSize.BASE_SHIFT));
  }

  private static String text(@Nullable Stage2Page page) {
    return page == null
        ? "nothing"
        : page.perms()
            + " "
            + page.memoryType()
            + (page.leafPages() > 1 ? " block" : "")
            + " pfn "
            + page.pfn();
  }

  private static String text(@Nullable HostPageState page) {
    if (page == null) {
      return "nothing";
    }
    Boolean writable = page.writable();
    return (page.kind() == PageKind.UNKNOWN ? "a page" : page.kind().toString())
        + (writable == null ? "" : writable ? " writable" : " read-only")
        + (page.pfn() == null ? "" : " pfn " + page.pfn())
        + (page.doubted() < 0 ? "" : ", in doubt");
  }
}
