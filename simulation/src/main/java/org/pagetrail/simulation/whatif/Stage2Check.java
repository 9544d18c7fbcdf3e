package org.pagetrail.simulation.whatif;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.kvm.stage2.Stage2;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** Whether stage 2 as it stands lets an access through. */
final class Stage2Check {
  private Stage2Check() {}

  /** Why the access faults, or null if it does not. */
  static @Nullable FaultType faultOf(Stage2 stage2, AccessKind access, Gpa gpa) {
    Stage2Leaves leaf = stage2.at(gpa);
    if (leaf == null) {
      return FaultType.TRANSLATION;
    }
    Perms perms = leaf.perms();
    boolean allowed =
        access == AccessKind.EXECUTE
            ? perms.execute()
            : access.writes() ? perms.write() : perms.read();
    return allowed ? null : FaultType.PERMISSION;
  }
}
