package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.DirtyLoggingSet;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand.DispatchPortRead;
import org.pagetrail.qemu.QemuCommand.DispatchPortWrite;
import org.pagetrail.qemu.QemuCommand.DispatchRead;
import org.pagetrail.qemu.QemuCommand.DispatchWrite;
import org.pagetrail.qemu.QemuCommand.MemslotRefused;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.QemuCommand.RegionTransaction;
import org.pagetrail.qemu.QemuCommand.ResetSystem;
import org.pagetrail.qemu.QemuCommand.SetGlobalDirtyLogging;
import org.pagetrail.qemu.rule.Rule;
import org.pagetrail.qemu.slot.DirtyLogging;

/**
 * Decides what QEMU does. Pure: the same state and command give the same events, and an impossible
 * command gives a refusal.
 *
 * <p>A flash that leaves array mode takes its memslot with it:
 *
 * <pre>{@code
 * QemuDecider decider = new QemuDecider(QemuModel.of("7.2.22"));
 * List<Decision> decided =
 *     decider.decide(state, new DispatchWrite(0, new Gpa(0x4000008), 4, 0x900090));
 * }</pre>
 */
public final class QemuDecider {
  static final Rule SHOWN =
      new Rule(
          "qemu/flat-view/shown",
          "An address space shows the newest view of its root once the command is done.",
          "QEMU 2.1 to 10.2, memory.c");

  private final QemuModel model;

  /** A decider by the rules of one release. */
  public QemuDecider(QemuModel model) {
    this.model = model;
  }

  /** What the command makes happen, in order. */
  public List<Decision> decide(QemuState state, QemuCommand command) {
    return draft(state, command).decisions();
  }

  /** The state after an event; an event of another layer changes nothing. */
  public QemuState evolve(QemuState state, Event event) {
    return QemuFold.evolve(model, state, event);
  }

  Draft draft(QemuState state, QemuCommand command) {
    Draft draft = new Draft(model, state);
    try {
      if (!(command instanceof PowerOn) && !state.isOn()) {
        throw new Impossible("no machine is on");
      }
      carryOut(draft, command);
      showViews(draft, state);
      return draft;
    } catch (Impossible e) {
      Draft refusal = new Draft(model, state);
      refusal.refuse(command.getClass().getSimpleName(), e.reason());
      return refusal;
    }
  }

  private static void carryOut(Draft draft, QemuCommand command) throws Impossible {
    switch (command) {
      case PowerOn on -> {
        if (draft.state().isOn() || draft.state().machine().exited()) {
          throw new Impossible("QEMU builds one machine");
        }
        BoardBuilder.build(draft, on.spec());
      }
      case DispatchRead read ->
          new AccessDispatch(draft, AccessDispatch.MEMORY).read(read.gpa(), read.width());
      case DispatchWrite write ->
          new AccessDispatch(draft, AccessDispatch.MEMORY)
              .write(write.gpa(), write.width(), write.value());
      case DispatchPortRead read ->
          new AccessDispatch(draft, AccessDispatch.PORTS).read(new Gpa(read.port()), read.width());
      case DispatchPortWrite write ->
          new AccessDispatch(draft, AccessDispatch.PORTS)
              .write(new Gpa(write.port()), write.width(), write.value());
      case ResetSystem reset -> new Reset(draft).run(List.of());
      case SetGlobalDirtyLogging set -> logDirty(draft, set.on());
      case RegionTransaction transaction ->
          RegionEdits.commit(draft, HostMemory.of(draft), transaction.ops());
      case MemslotRefused refused ->
          draft.add(
              new MonitorExited(
                  "kvm_set_phys_mem: error registering slot "
                      + refused.slot()
                      + " at "
                      + refused.gpa()
                      + ": errno "
                      + refused.errno()),
              SlotErrors.RULE);
    }
  }

  private static void logDirty(Draft draft, boolean on) throws Impossible {
    if (draft.state().machine().dirtyLogging() == on) {
      throw new Impossible("dirty logging is " + (on ? "on" : "off") + " already");
    }
    DirtyLogging rule = draft.model().dirtyLogging();
    draft.add(new DirtyLoggingSet(on), rule.rule());
    switch (rule) {
      case SWITCH -> new Memslots(draft).setAllAgain();
      case MASK -> new MapRebuild(draft).run();
    }
  }

  /** Says what address spaces show where that changed in more than romd modes. */
  private static void showViews(Draft draft, QemuState before) {
    QemuState after = draft.state();
    for (AddressSpace space : after.spaces().spaces()) {
      AddressSpace old = before.space(space.name());
      if (old != null && old.view().id().equals(space.view().id())) {
        continue;
      }
      List<FlatRange> ranges = ShownRanges.of(after.tree(), space.view());
      List<FlatRange> oldRanges =
          old == null ? List.of() : ShownRanges.of(after.tree(), old.view());
      if (!ShownRanges.sameButForRomd(oldRanges, ranges)) {
        draft.add(new FlatViewCommitted(space.name(), new ArrayList<>(ranges)), SHOWN);
      }
    }
  }
}
