package org.pagetrail.simulation.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.simulation.HostSetUp;
import org.pagetrail.simulation.whatif.FlashStorage;
import org.pagetrail.simulation.whatif.HostFacts;

/**
 * A recording taken apart once for all kernels: its stimuli in order, each with the decisions that
 * the recorded kernel took about it. Which is which follows docs/decisions/0003.
 */
final class RecordedRun {
  private final List<RecordedStep> steps;
  private final Set<DecisionKind> kinds;
  private final HostFacts hostFacts;
  private final KvmState start;

  private RecordedRun(Trail recorded, List<RecordedStep> steps, Set<DecisionKind> kinds) {
    this.steps = steps;
    this.kinds = kinds;
    this.hostFacts = HostFacts.of(recorded);
    this.start = HostSetUp.of(recorded);
  }

  /** Takes a recording apart. */
  static RecordedRun of(Trail recorded) {
    Owners owners = Owners.of(recorded);
    Set<DecisionKind> kinds = EnumSet.noneOf(DecisionKind.class);
    Map<Long, List<TrailEntry>> decisions = new HashMap<>();
    for (TrailEntry entry : recorded.entries()) {
      DecisionKind kind = DecisionKind.of(recorded, entry);
      if (kind != null) {
        kinds.add(kind);
        long owner = owners.ownerOf(entry.seq());
        if (owner >= 0) {
          decisions.computeIfAbsent(owner, _ -> new ArrayList<>()).add(entry);
        }
      }
    }
    Steps steps = new Steps(recorded, owners, decisions, kinds.contains(DecisionKind.RESULT));
    recorded.entries().forEach(steps::take);
    return new RecordedRun(recorded, steps.all, kinds);
  }

  List<RecordedStep> steps() {
    return steps;
  }

  /** The kinds of decision that this recording holds at all; others were not traced. */
  Set<DecisionKind> kinds() {
    return kinds;
  }

  HostFacts hostFacts() {
    return hostFacts;
  }

  KvmState start() {
    return start;
  }

  /** The stimuli as they are found, in order. */
  private static final class Steps {
    private final List<RecordedStep> all = new ArrayList<>();
    private final Trail recorded;
    private final Owners owners;
    private final Map<Long, List<TrailEntry>> decisions;
    private final boolean resultsTraced;
    private final FlashStorage flash = new FlashStorage();

    /** Where the recording has holes. */
    private final TreeSet<Long> losses = new TreeSet<>();

    private boolean guestHasRun;

    Steps(
        Trail recorded,
        Owners owners,
        Map<Long, List<TrailEntry>> decisions,
        boolean resultsTraced) {
      this.recorded = recorded;
      this.owners = owners;
      this.decisions = decisions;
      this.resultsTraced = resultsTraced;
      for (TrailEntry entry : recorded.entries()) {
        if (entry.event() instanceof RunEvent.EventsLost) {
          losses.add(entry.seq());
        }
      }
    }

    void take(TrailEntry entry) {
      switch (entry.event()) {
        case RunEvent _, GuestEvent _ -> {}
        case QemuEvent event -> tell(entry, flash.writesOf(event));
        case HostEvent event -> takeHost(entry, event);
        case KvmEvent event -> takeKvm(entry, event);
      }
    }

    private void takeHost(TrailEntry entry, HostEvent event) {
      if (owners.ownerOf(entry.seq()) != entry.seq() && owners.ownerOf(entry.seq()) >= 0) {
        return;
      }
      switch (event) {
        case HostEvent.RangeInvalidated _, HostEvent.EntryChanged _ ->
            judge(entry, HostSetUp.commandsFor(event), null, true);
        default -> {
          if (!guestHasRun) {
            tell(entry, HostSetUp.commandsFor(event));
          }
        }
      }
    }

    private void takeKvm(TrailEntry entry, KvmEvent event) {
      switch (event) {
        case Stage2Faulted fault -> {
          guestHasRun = true;
          judge(entry, List.of(), fault, isClosed(entry));
        }
        case MemslotSet set -> {
          flash.apply(set);
          List<KvmCommand> request =
              List.of(
                  new KvmCommand.SetMemslot(
                      set.slot(), set.flags(), set.gpa(), set.size(), set.hva()));
          if (DecisionKind.isQemusWord(recorded, entry)) {
            tell(entry, request);
          } else {
            judge(entry, request, null, true);
          }
        }
        case MmioCompleted done ->
            tell(
                entry,
                List.of(
                    new KvmCommand.CompleteMmio(
                        done.vcpu(), done.gpa(), done.width(), done.value())));
        case MmioExited exit -> flash.apply(exit);
        default -> {}
      }
    }

    private void tell(TrailEntry entry, List<KvmCommand> commands) {
      if (!commands.isEmpty()) {
        all.add(RecordedStep.told(entry, commands));
      }
    }

    private void judge(
        TrailEntry entry,
        List<KvmCommand> commands,
        @Nullable Stage2Faulted fault,
        boolean judged) {
      List<TrailEntry> decided = decisions.getOrDefault(entry.seq(), List.of());
      all.add(
          new RecordedStep(
              entry,
              commands,
              fault,
              fault == null ? null : RecordedLookup.of(fault, decided),
              decided,
              judged));
    }

    /** The handling is all there: it returned, or its vCPU went on where returns are not traced. */
    private boolean isClosed(TrailEntry fault) {
      List<TrailEntry> handling = decisions.getOrDefault(fault.seq(), List.of());
      if (resultsTraced) {
        return handling.stream()
            .filter(entry -> entry.event() instanceof KvmEvent.AbortHandled)
            .anyMatch(end -> losses.subSet(fault.seq(), end.seq()).isEmpty());
      }
      int vcpu = ((Stage2Faulted) fault.event()).vcpu();
      for (long seq = fault.seq() + 1; seq < recorded.size(); seq++) {
        Event event = recorded.at(seq).event();
        if ((event instanceof KvmEvent.VcpuEntered e && e.vcpu() == vcpu)
            || (event instanceof KvmEvent.RunReturned r && r.vcpu() == vcpu)
            || (event instanceof Stage2Faulted f && f.vcpu() == vcpu)) {
          return true;
        }
        if (event instanceof RunEvent.EventsLost) {
          return false;
        }
      }
      return false;
    }
  }
}
