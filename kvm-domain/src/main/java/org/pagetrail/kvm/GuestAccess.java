package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.KvmCommand.AccessMemory;
import org.pagetrail.kvm.KvmCommand.CompleteMmio;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.slot.Memslot;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** An access of a vCPU, with all its faults, until it ends. */
final class GuestAccess {
  /** No access needs more faults than these in any kernel that makes progress. */
  private static final int MAX_FAULTS = 16;

  private static final int WORD_BYTES = 8;

  private final Draft draft;
  private final AccessMemory access;
  private final FaultPath path;

  GuestAccess(Draft draft, AccessMemory access) {
    this.draft = draft;
    this.access = access;
    this.path = FaultPath.of(draft);
  }

  void run() {
    if (isEmulatedAlways()) {
      goesOn(new X86Emulator(draft).emulate(fault(access.access(), null), slot()));
      return;
    }
    for (int faults = 0; faults < MAX_FAULTS; faults++) {
      Stage2Leaves leaf = draft.state().stage2().at(access.gpa());
      if (leaf != null && permits(leaf, access.access())) {
        complete(leaf);
        return;
      }
      if (!goesOn(path.handle(fault(faultingAccess(leaf), leaf)))) {
        return;
      }
    }
    draft.decide(
        new Undecided(access.vcpu(), access.gpa(), "no progress after " + MAX_FAULTS + " faults"),
        KvmRule.NO_PROGRESS);
  }

  /** On x86, string instructions between memory and ports are never left to the processor. */
  private boolean isEmulatedAlways() {
    boolean toPort =
        access.access() == AccessKind.STRING_IN || access.access() == AccessKind.STRING_OUT;
    return toPort && draft.model().arch() == Arch.X86;
  }

  /** An atomic operation faults as a write, or as its load where the processor splits it. */
  private AccessKind faultingAccess(@Nullable Stage2Leaves leaf) {
    boolean loadFirst =
        access.access() == AccessKind.ATOMIC
            && draft.state().machine().atomicsFaultAsLoads()
            && (leaf == null || !leaf.perms().read());
    return loadFirst ? AccessKind.READ : access.access();
  }

  private static boolean permits(Stage2Leaves leaf, AccessKind access) {
    if (access == AccessKind.EXECUTE) {
      return leaf.perms().execute();
    }
    return access.writes() ? leaf.perms().write() : leaf.perms().read();
  }

  private Fault fault(AccessKind kind, @Nullable Stage2Leaves leaf) {
    return new Fault(
        access.vcpu(),
        kind,
        access.gpa(),
        access.width(),
        access.value(),
        leaf == null ? FaultType.TRANSLATION : FaultType.PERMISSION,
        leaf == null ? draft.state().stage2().missLevel(access.gpa()) : leaf.level(),
        0,
        0);
  }

  private @Nullable Memslot slot() {
    return draft.state().slots().at(access.gpa());
  }

  private boolean goesOn(FaultEnd end) {
    return switch (end.outcome()) {
      case RESUMED -> {
        if (access.access() == AccessKind.WRITE_EXCLUSIVE) {
          end(Completion.DIRECT, null, KvmRule.STORE_EXCLUSIVE_LOST);
          yield false;
        }
        yield true;
      }
      case SKIPPED -> {
        end(Completion.DIRECT, access.value(), KvmRule.HARDWARE);
        yield false;
      }
      case EXITED -> {
        boolean mmio = draft.state().exit(access.vcpu()) != null;
        runReturned(draft, access.vcpu(), mmio ? "KVM_EXIT_MMIO" : "KVM_EXIT_ARM_NISV", 0);
        yield false;
      }
      case INJECTED -> {
        end(Completion.ABORTED, null, KvmRule.HARDWARE);
        yield false;
      }
      case NOT_EMULATED -> {
        runReturned(draft, access.vcpu(), "KVM_EXIT_INTERNAL_ERROR", 0);
        end(Completion.FAILED, null, KvmRule.HARDWARE);
        yield false;
      }
      case SIGNALLED -> {
        runReturned(draft, access.vcpu(), "restart", Errno.EINTR);
        end(Completion.FAILED, null, KvmRule.HARDWARE);
        yield false;
      }
      case UNDECIDED -> false;
      case FAILED -> {
        runReturned(draft, access.vcpu(), "error", end.errno());
        end(Completion.FAILED, null, KvmRule.HARDWARE);
        yield false;
      }
    };
  }

  private void complete(Stage2Leaves leaf) {
    Long value = access.value();
    int offset = access.gpa().pageOffset();
    if (access.access().writes() && value != null) {
      write(leaf.pfn(), offset, value);
      end(Completion.DIRECT, value, KvmRule.HARDWARE, Input.of("entry", leaf.perms()));
      return;
    }
    Long read = access.access().writes() ? null : content(leaf.pfn(), offset);
    end(Completion.DIRECT, read, KvmRule.HARDWARE, Input.of("entry", leaf.perms()));
  }

  /** What a load finds: unknown if a device answers. */
  private @Nullable Long content(Pfn pfn, int offset) {
    Memslot slot = slot();
    HostPages page = slot == null ? null : draft.host().pageAt(slot.hvaOf(access.gpa()));
    boolean device = page != null && page.kind() == PageKind.DEVICE;
    return device ? null : draft.host().read(pfn, offset, Math.min(access.width(), WORD_BYTES));
  }

  /** Every eight bytes of a wide store hold the same value. */
  private void write(Pfn pfn, int offset, long value) {
    int end = (int) Math.min(PageSize.BASE_BYTES, offset + (long) access.width());
    for (int at = offset; at < end; at += WORD_BYTES) {
      draft.decide(
          new PageWritten(pfn, at, Math.min(WORD_BYTES, end - at), value, Writer.GUEST),
          KvmRule.HARDWARE);
    }
  }

  private void end(Completion completion, @Nullable Long value, KvmRule rule, Input... inputs) {
    draft.decide(
        new GuestAccessCompleted(
            access.vcpu(), access.access(), access.gpa(), access.width(), value, completion),
        rule,
        inputs);
  }

  private static void runReturned(Draft draft, int vcpu, String reason, int errno) {
    draft.decide(new RunReturned(vcpu, reason, errno), KvmRule.HARDWARE);
  }

  /** The monitor answered an MMIO exit and enters the guest again. */
  static void complete(Draft draft, CompleteMmio done) {
    MmioExited exit = draft.state().exit(done.vcpu());
    draft.decide(
        new MmioCompleted(done.vcpu(), done.gpa(), done.width(), done.value()),
        KvmRule.MMIO_COMPLETED);
    if (draft.state().exit(done.vcpu()) != null) {
      runReturned(draft, done.vcpu(), "KVM_EXIT_MMIO", 0);
      return;
    }
    boolean write = exit != null && exit.write();
    draft.decide(
        new GuestAccessCompleted(
            done.vcpu(),
            write ? AccessKind.WRITE : AccessKind.READ,
            done.gpa(),
            done.width(),
            exit != null && write ? Long.valueOf(exit.value()) : Long.valueOf(done.value()),
            Completion.MMIO),
        KvmRule.MMIO_COMPLETED);
  }
}
