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
 * @param logged whether the slot logs dirty pages, now and whenever it is added again
 */
public record Start(String backing, boolean readOnly, boolean logged) {

  /** A slot that does not log dirty pages. */
  public Start(String backing, boolean readOnly) {
    this(backing, readOnly, false);
  }

  /** Every backing, read-only and writable; blank memory first. */
  public static List<Start> all(Arch arch) {
    return all(arch, false);
  }

  /** The same, with {@code logged} also with dirty logging on. */
  public static List<Start> all(Arch arch, boolean logged) {
    List<Start> starts = new ArrayList<>();
    for (String backing : Backings.names(arch)) {
      starts.add(new Start(backing, true));
      starts.add(new Start(backing, false));
      if (logged) {
        starts.add(new Start(backing, true, true));
        starts.add(new Start(backing, false, true));
      }
    }
    return starts;
  }

  /** The scenario that begins here and goes on with these operations. */
  public TableLine line(String sequence) {
    return new TableLine(backing, readOnly, logged, sequence, List.of(), "");
  }
}
