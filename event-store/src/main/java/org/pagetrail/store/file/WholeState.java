package org.pagetrail.store.file;

import java.util.List;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.MachineSnapshot;

/**
 * The state of everything after an entry.
 *
 * @param findings what was found up to it
 */
public record WholeState(MachineSnapshot machine, List<Finding> findings) {
  /** Copies the list. */
  public WholeState {
    findings = List.copyOf(findings);
  }
}
