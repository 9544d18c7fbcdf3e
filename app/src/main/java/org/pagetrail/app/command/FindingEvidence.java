package org.pagetrail.app.command;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.findings.FindingsProjection;

/**
 * What shows a finding in a run. The first run that is asked about says where: in the others the
 * finding must concern the same guest page.
 */
final class FindingEvidence implements Function<Trail, List<Long>> {
  private final FindingKind kind;
  private @Nullable Finding wanted;

  FindingEvidence(FindingKind kind) {
    this.kind = kind;
  }

  @Override
  public List<Long> apply(Trail run) {
    for (Finding finding : FindingsProjection.findingsOf(run.entries())) {
      if (finding.kind() == kind && (wanted == null || isSamePlace(wanted, finding))) {
        wanted = wanted == null ? finding : wanted;
        return finding.evidence();
      }
    }
    return List.of();
  }

  /** The finding in words. */
  String words() {
    Finding found = wanted;
    if (found == null) {
      return kind.anchor();
    }
    String place = found.guest() == null ? "" : " at " + found.guest();
    return kind.anchor() + place + (found.detail().isEmpty() ? "" : ", " + found.detail());
  }

  private static boolean isSamePlace(Finding one, Finding other) {
    return one.guest() == null
        ? other.guest() == null
        : other.guest() != null && one.guest().start().equals(other.guest().start());
  }
}
