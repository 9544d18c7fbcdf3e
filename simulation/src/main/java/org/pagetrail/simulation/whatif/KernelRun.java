package org.pagetrail.simulation.whatif;

import java.util.List;
import java.util.Objects;
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
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.simulation.HostSetUp;
import org.pagetrail.simulation.whatif.Replay.Departure;

/**
 * The stimuli of a recording under one kernel, taken one recorded entry after the other. What it
 * remembers grows with the pages and memslots that were touched, not with the length of the run.
 *
 * <p>As long as another kernel decides the same, one run stands for both; {@link #parts} says when
 * it does not, and {@link #other} makes the other's run.
 */
final class KernelRun {
  private static final Citation BEYOND =
      new Citation("whatif/beyond-the-recording", "by construction", List.of());

  /** After so many recorded entries what was learnt of pages goes into the stores. */
  private static final int SETTLED_AFTER = 1 << 12;

  private final Decisions decisions;
  private final HostFacts hostFacts;
  private final FlashStorage flash;
  private GuestFollower follower;
  private boolean guestHasRun;
  private long exitsGone;
  private @Nullable Departure left;

  /** The host's writes behind the step of a flash device that was taken last. */
  private List<KvmCommand> flashWrites = List.of();

  private long flashWritesOf = -1;
  private @Nullable FaultComparison fault;
  private Before before;

  /** The run before an entry, in case the other kernel decides it otherwise. */
  private record Before(
      GuestFollower follower, boolean guestHasRun, long exitsGone, @Nullable Departure left) {}

  private KernelRun(Decisions decisions, HostFacts hostFacts, FlashStorage flash, Before before) {
    this.decisions = decisions;
    this.hostFacts = hostFacts;
    this.flash = flash;
    this.before = before;
    this.follower = before.follower;
    this.guestHasRun = before.guestHasRun;
    this.exitsGone = before.exitsGone;
    this.left = before.left;
  }

  /**
   * A run at its beginning.
   *
   * @param other another kernel that this run stands for as long as it decides the same
   * @param stores where the state is kept; null for the heap
   */
  static KernelRun of(
      Survey survey, KernelModel kernel, @Nullable KernelModel other, @Nullable RunStores stores) {
    return new KernelRun(
        Decisions.of(survey.start(), kernel, other, stores),
        survey.hostFacts(),
        new FlashStorage(),
        new Before(new GuestFollower(), false, 0, null));
  }

  /** What the last entry made happen. */
  List<TrailEntry> entries() {
    return decisions.writer().entries();
  }

  /** The same under the other kernel: entries that differ in what they say of the kernel. */
  List<TrailEntry> others() {
    return decisions.writer().others();
  }

  /** The comparison of the fault that was taken last, null if the last entry was none. */
  @Nullable FaultComparison fault() {
    return fault;
  }

  /** How many recorded exits no longer happened. */
  long exitsGone() {
    return exitsGone;
  }

  /** Where the guest would have left the recording, null if it did not so far. */
  @Nullable Departure left() {
    return left;
  }

  /** The model's state. */
  KvmState state() {
    return decisions.state();
  }

  /** True if the other kernel decides the last entry otherwise. */
  boolean parts() {
    return decisions.parts();
  }

  /** The other kernel's run before the last entry, which it is to take itself. */
  KernelRun other() {
    KernelRun run = new KernelRun(decisions.other(), hostFacts, flash.fork(), before);
    run.flashWrites = flashWrites;
    run.flashWritesOf = flashWritesOf;
    return run;
  }

  /**
   * Takes the next recorded entry.
   *
   * @param handling how it was handled, if it is a fault
   */
  void take(TrailEntry entry, @Nullable RecordedFault handling) {
    if (entry.seq() % SETTLED_AFTER == 0) {
      decisions.settle();
    }
    before = new Before(follower.fork(), guestHasRun, exitsGone, left);
    fault = null;
    decisions.begin(entry.seq(), handling != null);
    switch (entry.event()) {
      case RunEvent event -> takeRun(entry, event);
      case QemuEvent event -> takeQemu(entry, event);
      case HostEvent event -> takeHost(entry, event);
      case KvmEvent event -> takeKvm(entry, event, handling);
      case GuestEvent event -> {
        if (event instanceof GuestAccessed) {
          decisions.copy(entry);
        }
      }
    }
  }

  private void takeRun(TrailEntry entry, RunEvent event) {
    switch (event) {
      case HostDescribed host ->
          decisions.place(
              entry.seq(),
              decisions
                  .writer()
                  .append(
                      entry.timeNanos(),
                      Standing.ASSUMED,
                      described(decisions.kernel(), host),
                      new TreeSet<>(),
                      null,
                      described(decisions.otherKernel(), host),
                      null));
      case RunEnded _, RecordingLeft _ -> {}
      default -> decisions.copy(entry);
    }
  }

