package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2MadeYoung;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.FaultEnd.Outcome;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.arm.FaultTypes;
import org.pagetrail.kvm.model.arm.MissingSyndrome;
import org.pagetrail.kvm.model.arm.SlotMiss;
import org.pagetrail.kvm.model.arm.Syndrome;
import org.pagetrail.kvm.model.arm.WriteFault;
import org.pagetrail.kvm.slot.Memslot;

/** One stage 2 abort on arm and arm64: kvm_handle_guest_abort. */
final class ArmAbort implements FaultPath {
  /** What AbortHandled says when the guest is resumed. */
  private static final int RESUME_GUEST = 1;

  private static final int EXIT_TO_MONITOR = 0;

  private final Draft draft;

  ArmAbort(Draft draft) {
    this.draft = draft;
  }

  @Override
  public FaultEnd handle(Fault fault) {
    Syndrome syndrome =
        fault.syndrome() != 0
            ? Syndrome.decode(fault.syndrome())
            : Syndrome.of(fault.access(), fault.fault(), fault.level());
    FaultTypes types = draft.model().rule(FaultTypes.class);
    long esr = fault.syndrome() != 0 ? fault.syndrome() : syndrome.encode(fault.width());
    draft.decide(
        new Stage2Faulted(
            fault.vcpu(),
            fault.access(),
            fault.gpa(),
            fault.fault(),
            fault.level(),
            esr,
            fault.pc()),
        KvmRule.HARDWARE);
    if (!types.handles(fault.fault())) {
      return fail(fault, Errno.EFAULT, types, Input.of("fault", fault.fault()));
    }
    Memslot slot = draft.state().slots().at(fault.gpa());
    WriteFault writeRule = draft.model().rule(WriteFault.class);
    boolean write = writeRule.isWrite(syndrome);
    if (slot == null || (write && slot.flags().isReadOnly())) {
      return withoutMemory(fault, syndrome, slot, write);
    }
    if (fault.fault() == FaultType.ACCESS_FLAG) {
      draft.decide(new Stage2MadeYoung(fault.gpa()), KvmRule.ACCESS_FLAG);
      return end(fault, Outcome.RESUMED, KvmRule.ACCESS_FLAG);
    }
    return new ArmMapping(draft, this, fault, syndrome, slot, write).resolve();
  }

  /** No slot, or a write to a read-only one. */
  private FaultEnd withoutMemory(
      Fault fault, Syndrome syndrome, @Nullable Memslot slot, boolean write) {
    SlotMiss rule = draft.model().rule(SlotMiss.class);
    Input[] inputs = {Input.of("slot", slot != null), Input.of("write", write)};
    if (syndrome.instruction()) {
      return inject(fault, AbortKind.INSTRUCTION, rule, inputs);
    }
    if (syndrome.walk() && rule == SlotMiss.WALK_ABORTS) {
      return inject(fault, AbortKind.DATA, rule, inputs);
    }
    if (syndrome.maintenance() && rule.skipsMaintenance(slot != null)) {
      return end(fault, Outcome.SKIPPED, rule, inputs);
    }
    // A walk has no instruction syndrome, and kernels that leave walks to MMIO emulation ask for it
    // first.
    if (!syndrome.valid()) {
      MissingSyndrome missing = draft.model().rule(MissingSyndrome.class);
      boolean asked = draft.state().machine().nisvExits();
      if (missing == MissingSyndrome.EXIT_IF_ASKED && asked) {
        return end(fault, Outcome.EXITED, missing, Input.of("asked", true));
      }
      return fail(fault, Errno.ENOSYS, missing, Input.of("asked", asked));
    }
    if (syndrome.walk()) {
      return inject(fault, AbortKind.DATA, KvmRule.MMIO_WALK, inputs);
    }
    Long value = fault.value();
    draft.decide(
        new MmioExited(
            fault.vcpu(), fault.gpa(), fault.width(), syndrome.write(), value == null ? 0 : value),
        KvmRule.MMIO_EXIT,
        inputs);
    return end(fault, Outcome.EXITED, KvmRule.MMIO_EXIT);
  }

  FaultEnd inject(Fault fault, AbortKind kind, Rule rule, Input... inputs) {
    draft.decide(new AbortInjected(fault.vcpu(), kind, fault.gpa().value()), rule, inputs);
    return end(fault, Outcome.INJECTED, rule);
  }

  FaultEnd fail(Fault fault, int errno, Rule rule, Input... inputs) {
    draft.decide(new AbortHandled(fault.vcpu(), -errno), rule, inputs);
    return FaultEnd.failed(errno);
  }

  FaultEnd end(Fault fault, Outcome outcome, Rule rule, Input... inputs) {
    int ret = outcome == Outcome.EXITED ? EXIT_TO_MONITOR : RESUME_GUEST;
    draft.decide(new AbortHandled(fault.vcpu(), ret), rule, inputs);
    return FaultEnd.of(outcome);
  }
}
