package org.pagetrail.app.command;

import java.util.List;
import org.pagetrail.app.cli.Recording;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.diff.TrailDiff;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.machine.PageStores;

/**
 * The findings of a recording that rest on what somebody observed while it ran. A replay has the
 * stimuli and what the model decides; nobody looks at its pages, samples its processors, or sees
 * how it ends.
 */
final class ObservedFindings {
  private final FindingsProjection projection;
  private final FindingsState found;
  private long firstFault = Long.MAX_VALUE;

  ObservedFindings(PageStores stores) {
    projection = new FindingsProjection(stores);
    found = projection.initial();
  }

  /** Takes the next entry of the recording. */
  void see(TrailEntry recorded) {
    projection.apply(found, recorded);
    if (recorded.event() instanceof Stage2Faulted) {
      firstFault = Math.min(firstFault, recorded.seq());
    }
  }

  /** The kinds of those that a replay's findings lack, one for each finding. */
  List<FindingKind> missingIn(List<Finding> replayed, Recording recording) {
    return TrailDiff.onlyIn(found.findings(), replayed).stream()
        .filter(finding ->
            finding.evidence().stream()
                .anyMatch(seq -> isObservation(seq, recording.at(seq).event())))
        .map(Finding::kind)
        .toList();
  }

  /** What was seen of the host before the guest ran is part of the replay. */
  private boolean isObservation(long seq, Event event) {
    return switch (event) {
      case ContentSeen _, PagesSeen _, ZeroPageSeen _ -> seq > firstFault;
      case RunEnded _, VcpuEntered _, VcpuExited _, VcpuNoted _, RunReturned _ -> true;
      case GuestAccessed _, GuestAccessCompleted _ -> false;
      case GuestEvent _ -> true;
      default -> false;
    };
  }
}