  private static HostDescribed described(KernelModel kernel, HostDescribed host) {
    return new HostDescribed(
        kernel.arch().word(), kernel.release(), kernel.fixes(), host.transparentHugePages());
  }

  private void takeQemu(TrailEntry entry, QemuEvent event) {
    if (decisions.vanishes(entry)) {
      return;
    }
    decisions.copy(entry);
    if (flashWritesOf != entry.seq()) {
      flashWritesOf = entry.seq();
      flashWrites = flash.writesOf(event);
    }
    for (KvmCommand write : flashWrites) {
      decisions.decide(entry, write, decisions.place(entry.seq()), Standing.DERIVED);
    }
  }

  private void takeHost(TrailEntry entry, HostEvent event) {
    boolean consequence = decisions.isCausedByFault(entry);
    if (consequence || decisions.vanishes(entry)) {
      decisions.vanish(entry.seq());
      return;
    }
    boolean stimulus =
        switch (event) {
          case HostEvent.RangeInvalidated _, HostEvent.EntryChanged _ -> true;
          default -> !guestHasRun;
        };
    if (stimulus) {
      decisions.copy(entry);
      for (KvmCommand command : HostSetUp.commandsFor(event)) {
        decisions.decide(entry, command, decisions.place(entry.seq()), Standing.DERIVED);
      }
    }
  }

  private void takeKvm(TrailEntry entry, KvmEvent event, @Nullable RecordedFault handling) {
    switch (event) {
      case Stage2Faulted _ -> {
        guestHasRun = true;
        takeFault(Objects.requireNonNull(handling));
      }
      case MemslotSet set -> {
        flash.apply(set);
        follower.apply(set);
        if (!decisions.vanishes(entry)) {
          decisions.place(
              entry.seq(),
              decisions.decide(
                  entry,
                  new KvmCommand.SetMemslot(
                      set.slot(), set.flags(), set.gpa(), set.size(), set.hva()),
                  -1,
                  Standing.DERIVED));
        }
      }
      case MmioCompleted done -> {
        if (!decisions.vanishes(entry)) {
          decisions.decide(
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
          decisions.vanishes(entry);
      default -> {}
    }
  }

  private void takeFault(RecordedFault recordedFault) {
    Stage2Faulted fault = recordedFault.fault();
    TrailEntry entry = recordedFault.entry();
    FaultType type = Stage2Check.faultOf(decisions.state().stage2(), fault.access(), fault.gpa());
    if (type != null && recordedFault.lookup() != null && left == null) {
      align(entry, hostFacts.behind(decisions.state(), fault.gpa(), recordedFault.lookup()));
    }
    long trigger = entry.causes().isEmpty() ? -1 : decisions.place(entry.causes().getLast());
    long first = decisions.writer().size();
    if (type == null) {
      decisions.decide(entry, accessOf(recordedFault), trigger, Standing.DERIVED);
    } else {
      decisions.decide(
          entry,
          new KvmCommand.HandleFault(
              fault.vcpu(),
              fault.access(),
              fault.gpa(),
              type,
              decisions.state().stage2().missLevel(fault.gpa()),
              fault.syndrome(),
              fault.pc()),
          trigger,
          Standing.DERIVED);
    }
    List<TrailEntry> decided = decisions.writer().entriesFrom(first);
    FaultOutcome modelled = FaultOutcomes.ofEntries(decided);
    FaultOutcome outcome =
        decisions.kernel().arch() == Arch.X86
            ? modelled.asWideAs(recordedFault.outcome())
            : modelled;
    this.fault =
        new FaultComparison(
            entry.seq(),
            entry.source(),
            fault.gpa(),
            recordedFault.outcome(),
            outcome,
            FaultRule.of(decided, recordedFault.outcome(), outcome),
            first);
    String gone = leavesAfter(recordedFault.outcome(), outcome);
    if (gone != null && left == null) {
      leave(entry, decisions.writer().entries().getLast(), new GuestFollower.Leaving(gone, BEYOND));
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
    recordedFault.exits().forEach(decisions::vanish);
    long from = first;
    if (!(outcome instanceof FaultOutcome.Direct)) {
      from = decisions.writer().size();
      decisions.decide(recordedFault.entry(), accessOf(recordedFault), first, Standing.DERIVED);
    }
    for (TrailEntry entry : List.copyOf(decisions.writer().entriesFrom(from))) {
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
    Event leftHere = new RecordingLeft(recordedAt.seq(), leaving.why());
    long seq =
        decisions
            .writer()
            .append(
                recordedAt.timeNanos(),
                Standing.DERIVED,
                leftHere,
                causes,
                leaving.rule(),
                leftHere,
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
      decisions.decide(entry, unseen, -1, Standing.ASSUMED);
    }
    for (KvmCommand frame : facts.frames()) {
      decisions.decide(entry, frame, -1, Standing.ASSUMED);
    }
  }
}
