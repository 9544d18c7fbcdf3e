package org.pagetrail.app.command;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.explore.Watch;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;

/** Folds the decisions of an explored run into findings. */
final class FindingsWatch implements Watch {
  private static final FindingsProjection FINDINGS = new FindingsProjection();

  private final FindingsState state;
  private final Map<FindingKind, Long> before;
  private long seq;

  private FindingsWatch(FindingsState state, Map<FindingKind, Long> before, long seq) {
    this.state = state;
    this.before = before;
    this.seq = seq;
  }

  /** Before the first decision of a run. */
  static FindingsWatch begin() {
    return new FindingsWatch(FINDINGS.initial(), new EnumMap<>(FindingKind.class), 0);
  }

  @Override
  public FindingsWatch fork() {
    return new FindingsWatch(state.fork(), counts(state.findings()), seq);
  }

  @Override
  public void see(Decision decision) {
    FINDINGS.apply(
        state,
        new TrailEntry(
            seq, null, Standing.DERIVED, decision.event(), List.of(), decision.rule(), null));
    seq++;
  }

  @Override
  public SortedSet<String> found() {
    List<Finding> findings = state.findings();
    SortedSet<String> found = new TreeSet<>();
    findings.stream().filter(Finding::isOpen).forEach(f -> found.add(f.kind().anchor()));
    counts(findings)
        .forEach((kind, count) -> {
          if (!kind.isLasting() && count > before.getOrDefault(kind, 0L)) {
            found.add(kind.anchor());
          }
        });
    return found;
  }

  private static Map<FindingKind, Long> counts(List<Finding> findings) {
    Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);
    findings.forEach(finding -> counts.merge(finding.kind(), finding.count(), Long::sum));
    return counts;
  }
}
