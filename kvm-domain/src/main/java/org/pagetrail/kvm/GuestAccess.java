package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
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
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** An access of a vCPU, with all its faults, until it ends. */
final class GuestAccess {
  /** No access needs more faults than these in any kernel that makes progress. */
  private static final int MAX_FAULTS = 16;

  private static final int WORD_BYTES = 8;

  private final Draft draft;
  private final AccessMemory access;

  GuestAccess(Draft draft, AccessMemory access) {
    this.draft = draft;
    this.access = access;
  }

  void run() {
    for (int faults = 0; faults < MAX_FAULTS; faults++) {
      Stage2Leaves leaf = draft.state().stage2().at(access.gpa());
      if (leaf != null && permits(leaf)) {
        complete(leaf);
        return;
      }
      FaultEnd end = new ArmAbort(draft).handle(fault(leaf));
      if (!goesOn(end)) {
        return;
      }
    }
    draft.decide(
        new Undecided(access.vcpu(), access.gpa(), "no progress after " + MAX_FAULTS + " faults"),
        KvmRule.NO_PROGRESS);
  }

  private boolean permits(Stage2Leaves leaf) {
    if (access.access() == AccessKind.EXECUTE) {
      return leaf.perms().execute();
    }
    return access.access().writes() ? leaf.perms().write() : leaf.perms().read();
  }

  private Fault fault(@Nullable Stage2Leaves leaf) {
    return new Fault(
        access.vcpu(),
        access.access(),
        access.gpa(),
        access.width(),
        access.value(),
        leaf == null ? FaultType.TRANSLATION : FaultType.PERMISSION,
        leaf == null ? draft.state().stage2().missLevel(access.gpa()) : leaf.level(),
        0,
        0);
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
        end(Completion.DIRECT, null, KvmRule.HARDWARE);
        yield false;
      }
      case EXITED -> {
        boolean mmio = draft.state().exit(access.vcpu()) != null;
        runReturned(mmio ? "KVM_EXIT_MMIO" : "KVM_EXIT_ARM_NISV", 0);
        yield false;
      }
      case INJECTED -> {
        end(Completion.ABORTED, null, KvmRule.HARDWARE);
        yield false;
      }
      case SIGNALLED -> {
        runReturned("restart", Errno.EINTR);
        end(Completion.FAILED, null, KvmRule.HARDWARE);
        yield false;
      }
      case FAILED -> {
        runReturned("error", end.errno());
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
    Long read =
        access.access().writes()
            ? null
            : draft.host().read(leaf.pfn(), offset, Math.min(access.width(), WORD_BYTES));
    end(Completion.DIRECT, read, KvmRule.HARDWARE, Input.of("entry", leaf.perms()));
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

  private void runReturned(String reason, int errno) {
    draft.decide(new RunReturned(access.vcpu(), reason, errno), KvmRule.HARDWARE);
  }

  /** The monitor answered an MMIO exit and enters the guest again. */
  static void complete(Draft draft, CompleteMmio done) {
    MmioExited exit = draft.state().exit(done.vcpu());
    boolean write = exit != null && exit.write();
    draft.decide(
        new MmioCompleted(done.vcpu(), done.gpa(), done.width(), done.value()),
        KvmRule.MMIO_COMPLETED);
    draft.decide(
        new GuestAccessCompleted(
            done.vcpu(),
            write ? AccessKind.WRITE : AccessKind.READ,
            done.gpa(),
            done.width(),
            write && exit != null ? Long.valueOf(exit.value()) : Long.valueOf(done.value()),
            Completion.MMIO),
        KvmRule.MMIO_COMPLETED);
  }
}
