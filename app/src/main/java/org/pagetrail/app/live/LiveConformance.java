package org.pagetrail.app.live;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.app.live.MemslotTable.Scenario;
import org.pagetrail.app.live.MemslotTable.Step;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.MapHost;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KernelModel;

/** Asks a host and the model the same, request by request. */
public final class LiveConformance {
  private static final int ENOMEM = 12;

  private final KvmHost host;
  private final KvmDecider decider;

  private LiveConformance(KvmHost host, KernelModel model) {
    this.host = host;
    this.decider = new KvmDecider(model);
  }

  /**
   * Puts the whole table to a host and to a model of its kernel. After each request the model goes
   * on from what the host answered, so that one difference is told once.
   */
  public static List<StepResult> compare(KvmHost host, KernelModel model) {
    LiveConformance comparison = new LiveConformance(host, model);
    List<StepResult> results = new ArrayList<>();
    for (Scenario scenario : MemslotTable.of(host.facts())) {
      results.addAll(comparison.play(scenario));
    }
    return results;
  }

  private List<StepResult> play(Scenario scenario) {
    List<StepResult> results = new ArrayList<>();
    KvmState state = initial();
    try (KvmHost.Vm vm = host.createVm()) {
      for (Step step : scenario.steps()) {
        List<Decision> decisions = decider.decide(state, step.request());
        int answered = vm.set(step.request());
        results.add(result(scenario, results.size(), step, answered, decisions));
        state = decider.evolve(state, observed(step.request(), answered));
      }
    }
    return results;
  }

  private KvmState initial() {
    KvmState state = KvmState.initial(host.facts().machine(), HostSettings.DEFAULT);
    return mapped(
        mapped(state, host.facts().writable(), Perms.RW), host.facts().readOnly(), Perms.R);
  }

  private KvmState mapped(KvmState before, HvaRange range, Perms perms) {
    MapHost map =
        new MapHost(
            range, Backing.PRIVATE_ANONYMOUS, perms, HugeAdvice.NONE, "", Mapping.Details.NONE);
    KvmState state = before;
    for (Decision decision : decider.decide(before, map)) {
      state = decider.evolve(state, decision.event());
    }
    return state;
  }

  private static StepResult result(
      Scenario scenario, int number, Step step, int answered, List<Decision> decisions) {
    Decision decision =
        decisions.stream()
            .filter(d -> d.event() instanceof MemslotSet)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a memslot request without an answer"));
    int errno = decision.event() instanceof MemslotSet set ? -set.ret() : 0;
    return new StepResult(
        scenario.name() + ": " + step.name(),
        number,
        ErrnoName.of(answered),
        ErrnoName.of(errno),
        decision.rule().rule(),
        decisions,
        answered == ENOMEM ? "the host had no memory left for it" : "");
  }

  private static MemslotSet observed(SetMemslot request, int errno) {
    return new MemslotSet(
        request.slot(),
        errno == 0 ? SlotChange.UNSTATED : SlotChange.REFUSED,
        request.flags(),
        request.gpa(),
        request.size(),
        request.hva(),
        -errno);
  }
}
