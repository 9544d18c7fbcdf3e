package org.pagetrail.traceimport.link;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioAbortHandled;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2MadeYoung;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.Returned;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;

/**
 * Calls of kernel functions and their returns. A pair is one event, at its return, where its result
 * is known; a memslot is set at its call, because what the ioctl does to stage 2 follows from it.
 */
final class CallLinker {
  private static final int RETURNED_TO_GUEST = 1;

  private final KernelLinker kernel;
  private final VcpuLinker vcpus;

  CallLinker(KernelLinker kernel) {
    this.kernel = kernel;
    this.vcpus = new VcpuLinker(kernel);
  }

  long called(long index, KernelCall call, ThreadState thread) {
    KernelLine line = kernel.trace.line(index);
    boolean returns = kernel.trace.peer(index) != null;
    return switch (call) {
      case KernelCall.SetMemslot set -> memslot(index, set, thread);
      case KernelCall.InjectAbort abort -> inject(line, abort, thread);
      case KernelCall.Stage2Unmap unmap ->
          kernel.add(line, new Stage2Unmapped(unmap.range()), removal(unmap.range(), thread));
      case KernelCall.Stage2WriteProtect protect ->
          kernel.add(
              line, new Stage2WriteProtected(protect.range()), removal(protect.range(), thread));
      case KernelCall.Stage2MakeYoung young ->
          effect(
              kernel.add(
                  line,
                  new Stage2MadeYoung(young.gpa()),
                  Causes.of(thread.fault(), kernel.slots.seqAt(young.gpa()))),
              thread);
      case KernelCall.Stage2Map map -> returns ? Causes.NONE : mapped(line, map, null, thread);
      case KernelCall.Stage2Relax relax ->
          returns ? Causes.NONE : relaxed(line, relax, null, thread);
      case KernelCall.LookUpPfn lookup -> unanswered(line, call, returns);
      case KernelCall.AskDevice question -> unanswered(line, call, returns);
      case KernelCall.EmulateMmio emulate -> unanswered(line, call, returns);
      case KernelCall.HandleAbort handle -> Causes.NONE;
    };
  }

  long returned(long index, Returned returned, ThreadState thread) {
    KernelLine line = kernel.trace.line(index);
    if (returned.meaning() == ProbeMeaning.HANDLE_ABORT) {
      return abortHandled(line, (int) returned.value(), thread);
    }
    KernelLine peer = kernel.trace.peer(index);
    if (peer == null || !(peer.fact() instanceof Called called)) {
      kernel.notUnderstood(line, "return without its call");
      return Causes.NONE;
    }
    int ret = (int) returned.value();
    return switch (called.call()) {
      case KernelCall.LookUpPfn lookup -> resolved(line, lookup, returned.value(), thread);
      case KernelCall.AskDevice question -> {
        long seq =
            kernel.add(
                line,
                new DeviceDecided(
                    question.pfn(), question.writable(), (returned.value() & 0xff) != 0),
                Causes.of(thread.vcpu == null ? Causes.NONE : thread.vcpu.lookup));
        if (thread.vcpu != null) {
          thread.vcpu.device = seq;
        }
        yield seq;
      }
      case KernelCall.Stage2Map map -> mapped(line, map, ret, thread);
      case KernelCall.Stage2Relax relax -> relaxed(line, relax, ret, thread);
      case KernelCall.EmulateMmio emulate -> emulated(line, emulate.gpa(), ret, thread);
      default -> Causes.NONE;
    };
  }

  /** An entry that a trace event states, not a probe. */
  long set(long index, KernelCall.Stage2Map map, ThreadState thread) {
    return mapped(kernel.trace.line(index), map, 0, thread);
  }

  private long unanswered(KernelLine line, KernelCall call, boolean returns) {
    if (!returns) {
      kernel.notUnderstood(line, "call without its return: " + call.meaning());
    }
    return Causes.NONE;
  }

  private long memslot(long index, KernelCall.SetMemslot set, ThreadState thread) {
    KernelLine line = kernel.trace.line(index);
    KernelLine peer = kernel.trace.peer(index);
    int ret = peer != null && peer.fact() instanceof Returned returned ? (int) returned.value() : 0;
    SlotTable.Slot old = kernel.slots.get(set.slot());
    MemslotSet event = kernel.slots.event(set, ret);
    Causes causes = kernel.effects().of(line.thread());
    if (thread.vcpu != null && thread.vcpu.inUserspace) {
      causes.and(thread.vcpu.mmio);
    }
    long seq = peer == null ? kernel.suppose(line, event, causes) : kernel.add(line, event, causes);
    thread.memslot = seq;
    thread.memslotReturn = kernel.trace.returnOf(index);
    thread.memslotRange = old == null ? null : old.range();
    if (ret >= 0) {
      kernel.slots.set(set, seq);
    }
    return seq;
  }

