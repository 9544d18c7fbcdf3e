package org.pagetrail.projections.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.projections.machine.FlatView;
import org.pagetrail.projections.machine.MachineState;

/** The three sentences on a guest page that no memslot holds, and that stage 2 never mapped. */
final class NoMemslot {
  private NoMemslot() {}

  /** None if a memslot holds it, or the flat view has memory there: then one was not recorded. */
  static List<String> sentences(Page page, MachineState state) {
    FlatView view = state.monitor().committed();
    FlatRange range = view == null ? null : view.at(page.gpa());
    boolean isMemory = range != null && range.kind() != RegionKind.IO;
    if (isMemory || state.slots().at(page.gpa()) != null) {
      return List.of();
    }
    String held = page.hosts().isEmpty() ? "in no memslot then" : "in no memslot any more";
    return List.of(
        "Guest page " + page.gpa() + " is " + held + ": KVM has no memory to map there.",
        shown(view, range),
        "KVM hands an access there to the monitor; nothing is found on it.");
  }

  private static String shown(@Nullable FlatView view, @Nullable FlatRange range) {
    if (view == null) {
      return "No flat view is known, so what the monitor has there cannot be told.";
    }
    return range == null
        ? "The flat view shows nothing there either."
        : "The flat view shows "
            + range.region()
            + " ("
            + Phrases.region(range.kind())
            + ") there.";
  }
}
