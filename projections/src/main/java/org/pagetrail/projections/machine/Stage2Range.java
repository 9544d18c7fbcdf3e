package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/**
 * Neighbouring stage 2 mappings that are alike, as one line of output.
 *
 * @param first the frame of the first page; null if the frames are scattered
 * @param blockPages pages of one table entry: 1, 512 or 262144
 * @param pages how many pages the range has
 * @param firstSeq the earliest event that mapped one of them
 * @param lastSeq the latest event that mapped or changed one of them
 * @param invalidated true if a notifier call on the host pages has not been followed by an unmap
 */
public record Stage2Range(
    GpaRange guest,
    @Nullable Pfn first,
    Perms perms,
    MemoryType memoryType,
    long blockPages,
    long pages,
    long firstSeq,
    long lastSeq,
    boolean invalidated) {

  /** Runs of contiguous frames shorter than this are printed together as scattered frames. */
  static final long RUN_PAGES_MIN = 16;

  /** True if the frames do not follow each other. */
  public boolean isScattered() {
    return first == null;
  }

  /** Joins neighbours; {@code entries} ascending. */
  public static List<Stage2Range> of(Collection<Run<Stage2Entry>> entries) {
    List<Stage2Range> ranges = new ArrayList<>();
    Stage2Range open = null;
    for (Run<Stage2Entry> entry : entries) {
      Stage2Range next = one(entry);
      if (open != null && next.follows(open)) {
        open = open.join(next);
      } else {
        add(open, ranges);
        open = next;
      }
    }
    add(open, ranges);
    return ranges;
  }

  /** Adds a range of contiguous frames; one that is short is joined with one before it. */
  private static void add(@Nullable Stage2Range next, List<Stage2Range> ranges) {
    if (next == null) {
      return;
    }
    Stage2Range last = ranges.isEmpty() ? null : ranges.getLast();
    if (last != null && last.isShort() && next.isShort() && next.isAlike(last)) {
      ranges.removeLast();
      ranges.add(last.join(next));
    } else {
      ranges.add(next);
    }
  }

  private static Stage2Range one(Run<Stage2Entry> run) {
    Stage2Entry entry = run.value();
    return new Stage2Range(
        new PageSpan(run.first(), run.pages()).guest(),
        entry.pfn(),
        entry.perms(),
        entry.memoryType(),
        entry.leafPages(),
        run.pages(),
        entry.mapped().seq(),
        entry.lastChange().seq(),
        entry.invalidated() >= 0);
  }

  private boolean isShort() {
    return isScattered() || pages < RUN_PAGES_MIN * blockPages;
  }

  private boolean isAlike(Stage2Range before) {
    return perms.equals(before.perms)
        && memoryType == before.memoryType
        && blockPages == before.blockPages
        && invalidated == before.invalidated
        && PageSpan.of(before.guest).end() == PageSpan.of(guest).first();
  }

  private boolean follows(Stage2Range before) {
    return isAlike(before)
        && first != null
        && before.first != null
        && first.value() == before.first.value() + before.pages;
  }

  private Stage2Range join(Stage2Range next) {
    PageSpan span = new PageSpan(PageSpan.of(guest).first(), pages + next.pages);
    return new Stage2Range(
        span.guest(),
        next.follows(this) ? first : null,
        perms,
        memoryType,
        blockPages,
        span.pages(),
        Math.min(firstSeq, next.firstSeq),
        Math.max(lastSeq, next.lastSeq),
        invalidated);
  }
}
