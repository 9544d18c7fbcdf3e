package org.pagetrail.store.run;

import java.util.List;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.FindingKind;

/** What can be asked of a trail as a whole. */
public sealed interface RunCommand {

  /**
   * Puts what was read from a capture into an empty trail.
   *
   * @param entries from position 0 on
   */
  record ImportCapture(List<TrailEntry> entries) implements RunCommand {
    /** Copies the list. */
    public ImportCapture {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Puts fixes into the kernel of the run, on top of those that are in; all of them or none.
   *
   * @param fixes names, or whatever else the decider reads a fix from, in the order they go in
   */
  record ApplyFix(List<String> fixes) implements RunCommand {
    /** Copies the list. */
    public ApplyFix {
      fixes = List.copyOf(fixes);
    }
  }

  /**
   * Notes a finding down.
   *
   * @param detail where and how, in a few words; may be empty
   * @param evidence the positions of the events that show it, at least one
   */
  record NoteFinding(FindingKind kind, String detail, List<Long> evidence) implements RunCommand {
    /** Copies the list. */
    public NoteFinding {
      evidence = List.copyOf(evidence);
    }
  }
}
