package org.pagetrail.kvm;

import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.HostState;
import org.pagetrail.kvm.slot.Memslots;
import org.pagetrail.kvm.stage2.Stage2;
import org.pcollections.TreePMap;

/** What each event makes of the state. */
final class Evolution {
  private Evolution() {}

  static KvmState evolve(KvmState state, Event event) {
    return switch (event) {
      case HostEvent host -> evolveHost(state, host);
      case KvmEvent kvm -> evolveKvm(state, kvm);
      case RunEvent.HostDescribed described -> describe(state, described);
      case RunEvent ignored -> state;
      case QemuEvent ignored -> state;
      case GuestEvent ignored -> state;
    };
  }

  private static KvmState evolveHost(KvmState state, HostEvent event) {
    boolean seenByKvm =
        event instanceof HostEvent.RangeInvalidated invalidated
            && !state.slots().behind(invalidated.range()).isEmpty();
    return new KvmState(
        state.machine(),
        state.host().evolve(event),
        state.slots(),
        state.stage2(),
        state.invalidations() + (seenByKvm ? 1 : 0),
        state.exits());
  }

  private static KvmState evolveKvm(KvmState state, KvmEvent event) {
    Stage2 stage2 = state.stage2();
    Memslots slots = state.slots();
    return switch (event) {
      case KvmEvent.MemslotSet set -> with(state, slots.evolve(set));
      case KvmEvent.PageDirtied dirtied -> with(state, slots.dirtied(dirtied.gfn()));
      case KvmEvent.DirtyLogRead read ->
          read.ret() == 0 ? with(state, slots.cleared(read.slot())) : state;
      case KvmEvent.Stage2Mapped mapped -> with(state, stage2.evolve(mapped));
      case KvmEvent.Stage2Relaxed relaxed -> with(state, stage2.evolve(relaxed));
      case KvmEvent.Stage2Unmapped unmapped -> with(state, stage2.unmapped(unmapped.range()));
      case KvmEvent.Stage2Split split -> with(state, stage2.split(split.range()));
      case KvmEvent.Stage2WriteProtected range -> with(state, stage2.writeProtected(range.range()));
      case KvmEvent.MmioExited exit -> with(state, state.exits().plus(exit.vcpu(), exit));
      case KvmEvent.MmioCompleted done -> answered(state, done);
      default -> state;
    };
  }

  /** An access wider than an exit leaves in parts; the rest of it is still to be answered. */
  private static KvmState answered(KvmState state, KvmEvent.MmioCompleted done) {
    KvmEvent.MmioExited exit = state.exit(done.vcpu());
    if (exit == null || done.width() <= 0 || done.width() >= exit.width()) {
      return with(state, state.exits().minus(done.vcpu()));
    }
    KvmEvent.MmioExited rest =
        new KvmEvent.MmioExited(
            exit.vcpu(),
            exit.gpa().plus(done.width()),
            exit.width() - done.width(),
            exit.write(),
            exit.value());
    return with(state, state.exits().plus(done.vcpu(), rest));
  }

  private static KvmState describe(KvmState state, RunEvent.HostDescribed described) {
    HostSettings settings = state.host().settings();
    HostState host =
        state.host().withSettings(settings.describedThp(described.transparentHugePages()));
    return new KvmState(
        state.machine(), host, state.slots(), state.stage2(), state.invalidations(), state.exits());
  }

  private static KvmState with(KvmState state, Memslots slots) {
    return new KvmState(
        state.machine(), state.host(), slots, state.stage2(), state.invalidations(), state.exits());
  }

  private static KvmState with(KvmState state, Stage2 stage2) {
    return new KvmState(
        state.machine(), state.host(), state.slots(), stage2, state.invalidations(), state.exits());
  }

  private static KvmState with(KvmState state, TreePMap<Integer, KvmEvent.MmioExited> exits) {
    return new KvmState(
        state.machine(), state.host(), state.slots(), state.stage2(), state.invalidations(), exits);
  }
}
