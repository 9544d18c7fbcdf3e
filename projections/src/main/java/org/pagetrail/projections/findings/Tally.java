package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.RunValue;

/**
 * What one run of pages has against it.
 *
 * @param slot the memslot, null if none is concerned
 * @param pfn the frame of the first page, null if none is concerned
 * @param guest where the guest sees it, for a ledger that counts by frame; null if unknown
 * @param firstSeq the entry where it began, or first happened
 * @param lastSeq the entry where it last began, or last happened
 * @param count how many times
 * @param closedSeq the entry that ended it, -1 while it holds
 * @param detail what else is to say
 */
public record Tally(
    @Nullable SlotId slot,
    @Nullable Pfn pfn,
    @Nullable GpaRange guest,
    long firstSeq,
    long lastSeq,
    long count,
    Evidence evidence,
    long closedSeq,
    String detail)
    implements RunValue<Tally> {

  boolean holds() {
    return closedSeq < 0;
  }

  Tally again(Tally now) {
    return new Tally(
        now.slot,
        now.pfn,
        now.guest == null ? guest : now.guest,
        firstSeq,
        now.lastSeq,
        count + 1,
        evidence.and(now.evidence),
        -1,
        now.detail);
  }

  Tally closed(long seq) {
    return holds()
        ? new Tally(slot, pfn, guest, firstSeq, lastSeq, count, evidence, seq, detail)
        : this;
  }

  @Override
  public Tally from(long pages) {
    return pages == 0 || pfn == null
        ? this
        : new Tally(
            slot,
            new Pfn((pfn.value() + pages) & (PageSpan.NUMBERS - 1)),
            guest,
            firstSeq,
            lastSeq,
            count,
            evidence,
            closedSeq,
            detail);
  }
}
