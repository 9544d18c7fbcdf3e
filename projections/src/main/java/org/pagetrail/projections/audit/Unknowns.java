package org.pagetrail.projections.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.Standing;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Milestone;
import org.pagetrail.projections.machine.Stage2Entry;

/** Says what the trail does not tell about a page, so that nobody reads silence as proof. */
final class Unknowns {
  private final History history;
  private final MachineState state;
  private final List<Unknown> unknowns = new ArrayList<>();

  Unknowns(History history) {
    this.history = history;
    this.state = history.state();
  }

  List<Unknown> all(List<Finding> findings) {
    Stage2Entry mapping = history.mapping();
    MappingStory story = history.story();
    if (mapping != null) {
      silentWrites(mapping, findings);
      kind(mapping);
      invalidated(mapping);
    }
    if (story != null) {
      before(story);
    }
    if (!history.stage2Recorded()) {
      add("whether and how stage 2 maps it: no event maps, unmaps or faults into stage 2");
    }
    if (state.monitor().committed() == null) {
      add("no flat view is recorded: the region is known by its memslot and RAM block only");
    }
    if (state.run().eventsLost() > 0) {
      add("the recorder lost " + state.run().eventsLost() + " events, which may concern this page");
    }
    Milestone left = state.run().recordingLeft();
    if (left != null) {
      add(
          "what the recorded guest would have done from event "
              + left.origin().seq()
              + " on: "
              + left.text(),
          left.origin().seq());
    }
    return unknowns;
  }

  private void silentWrites(Stage2Entry mapping, List<Finding> findings) {
    Memslot slot = state.slots().at(history.page().gpa());
    boolean mustExit = slot != null && slot.isReadOnly();
    boolean shared =
        findings.stream().anyMatch(found -> found.kind() == FindingKind.SHARED_PAGE_WRITTEN);
    if (mapping.perms().write()
        && (mustExit || shared)
        && mapping.mapped().standing() == Standing.OBSERVED) {
      add(
          "from event "
              + mapping.lastChange().seq()
              + " on a guest write to this page takes no"
              + " exit and leaves no line in a trace: how many there were, when, and with what"
              + " values in between",
          mapping.lastChange().seq());
    }
  }

  private void kind(Stage2Entry mapping) {
    if (state.kindOf(mapping.pfn()) == PageKind.UNKNOWN) {
      add("what kind of page pfn " + mapping.pfn() + " is: no snapshot of the host names it");
    }
  }

  private void invalidated(Stage2Entry mapping) {
    if (mapping.invalidated() >= 0) {
      String recorded =
          state.stage2().unmapsRecorded()
              ? "no unmap followed"
              : "the recorder shows no unmaps, so the mapping may be gone";
      add(
          "whether the mapping outlived the notifier call of event "
              + mapping.invalidated()
              + ": "
              + recorded,
          mapping.invalidated());
    }
  }

  private void before(MappingStory story) {
    missing(story.fault(), "which access made it: no fault before the mapping is recorded", story);
    missing(story.lookup(), "how the frame was found: no lookup is recorded", story);
    missing(
        story.decision(),
        "why it was taken for memory or a device: no decision is recorded",
        story);
  }

  private void missing(@Nullable Object event, String what, MappingStory story) {
    if (event == null) {
      add(what, story.mapping().seq());
    }
  }

  private void add(String what, Long... evidence) {
    unknowns.add(new Unknown(what, List.of(evidence)));
  }
}
