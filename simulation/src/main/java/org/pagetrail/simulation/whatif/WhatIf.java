package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.RecordingLeft;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.HostSetUp;
import org.pagetrail.simulation.NotModelled;
import org.pagetrail.simulation.Provenance;
import org.pagetrail.simulation.scenario.Scenario;
import org.pagetrail.simulation.whatif.Replay.Departure;

/**
 * Replays the stimuli of a recorded run under another kernel. What is a stimulus and what is a
 * consequence stands in docs/decisions/0003-stimuli-and-consequences.md.
 */
public final class WhatIf {
  private static final Citation BEYOND =
      new Citation("whatif/beyond-the-recording", "by construction", List.of());

  private final Trail recorded;
  private final KernelModel kernel;
  private final KvmDecider kvm;
  private final HostFacts hostFacts;
  private final FlashStorage flash = new FlashStorage();
  private final GuestFollower follower = new GuestFollower();
  private final Provenance provenance = new Provenance();
  private final Trail replay = new Trail();

  /** Where each recorded event stands in the replay, -1 where it does not. */
  private final long[] places;

  /** Recorded events that do not happen in the replay because their cause does not. */
  private final BitSet gone = new BitSet();

  private final List<FaultComparison> faults = new ArrayList<>();
  private KvmState state;
  private boolean guestHasRun;
  private long exitsGone;
  private @Nullable Departure left;

  private WhatIf(Trail recorded, KernelModel kernel) {
    this.recorded = recorded;
    this.kernel = kernel;
    this.kvm = new KvmDecider(kernel);
    this.hostFacts = HostFacts.of(recorded);
    this.places = new long[Math.toIntExact(recorded.size())];
    Arrays.fill(places, -1);
    this.state = HostSetUp.of(recorded);
  }

