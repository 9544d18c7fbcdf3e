package org.pagetrail.kvm;

import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.FaultEnd.Outcome;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.PageLookup.Found;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.port.LookupFailure;
import org.pagetrail.kvm.model.port.NoSlotAccess;
import org.pagetrail.kvm.model.port.ReadOnlyWrite;
import org.pagetrail.kvm.model.port.StaleLookup;
import org.pagetrail.kvm.slot.Memslot;

/**
 * One guest page fault on riscv, loongarch, mips, powerpc or s390. Where a rule of the kernel is
 * not known, the fault ends there with the question that is open.
 */
final class PortFault implements FaultPath {
  private static final int NO_LEVEL = -1;

  /** A lookup is repeated while the host changes things, which one command does a few times. */
  private static final int LOOKUPS_MAX = 16;

  private final Draft draft;

  PortFault(Draft draft) {
    this.draft = draft;
  }

  @Override
  public FaultEnd handle(Fault fault) {
    draft.decide(
        new Stage2Faulted(
            fault.vcpu(),
            fault.access(),
            fault.gpa(),
            fault.fault(),
            NO_LEVEL,
            fault.syndrome(),
            fault.pc()),
        KvmRule.HARDWARE);
    Memslot slot = draft.state().slots().at(fault.gpa());
    if (slot == null) {
      return withoutSlot(fault);
    }
    boolean write = fault.access().writes();
    if (write && slot.flags().isReadOnly()) {
      return writeToReadOnlySlot(fault);
    }
    PortMapping mapping = new PortMapping(draft, this, fault, slot);
    if (write && mapping.isWriteLetThrough()) {
      return mapping.letWriteThrough();
    }
    StaleLookup stale = draft.model().rule(StaleLookup.class);
    for (int lookups = 0; lookups < LOOKUPS_MAX; lookups++) {
      long before = draft.state().invalidations();
      Found found = new PageLookup(draft).resolve(slot, fault.gpa().gfn(), write);
      Pfn pfn = found.pfn();
      if (found.result() != LookupResult.FOUND || pfn == null) {
        return withoutPage(fault, slot, found);
      }
      if (draft.state().invalidations() == before) {
        return mapping.map(found, pfn);
      }
      if (stale.isUnknown()) {
        return undecided(fault, stale);
      }
      if (!stale.looksAgain()) {
        return end(fault, Outcome.RESUMED, stale);
      }
    }
    return undecided(fault, stale);
  }

  private FaultEnd withoutSlot(Fault fault) {
    NoSlotAccess rule = draft.model().rule(NoSlotAccess.class);
    boolean fetch = fault.access() == AccessKind.EXECUTE;
    return switch (rule) {
      case RISCV_FETCH_FAILS -> fetch ? fail(fault, Errno.EOPNOTSUPP, rule) : exit(fault, rule);
      case RISCV_FETCH_ABORTS, LOONGARCH_EMULATED ->
          fetch ? inject(fault, AbortKind.INSTRUCTION, rule) : exit(fault, rule);
      case RISCV_FETCH_UNKNOWN, MIPS_EMULATED -> fetch ? undecided(fault, rule) : exit(fault, rule);
      case POWERPC_RADIX_EMULATED -> {
        if (fetch || hasHashedTables()) {
          yield undecided(fault, rule);
        }
        yield isWalk(fault) ? inject(fault, AbortKind.DATA, rule) : exit(fault, rule);
      }
      case S390_ADDRESSING -> inject(fault, fetch ? AbortKind.INSTRUCTION : AbortKind.DATA, rule);
      case UNKNOWN -> undecided(fault, rule);
    };
  }

  private FaultEnd writeToReadOnlySlot(Fault fault) {
    ReadOnlyWrite rule = draft.model().rule(ReadOnlyWrite.class);
    return switch (rule) {
      case RISCV_EXITS, LOONGARCH_EMULATED, MIPS_EMULATED -> exit(fault, rule);
      case POWERPC_RADIX_INTERRUPTS ->
          hasHashedTables() ? undecided(fault, rule) : inject(fault, AbortKind.DATA, rule);
      case S390_NOT_SUPPORTED, UNKNOWN -> undecided(fault, rule);
    };
  }

  private FaultEnd withoutPage(Fault fault, Memslot slot, Found found) {
    LookupFailure rule = draft.model().rule(LookupFailure.class);
    Input lookup = Input.of("lookup", found.result());
    return switch (rule) {
      case RISCV_RUN_FAILS -> {
        if (found.result() == LookupResult.HWPOISON) {
          draft.decide(new SignalSent("SIGBUS", slot.hvaOf(fault.gpa())), rule, lookup);
          yield end(fault, Outcome.SIGNALLED, rule);
        }
        yield fail(fault, Errno.EFAULT, rule, lookup);
      }
      case LOONGARCH_EMULATED, MIPS_EMULATED -> withoutSlot(fault);
      case UNKNOWN -> undecided(fault, rule, lookup);
    };
  }

  /** The monitor answers, if the instruction is one that every emulator of a port understands. */
  private FaultEnd exit(Fault fault, Rule rule) {
    boolean plain = fault.access() == AccessKind.READ || fault.access() == AccessKind.WRITE;
    if (!plain) {
      return undecided(fault, KvmRule.UNKNOWN_INSTRUCTION, Input.of("access", fault.access()));
    }
    Long value = fault.value();
    boolean write = fault.access().writes();
    draft.decide(
        new MmioExited(
            fault.vcpu(), fault.gpa(), fault.width(), write, write && value != null ? value : 0),
        rule,
        Input.of("write", write));
    draft.decide(new AbortHandled(fault.vcpu(), 0), rule);
    return FaultEnd.of(Outcome.EXITED);
  }

  private FaultEnd inject(Fault fault, AbortKind kind, Rule rule) {
    draft.decide(new AbortInjected(fault.vcpu(), kind, fault.gpa().value()), rule);
    return end(fault, Outcome.INJECTED, rule);
  }

  private FaultEnd fail(Fault fault, int errno, Rule rule, Input... inputs) {
    draft.decide(new AbortHandled(fault.vcpu(), -errno), rule, inputs);
    return FaultEnd.failed(errno);
  }

  FaultEnd end(Fault fault, Outcome outcome, Rule rule) {
    draft.decide(new AbortHandled(fault.vcpu(), 1), rule);
    return FaultEnd.of(outcome);
  }

  FaultEnd undecided(Fault fault, Rule rule, Input... inputs) {
    draft.decide(
        new Undecided(fault.vcpu(), fault.gpa(), rule.text().openQuestion()), rule, inputs);
    return FaultEnd.of(Outcome.UNDECIDED);
  }

  boolean hasHashedTables() {
    return draft.state().machine().paging() == Paging.HASH;
  }

  private static boolean isWalk(Fault fault) {
    return fault.access() == AccessKind.WALK_READ || fault.access() == AccessKind.WALK_WRITE;
  }
}
