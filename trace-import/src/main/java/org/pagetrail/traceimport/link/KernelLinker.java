package org.pagetrail.traceimport.link;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.pagetrail.traceimport.join.CallNesting;
import org.pagetrail.traceimport.join.KernelTrace;

/** Turns the lines of the kernel's trace into events, each with the events that caused it. */
final class KernelLinker {
  final TrailWriter out;
  final KernelTrace trace;
  final SlotTable slots;
  private final Misunderstood misunderstood;
  private final VcpuLinker vcpuLinker;
  private final CallLinker callLinker;
  private final Map<Integer, ThreadState> threads = new HashMap<>();

  /** The position of the main event of each line. */
  private final long[] seqs;

  /** What QEMU did last in a thread, which an ioctl of the same thread follows from. */
  private final QemuEffects effects;

  KernelLinker(
      TrailWriter out,
      KernelTrace trace,
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
    this.seqs = new long[trace.lines().size()];
    Arrays.fill(seqs, Causes.NONE);
  }

  /** Adds the events of a line. */
  void link(int index) {
    KernelLine line = trace.lines().get(index);
    ThreadState thread = thread(line.thread());
    if (thread.memslotReturn != CallNesting.NONE && index >= thread.memslotReturn) {
      thread.memslot = Causes.NONE;
      thread.memslotReturn = CallNesting.NONE;
      thread.memslotRange = null;
    }
    if (!continuesNotifier(line.fact())) {
      thread.endNotifier();
    }
    seqs[index] =
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
  }

  /** The position of the main event of a line, or {@link Causes#NONE}. */
  long seq(int index) {
    return index == CallNesting.NONE ? Causes.NONE : seqs[index];
  }

  /** QEMU served the exit of this line with the event at this position. */
  void served(int mmioLine, long seq) {
    VcpuState vcpu = vcpu(trace.lines().get(mmioLine).thread());
    if (vcpu.mmio == seqs[mmioLine]) {
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

  List<KernelLine> lines() {
    return trace.lines();
  }

  private ThreadState thread(int id) {
    return threads.computeIfAbsent(
        id,
        key -> {
          Integer vcpu = trace.vcpus().get(key);
          return new ThreadState(vcpu == null ? null : new VcpuState(vcpu));
        });
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