  /**
   * The recorded run under {@code kernel}.
   *
   * @throws NotModelled if the kernel is of another architecture than the recording
   */
  public static Replay replay(Trail recorded, KernelModel kernel) {
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof HostDescribed host
          && !host.arch().equals(kernel.arch().word())) {
        throw new NotModelled(
            "the recording is of "
                + host.arch()
                + ": its faults mean nothing to a kernel of "
                + kernel.arch().word());
      }
    }
    Scenario scenario = Scenario.of(recorded);
    if (scenario != null) {
      return ScenarioReplay.of(recorded, scenario, kernel);
    }
    WhatIf run = new WhatIf(recorded, kernel);
    Origins origins = new Origins();
    for (TrailEntry entry : recorded.entries()) {
      long first = run.replay.size();
      run.take(entry);
      if (run.replay.size() > first) {
        origins.note(first, entry.seq());
      }
    }
    return new Replay(run.replay, run.faults, run.exitsGone, run.left, run.state, origins);
  }

  private void take(TrailEntry entry) {
    switch (entry.event()) {
      case RunEvent event -> takeRun(entry, event);
      case QemuEvent event -> takeQemu(entry, event);
      case HostEvent event -> takeHost(entry, event);
      case KvmEvent event -> takeKvm(entry, event);
      case GuestEvent event -> {
        if (event instanceof GuestAccessed) {
          copy(entry);
        }
      }
    }
  }

  private void takeRun(TrailEntry entry, RunEvent event) {
    switch (event) {
      case HostDescribed host ->
          places[(int) entry.seq()] =
              append(
                  entry.timeNanos(),
                  Standing.ASSUMED,
                  new HostDescribed(
                      kernel.arch().word(),
                      kernel.release(),
                      kernel.fixes(),
                      host.transparentHugePages()),
                  new TreeSet<>(),
                  null);
      case RunEnded _, RecordingLeft _ -> {}
      default -> copy(entry);
    }
  }

  private void takeQemu(TrailEntry entry, QemuEvent event) {
    if (vanishes(entry)) {
      return;
    }
    copy(entry);
    for (KvmCommand write : flash.writesOf(event)) {
      decide(entry, write, places[(int) entry.seq()], Standing.DERIVED);
    }
  }

  private void takeHost(TrailEntry entry, HostEvent event) {
    boolean consequence = isCausedByFault(entry);
    if (consequence || vanishes(entry)) {
      gone.set((int) entry.seq(), consequence || gone.get((int) entry.seq()));
      return;
    }
    boolean stimulus =
        switch (event) {
          case HostEvent.RangeInvalidated _, HostEvent.EntryChanged _ -> true;
          default -> !guestHasRun;
        };
    if (stimulus) {
      copy(entry);
      for (KvmCommand command : HostSetUp.commandsFor(event)) {
        decide(entry, command, places[(int) entry.seq()], Standing.DERIVED);
      }
    }
  }

  private void takeKvm(TrailEntry entry, KvmEvent event) {
    switch (event) {
      case Stage2Faulted _ -> {
        guestHasRun = true;
        takeFault(RecordedFault.at(recorded, entry.seq()));
      }
      case MemslotSet set -> {
        flash.apply(set);
        follower.apply(set);
        if (!vanishes(entry)) {
          places[(int) entry.seq()] =
              decide(
                  entry,
                  new KvmCommand.SetMemslot(
                      set.slot(), set.flags(), set.gpa(), set.size(), set.hva()),
                  -1,
                  Standing.DERIVED);
        }
      }
      case MmioCompleted done -> {
        if (!vanishes(entry)) {
          decide(
              entry,
              new KvmCommand.CompleteMmio(done.vcpu(), done.gpa(), done.width(), done.value()),
              -1,
              Standing.DERIVED);
        }
      }
      case MmioExited exit -> flash.apply(exit);
      case KvmEvent.AbortHandled _,
          KvmEvent.RunReturned _,
          KvmEvent.Stage2Unmapped _,
          KvmEvent.Stage2WriteProtected _ ->
          vanishes(entry);
      default -> {}
    }
  }

  private void takeFault(RecordedFault recordedFault) {
    Stage2Faulted fault = recordedFault.fault();
    TrailEntry entry = recordedFault.entry();
    FaultType type = Stage2Check.faultOf(state.stage2(), fault.access(), fault.gpa());
    if (type != null && recordedFault.lookup() != null && left == null) {
      align(entry, hostFacts.behind(state, fault.gpa(), recordedFault.lookup()));
    }
    long trigger = entry.causes().isEmpty() ? -1 : places[entry.causes().getLast().intValue()];
    long first = replay.size();
    if (type == null) {
      decide(entry, accessOf(recordedFault), trigger, Standing.DERIVED);
    } else {
      decide(
          entry,
          new KvmCommand.HandleFault(
              fault.vcpu(),
              fault.access(),
              fault.gpa(),
              type,
              state.stage2().missLevel(fault.gpa()),
              fault.syndrome(),
              fault.pc()),
          trigger,
          Standing.DERIVED);
    }
    List<TrailEntry> decided = entriesFrom(first);
    FaultOutcome outcome = FaultOutcomes.of(decided.stream().map(TrailEntry::event).toList());
    faults.add(
        new FaultComparison(
            entry.seq(),
            entry.source(),
            fault.gpa(),
            recordedFault.outcome(),
            outcome,
            ruleOf(decided, recordedFault.outcome(), outcome),
            first));
    String gone = leavesAfter(recordedFault.outcome(), outcome);
    if (gone != null && left == null) {
      leave(entry, replay.at(replay.size() - 1), new GuestFollower.Leaving(gone, BEYOND));
    }
    MmioExited exit = recordedFault.exit();
    if (exit != null) {
      GuestAccessCompleted access = GuestFollower.accessOf(recordedFault, exit);
      if (!(outcome instanceof FaultOutcome.Mmio)) {
        exitVanishes(recordedFault, access, outcome, first);
      }
      follower.follow(access);
    }
  }

  /**
   * Why nobody can know what the guest does after a fault that ends otherwise; null if it goes on
   * as recorded. Writes through a writable mapping leave no line: where the mapping is read-only
   * instead, the recording lacks the exits that follow.
   */
  private static @Nullable String leavesAfter(FaultOutcome was, FaultOutcome is) {
    return switch (is) {
      case FaultOutcome.Mapped now
          when was instanceof FaultOutcome.Mapped before
              && before.perms().write()
              && !now.perms().write() ->
          "writes to "
              + now.gpa()
              + " left no line in the recording and would exit or fault here; what the guest does"
              + " next is beyond it";
      case FaultOutcome.Injected _, FaultOutcome.Failed _ when !is.equals(was) ->
          "the guest does not survive this fault as recorded: " + is;
      default -> null;
    };
  }

  /** The recorded exit does not happen: what QEMU did about it does not happen either. */
  private void exitVanishes(
      RecordedFault recordedFault, GuestAccessCompleted access, FaultOutcome outcome, long first) {
    exitsGone++;
    for (long seq = recordedFault.entry().seq(); seq <= recordedFault.end(); seq++) {
      if (recorded.at(seq).event() instanceof MmioExited) {
        gone.set((int) seq);
      }
    }
    long from = first;
    if (!(outcome instanceof FaultOutcome.Direct)) {
      from = replay.size();
      decide(recordedFault.entry(), accessOf(recordedFault), first, Standing.DERIVED);
    }
    for (TrailEntry entry : entriesFrom(from)) {
      if (left == null && entry.event() instanceof GuestAccessCompleted done) {
        GuestFollower.Leaving leaving = follower.leaves(access, done.value());
        if (leaving != null) {
          leave(recordedFault.entry(), entry, leaving);
        }
      }
    }
  }

  private void leave(TrailEntry recordedAt, TrailEntry replayedAt, GuestFollower.Leaving leaving) {
    SortedSet<Long> causes = new TreeSet<>(List.of(replayedAt.seq()));
    long seq =
        append(
            recordedAt.timeNanos(),
            Standing.DERIVED,
            new RecordingLeft(recordedAt.seq(), leaving.why()),
            causes,
            leaving.rule());
    left = new Departure(recordedAt.seq(), seq, leaving.why());
  }

  private static KvmCommand accessOf(RecordedFault fault) {
    return new KvmCommand.AccessMemory(
        fault.fault().vcpu(),
        fault.fault().access(),
        fault.fault().gpa(),
        fault.width(),
        fault.writtenValue());
  }

  private void align(TrailEntry entry, HostFacts.Facts facts) {
    for (KvmCommand unseen : facts.unseen()) {
      decide(entry, unseen, -1, Standing.ASSUMED);
    }
    for (KvmCommand frame : facts.frames()) {
      decide(entry, frame, -1, Standing.ASSUMED);
    }
  }

  /** Decides a command and returns the seq of its first event, or -1 if there is none. */
  private long decide(TrailEntry behind, KvmCommand command, long trigger, Standing standing) {
    long first = -1;
    long previous = trigger;
    for (Decision decision : kvm.decide(state, command)) {
      if (decision.event().equals(behind.event()) && places[(int) behind.seq()] >= 0) {
        state = kvm.evolve(state, decision.event());
        previous = places[(int) behind.seq()];
        continue;
      }
      SortedSet<Long> causes = provenance.factsBehind(decision.event());
      if (previous >= 0) {
        causes.add(previous);
      }
      previous = append(behind.timeNanos(), standing, decision.event(), causes, decision.rule());
      first = first < 0 ? previous : first;
      state = kvm.evolve(state, decision.event());
    }
    return first;
  }

  private void copy(TrailEntry entry) {
    SortedSet<Long> causes = new TreeSet<>();
    for (long cause : entry.causes()) {
      if (places[(int) cause] >= 0) {
        causes.add(places[(int) cause]);
      }
    }
    TrailEntry copied =
        new TrailEntry(
            replay.size(),
            entry.timeNanos(),
            entry.standing(),
            entry.event(),
            List.copyOf(causes),
            entry.rule(),
            entry.source());
    replay.add(copied);
    provenance.apply(copied);
    places[(int) entry.seq()] = copied.seq();
  }

  private long append(
      @Nullable Long time,
      Standing standing,
      Event event,
      SortedSet<Long> causes,
      @Nullable Citation rule) {
    Standing known = standing == Standing.DERIVED ? Standing.ofDecision(event) : standing;
    TrailEntry entry =
        new TrailEntry(replay.size(), time, known, event, List.copyOf(causes), rule, null);
    replay.add(entry);
    provenance.apply(entry);
    return entry.seq();
  }

  private boolean vanishes(TrailEntry entry) {
    boolean vanishes = entry.causes().stream().anyMatch(cause -> gone.get(cause.intValue()));
    if (vanishes) {
      gone.set((int) entry.seq());
    }
    return vanishes;
  }

  private boolean isCausedByFault(TrailEntry entry) {
    return entry.causes().stream()
        .anyMatch(cause -> recorded.at(cause).event() instanceof Stage2Faulted);
  }

  private List<TrailEntry> entriesFrom(long first) {
    return replay.entries().subList((int) first, (int) replay.size());
  }

  /**
   * The rule that says most about the outcome: where the memory type differs the one that told
   * device from memory, else that of the last thing KVM did.
   */
  static String ruleOf(List<TrailEntry> decided, FaultOutcome was, FaultOutcome is) {
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
