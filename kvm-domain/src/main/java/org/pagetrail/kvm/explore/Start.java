package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.kvm.conform.Backings;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.model.Arch;

/**
 * Where runs begin: a slot over memory of a backing, as a table names it.
 *
 * @param backing what stands behind the slot
 * @param readOnly whether the slot is read-only
 */
public record Start(String backing, boolean readOnly) {

  /** Every backing, read-only and writable; blank memory first. */
  public static List<Start> all(Arch arch) {
    List<Start> starts = new ArrayList<>();
    for (String backing : Backings.names(arch)) {
      starts.add(new Start(backing, true));
      starts.add(new Start(backing, false));
    }
    return starts;
  }

  /** The scenario that begins here and goes on with these operations. */
  public TableLine line(String sequence) {
    return new TableLine(backing, readOnly, false, sequence, List.of(), "");
  }
}
