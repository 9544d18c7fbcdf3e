package org.pagetrail.projections.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;

/**
 * Something found in a trail, with where, when and on what evidence.
 *
 * @param slot the memslot, null if none is concerned
 * @param guest the guest physical range; null if it concerns no place in the guest
 * @param pfn the first frame; null if none is concerned, or the frames do not follow each other
 * @param pages how many pages, 0 if none are concerned; fewer than the range has if it was joined
 *     from scattered places
 * @param firstSeq the entry from which on it holds, or where it first happened
 * @param lastSeq the entry where it last began to hold, or last happened
 * @param count how many times it began, or happened
 * @param standing the weakest of its evidence
 * @param evidence the entries that show it, ascending; the first and the last of them if many
 * @param closedSeq the entry that ended it; null if it holds at the end, or just happened
 * @param detail what else is to say, in a few words; may be empty
 */
public record Finding(
    FindingKind kind,
    @Nullable SlotId slot,
    @Nullable GpaRange guest,
    @Nullable Pfn pfn,
    long pages,
    long firstSeq,
    long lastSeq,
    long count,
    Standing standing,
    List<Long> evidence,
    @Nullable Long closedSeq,
    String detail) {

  /** Copies the list. */
  public Finding {
    evidence = List.copyOf(evidence);
  }

  /** True if it is a state that still holds at the end of what was folded. */
  public boolean isOpen() {
    return kind.isLasting() && closedSeq == null;
  }
}
