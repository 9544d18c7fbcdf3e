package org.pagetrail.simulation.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.whatif.HostFacts;

/**
 * Puts the stimuli of a recording to one kernel. Each decision is judged on the history that was
 * recorded: after one that differs, stage 2 and memslots go on as the trace has them, so that one
 * difference is told once.
 */
final class Judge {
  private final RecordedRun run;
  private final KvmDecider kvm;
  private final Tally tally;
  private KvmState state;

  private Judge(RecordedRun run, KernelModel kernel) {
    this.run = run;
    this.kvm = new KvmDecider(kernel);
    this.tally = new Tally(run.kinds(), run.start().host().settings(), kernel);
    this.state = run.start();
  }

  /** Compares until more than {@code unexplainedMax} decisions are unexplained. */
  static Score judge(RecordedRun run, KernelModel kernel, long unexplainedMax) {
    Judge judge = new Judge(run, kernel);
    for (RecordedStep step : run.steps()) {
      judge.take(step);
      if (judge.tally.unexplained() > unexplainedMax) {
        return judge.tally.score(step.entry().seq());
      }
    }
    return judge.tally.score(-1);
  }

  /** What a kernel decides about one stimulus, with the rules. */
  static List<Decision> decisionsAt(RecordedRun run, KernelModel kernel, long seq) {
    Judge judge = new Judge(run, kernel);
    for (RecordedStep step : run.steps()) {
      List<Decision> decisions = judge.take(step);
      if (step.entry().seq() == seq) {
        return decisions;
      }
    }
    return List.of();
  }

  private List<Decision> take(RecordedStep step) {
    Stage2Faulted fault = step.fault();
    List<KvmCommand> commands = step.commands();
    if (fault != null) {
      align(fault, step);
      commands = List.of(commandOf(fault));
    }
    if (step.entry().event() instanceof EntryChanged changed) {
      replace(changed.hva().pageBase(), step);
    }
    KvmState before = state;
    List<Decision> decisions = new ArrayList<>();
    for (KvmCommand command : commands) {
      decisions.addAll(decide(command));
    }
    if (step.judged() && !tally.compare(step, decisions)) {
      goOnAsRecorded(before, step, decisions);
    }
    return decisions;
  }

  private List<Decision> decide(KvmCommand command) {
    List<Decision> decisions = kvm.decide(state, command);
    for (Decision decision : decisions) {
      state = kvm.evolve(state, decision.event());
    }
    return decisions;
  }

  private void align(Stage2Faulted fault, RecordedStep step) {
    if (step.lookup() != null) {
      HostFacts.Facts facts = run.hostFacts().behind(state, fault.gpa(), step.lookup());
      facts.unseen().forEach(this::decide);
      facts.frames().forEach(this::decide);
    }
  }

  /** Which frame took the place of another is a fact of the host, as in a lookup. */
  private void replace(Hva hva, RecordedStep step) {
    Pfn pfn = RecordedLookup.replacing(step.decided());
    HostPages page = state.host().pageAt(hva);
    if (pfn != null && (page == null || !pfn.equals(page.frame()))) {
      decide(new KvmCommand.StatePage(hva, ByteSize.PAGE, pfn, PageKind.ANONYMOUS, true));
    }
  }

  private KvmCommand commandOf(Stage2Faulted fault) {
    FaultType type = fault.fault();
    if (type == FaultType.OTHER) {
      type = state.stage2().at(fault.gpa()) == null ? FaultType.TRANSLATION : FaultType.PERMISSION;
    }
    int level = fault.level() >= 0 ? fault.level() : state.stage2().missLevel(fault.gpa());
    return new KvmCommand.HandleFault(
        fault.vcpu(), fault.access(), fault.gpa(), type, level, fault.syndrome(), fault.pc());
  }

  /** The host's pages as the model has them; what KVM did as recorded, where it was traced. */
  private void goOnAsRecorded(KvmState before, RecordedStep step, List<Decision> decisions) {
    state = before;
    for (Decision decision : decisions) {
      DecisionKind kind = DecisionKind.of(decision.event());
      boolean traced = kind != null && run.kinds().contains(kind);
      if (decision.event() instanceof HostEvent || !traced) {
        state = kvm.evolve(state, decision.event());
      }
    }
    for (TrailEntry entry : step.decided()) {
      @Nullable Event event = entry.event() instanceof KvmEvent kvmEvent ? kvmEvent : null;
      if (event != null) {
        state = kvm.evolve(state, event);
      }
    }
  }
}
