package org.pagetrail.projections.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Layer;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;

/**
 * One step of a page's history.
 *
 * @param seq the entry
 * @param timeNanos when, null if the trail has no clock there
 * @param what what happened, in one sentence without a full stop; names in it come from the trail
 *     and are not escaped
 * @param rule the rule that decided it, null if none did
 * @param source where it was read, null if it was not
 * @param causes the entries that made it happen
 * @param count how often the same happened from here to {@code lastSeq} with nothing between
 * @param lastSeq the last of them, {@code seq} if it happened once
 */
public record Step(
    long seq,
    @Nullable Long timeNanos,
    Layer layer,
    Standing standing,
    StepKind kind,
    String what,
    @Nullable Citation rule,
    @Nullable Source source,
    List<Long> causes,
    long count,
    long lastSeq) {

  /** Copies the list. */
  public Step {
    causes = List.copyOf(causes);
  }

  static Step of(TrailEntry entry, StepKind kind, String what) {
    return new Step(
        entry.seq(),
        entry.timeNanos(),
        entry.event().layer(),
        entry.standing(),
        kind,
        what,
        entry.rule(),
        entry.source(),
        entry.causes(),
        1,
        entry.seq());
  }

  boolean repeats(Step before) {
    return kind == before.kind && standing == before.standing && what.equals(before.what);
  }

  Step again(Step later) {
    return new Step(
        seq,
        timeNanos,
        layer,
        standing,
        kind,
        what,
        rule,
        source,
        causes,
        count + later.count,
        later.lastSeq);
  }
}