  private long inject(KernelLine line, KernelCall.InjectAbort abort, ThreadState thread) {
    VcpuState vcpu = thread.vcpu;
    if (vcpu == null) {
      kernel.notUnderstood(line, "abort injected by a thread that runs no vCPU");
      return Causes.NONE;
    }
    long seq =
        kernel.add(
            line,
            new AbortInjected(vcpu.number, abort.kind(), abort.address()),
            Causes.of(thread.fault()));
    vcpus.end(line, vcpu, Completion.ABORTED, seq);
    return effect(seq, thread);
  }

  /** Why entries go: the notifier call or ioctl under way that concerns them, else the fault. */
  private Causes removal(GpaRange range, ThreadState thread) {
    if (thread.invalidated != null && kernel.slots.backs(thread.invalidated, range)) {
      return Causes.of(thread.invalidation);
    }
    GpaRange slot = thread.memslotRange;
    if (thread.memslot != Causes.NONE && (slot == null || slot.overlaps(range))) {
      return Causes.of(thread.memslot);
    }
    return Causes.of(thread.fault());
  }

  private long mapped(
      KernelLine line, KernelCall.Stage2Map map, @Nullable Integer ret, ThreadState thread) {
    Stage2Mapped event =
        new Stage2Mapped(
            map.gpa(), map.size(), map.pfn(), map.perms(), map.memoryType(), ret == null ? 0 : ret);
    return changed(line, event, map.gpa(), ret != null, thread);
  }

  private long relaxed(
      KernelLine line, KernelCall.Stage2Relax relax, @Nullable Integer ret, ThreadState thread) {
    Stage2Relaxed event = new Stage2Relaxed(relax.gpa(), relax.added(), ret == null ? 0 : ret);
    return changed(line, event, relax.gpa(), ret != null, thread);
  }

  private long changed(
      KernelLine line, Event event, Gpa gpa, boolean answered, ThreadState thread) {
    Causes causes = Causes.of(kernel.slots.seqAt(gpa));
    if (thread.entryChange != Causes.NONE) {
      causes.and(thread.entryChange);
    } else if (thread.vcpu != null && thread.vcpu.handlesFault()) {
      causes.and(thread.vcpu.fault).and(thread.vcpu.lookup).and(thread.vcpu.device);
    }
    long seq = answered ? kernel.add(line, event, causes) : kernel.suppose(line, event, causes);
    return thread.entryChange == Causes.NONE ? effect(seq, thread) : seq;
  }

  private long resolved(
      KernelLine line, KernelCall.LookUpPfn lookup, long pfn, ThreadState thread) {
    LookupResult result = PfnValues.result(pfn);
    boolean write = lookup.write();
    if (!write && thread.vcpu != null && thread.vcpu.handlesStore(lookup.gfn())) {
      // A lookup for a store asks to write in every kernel. Where the argument is not that question
      // (6.2 to 6.12 have one more before it), the probe's number says nothing.
      kernel.notUnderstood(line, "lookup for a store that says write=0: taken for a write");
      write = true;
    }
    long seq =
        kernel.add(
            line,
            new PfnResolved(
                lookup.gfn(),
                write,
                result,
                result == LookupResult.FOUND ? new Pfn(pfn) : null,
                PageKind.UNKNOWN,
                null),
            Causes.of(thread.fault(), kernel.slots.seqAt(lookup.gfn().gpa())));
    if (thread.vcpu != null) {
      thread.vcpu.lookup = seq;
      thread.vcpu.device = Causes.NONE;
    }
    return effect(seq, thread);
  }

  private long emulated(KernelLine line, Gpa gpa, int ret, ThreadState thread) {
    VcpuState vcpu = thread.vcpu;
    long mmio = vcpu == null ? Causes.NONE : vcpu.effect;
    long seq = kernel.add(line, new MmioAbortHandled(gpa, ret), Causes.of(thread.fault(), mmio));
    effect(seq, thread);
    if (vcpu != null && ret == RETURNED_TO_GUEST) {
      vcpus.completeWrite(line, vcpu);
    }
    return seq;
  }

  private long abortHandled(KernelLine line, int ret, ThreadState thread) {
    VcpuState vcpu = thread.vcpu;
    if (vcpu == null) {
      kernel.notUnderstood(line, "abort handled by a thread that runs no vCPU");
      return Causes.NONE;
    }
    long seq =
        kernel.add(line, new AbortHandled(vcpu.number, ret), Causes.of(vcpu.fault, vcpu.effect));
    vcpu.flow = seq;
    return seq;
  }

  private static long effect(long seq, ThreadState thread) {
    if (thread.vcpu != null && !thread.vcpu.inUserspace) {
      thread.vcpu.effect = seq;
    }
    return seq;
  }
}
