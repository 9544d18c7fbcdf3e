package org.pagetrail.traceimport.link;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.input.Misunderstood;
import org.pagetrail.traceimport.join.KernelWindow;

/** Turns the lines of the kernel's trace into events, each with the events that caused it. */
final class KernelLinker {
  /** How many lines an exit may take until QEMU's log says that it was served. */
  private static final int SEQS = 1 << 20;

  final TrailWriter out;
  final KernelWindow trace;
  final SlotTable slots;
  private final Misunderstood misunderstood;
  private final VcpuLinker vcpuLinker;
  private final CallLinker callLinker;
  private final Map<Integer, ThreadState> threads = new HashMap<>();

  /** The position of the main event of each of the last lines. */
  private final long[] seqs;

  private long linked = KernelWindow.NONE;
  private @Nullable ThreadState lastThread;

  /** What QEMU did last in a thread, which an ioctl of the same thread follows from. */
  private final QemuEffects effects;

  KernelLinker(
      TrailWriter out,
      KernelWindow trace,
      SlotTable slots,
      QemuEffects effects,
      Misunderstood misunderstood) {
    this.out = out;
    this.trace = trace;
    this.slots = slots;
    this.effects = effects;
    this.misunderstood = misunderstood;
    this.vcpuLinker = new VcpuLinker(this);
    this.callLinker = new CallLinker(this);
    this.seqs = new long[SEQS];
  }

  /** Adds the events of a line. */
  void link(long index) {
    KernelLine line = trace.line(index);
    ThreadState thread = thread(line.thread());
    if (thread.memslotReturn != KernelWindow.NONE && index >= thread.memslotReturn) {
      thread.memslot = Causes.NONE;
      thread.memslotReturn = KernelWindow.NONE;
      thread.memslotRange = null;
    }
    if (!continuesNotifier(line.fact())) {
      thread.endNotifier();
    }
    long seq =
        switch (line.fact()) {
          case KernelFact.OfVcpu fact -> vcpuLinker.link(index, fact, vcpu(line.thread()));
          case KernelFact.Called called -> callLinker.called(index, called.call(), thread);
          case KernelFact.Returned returned -> callLinker.returned(index, returned, thread);
          case KernelFact.EntrySet set -> callLinker.set(index, set.entry(), thread);
          case KernelFact.RangeInvalidation fact -> invalidated(line, fact, thread);
          case KernelFact.EntryChange fact -> changed(line, fact, thread);
          case KernelFact.OfHost host -> add(line, host.event(), Causes.of());
          case KernelFact.Marker marker -> add(line, new MarkerSeen(marker.text()), Causes.of());
          case KernelFact.Lost lost ->
              add(line, new EventsLost(line.source().input(), lost.count()), Causes.of());
          case KernelFact.Noted noted ->
              add(
                  line,
                  new VcpuNoted(
                      thread.vcpu == null ? -1 : thread.vcpu.number, noted.event(), noted.text()),
                  Causes.of());
        };
    seqs[(int) index & (SEQS - 1)] = seq;
    linked = index;
  }

  /**
   * The position of the main event of a line, or {@link Causes#NONE} if it has none or is too long
   * ago.
   */
  long seq(long index) {
    return index < 0 || index > linked || linked - index >= SEQS
        ? Causes.NONE
        : seqs[(int) index & (SEQS - 1)];
  }

  /** QEMU served the exit of this line with the event at this position. */
  void served(long mmioLine, int threadId, long seq) {
    VcpuState vcpu = vcpu(threadId);
    if (vcpu.mmio == seq(mmioLine)) {
      vcpu.served.add(seq);
    }
  }

  QemuEffects effects() {
    return effects;
  }

  long add(KernelLine line, Event event, Causes causes) {
    return out.observed(line.timeNanos(), event, causes, line.source());
  }

  long suppose(KernelLine line, Event event, Causes causes) {
    return out.assumed(line.timeNanos(), event, causes);
  }

  void notUnderstood(KernelLine line, String kind) {
    misunderstood.add(kind, line.source().line());
  }

  private ThreadState thread(int id) {
    ThreadState last = lastThread;
    if (last != null && last.id == id) {
      return last;
    }
    ThreadState thread = threads.computeIfAbsent(id, ThreadState::new);
    if (thread.vcpu == null) {
      Integer vcpu = trace.vcpus().number(id);
      thread.vcpu = vcpu == null ? null : new VcpuState(vcpu);
    }
    lastThread = thread.vcpu == null ? null : thread;
    return thread;
  }

  private VcpuState vcpu(int threadId) {
    VcpuState vcpu = thread(threadId).vcpu;
    if (vcpu == null) {
      throw new IllegalStateException("thread " + threadId + " runs no vCPU");
    }
    return vcpu;
  }

  private long invalidated(KernelLine line, KernelFact.RangeInvalidation fact, ThreadState thread) {
    thread.invalidation = add(line, new RangeInvalidated(fact.range()), Causes.of(thread.reason()));
    thread.invalidated = fact.range();
    return thread.invalidation;
  }

  private long changed(KernelLine line, KernelFact.EntryChange fact, ThreadState thread) {
    boolean announced = thread.invalidated != null && thread.invalidated.contains(fact.hva());
    Causes causes = Causes.of(announced ? thread.invalidation : thread.reason());
    thread.entryChange = add(line, new EntryChanged(fact.hva()), causes);
    return thread.entryChange;
  }

  /** A notifier call lasts while its thread only announces and changes entries. */
  private static boolean continuesNotifier(KernelFact fact) {
    return switch (fact) {
      case KernelFact.RangeInvalidation range -> true;
      case KernelFact.EntryChange change -> true;
      case KernelFact.Called called -> isStage2(called.call().meaning());
      case KernelFact.Returned returned -> isStage2(returned.meaning());
      default -> false;
    };
  }

  private static boolean isStage2(ProbeMeaning meaning) {
    return switch (meaning) {
      case STAGE2_MAP, STAGE2_UNMAP, STAGE2_WRITE_PROTECT -> true;
      default -> false;
    };
  }
}
