package org.pagetrail.projections.audit;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.PageStores;
import org.pagetrail.projections.machine.Stage2Entry;

/** Collects what a trail says about one page. */
final class History {
  private final Page page;
  private final boolean stage2Recorded;
  private final FindingsProjection projection;
  private final CauseMemory mine = new CauseMemory();
  private final QemuSteps qemu;
  private final HostSteps host;
  private final KvmSteps kvm;
  private final GuestSteps guest;
  private final Steps steps = new Steps();

  private FindingsState found;
  private Traffic traffic = Traffic.NONE;
  private @Nullable MappingStory story;
  private @Nullable TrailEntry fault;
  private @Nullable TrailEntry lookup;
  private @Nullable TrailEntry decision;
  private boolean wasMapped;

  History(Page page, boolean stage2Recorded, PageStores stores) {
    this.projection = new FindingsProjection(stores);
    this.found = projection.initial();
    this.page = page;
    this.stage2Recorded = stage2Recorded;
    this.qemu = new QemuSteps(page);
    this.host = new HostSteps(page);
    this.kvm = new KvmSteps(page, mine);
    this.guest = new GuestSteps(page);
  }

  void add(TrailEntry entry) {
    found = projection.apply(found, entry);
    Draft draft = draft(entry, state());
    qemu.follow(state());
    if (draft != null) {
      mine.add(entry.seq());
      steps.add(Step.of(entry, draft.kind(), draft.what()));
      follow(entry, draft.kind());
    }
    boolean isMapped = mapping() != null;
    if (wasMapped && !isMapped && story != null) {
      story = story.ended(entry);
    }
    wasMapped = isMapped;
  }

  private @Nullable Draft draft(TrailEntry entry, MachineState state) {
    Event event = entry.event();
    return switch (event) {
      case QemuEvent e -> qemu.draft(e, state);
      case HostEvent e -> host.draft(e, state);
      case KvmEvent e -> kvm.draft(entry, e, state);
      case GuestEvent e -> guest.draft(e);
      case RunEvent.EventsLost lost ->
          new Draft(
              StepKind.GAP,
              lost.count() == 0
                  ? "from here on the recording has lost events, nobody knows how many"
                  : "the recorder lost " + lost.count() + " events");
      case RunEvent.RecordingLeft left ->
          new Draft(
              StepKind.GAP,
              "from here on the recorded guest would have acted otherwise: " + left.reason());
      case RunEvent e -> null;
    };
  }

  private void follow(TrailEntry entry, StepKind kind) {
    switch (kind) {
      case FAULT -> {
        fault = entry;
        lookup = null;
        decision = null;
      }
      case LOOKUP -> {
        lookup = entry;
        decision = null;
      }
      case DECISION -> decision = entry;
      case MAPPING -> mapped(entry);
      case PERMISSION -> {
        if (story != null && mapping() != null) {
          story = story.changed(entry);
        }
      }
      default -> traffic = traffic.and(entry.event());
    }
  }

  private void mapped(TrailEntry entry) {
    Stage2Entry mapping = mapping();
    if (mapping != null && mapping.mapped().seq() == entry.seq()) {
      story = new MappingStory(entry, fault, lookup, decision, null, null);
      traffic = Traffic.NONE;
      fault = null;
      lookup = null;
      decision = null;
    }
  }

  /** Whether any event of the whole trail is one of stage 2. */
  boolean stage2Recorded() {
    return stage2Recorded;
  }

  Page page() {
    return page;
  }

  MachineState state() {
    return found.machine();
  }

  FindingsState found() {
    return found;
  }

  @Nullable Stage2Entry mapping() {
    return state().stage2().at(page.gpa());
  }

  @Nullable MappingStory story() {
    return story;
  }

  Traffic traffic() {
    return traffic;
  }

  Steps steps() {
    return steps;
  }
}
