package org.pagetrail.simulation.whatif;

import java.util.List;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.TrailEntry;

/** Tells which rule decided how a fault ends. */
final class FaultRule {
  private FaultRule() {}

  /**
   * The rule that says most about the outcome: where the memory type differs the one that told
   * device from memory, else that of the last thing KVM did.
   */
  static String of(List<TrailEntry> decided, FaultOutcome was, FaultOutcome is) {
    boolean otherType =
        was instanceof FaultOutcome.Mapped before
            && is instanceof FaultOutcome.Mapped now
            && before.type() != now.type();
    String rule = "";
    String device = "";
    boolean mapped = false;
    for (TrailEntry entry : decided) {
      Citation cited = entry.rule();
      if (cited == null || entry.event() instanceof KvmEvent.AbortHandled) {
        continue;
      }
      switch (entry.event()) {
        case KvmEvent.DeviceDecided _ -> device = cited.rule();
        case KvmEvent.Stage2Mapped _ -> mapped = true;
        default -> {}
      }
      rule = entry.event() instanceof HostEvent ? rule : cited.rule();
    }
    return otherType && mapped && !device.isEmpty() ? device : rule;
  }
}
