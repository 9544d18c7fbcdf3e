package org.pagetrail.traceimport.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.join.KernelWindow;
import org.pagetrail.traceimport.join.LogJoin;
import org.pagetrail.traceimport.join.LogWindow;

/** Turns the lines of QEMU's log into events, each with the events that caused it. */
final class QemuLinker {
  /** A device says far less on the way to one read; more is a log that never names the read. */
  private static final int LINES_BEFORE_READ_MAX = 64;

  private final TrailWriter out;
  private final LogJoin join;
  private final KernelLinker kernel;
  private final SlotTable slots;
  private final QemuEffects effects;
  private final Map<String, Long> builtForRoot = new HashMap<>();
  private final Map<String, Long> dropped = new HashMap<>();

  /** What QEMU said on the way to a read that it has not logged yet, by thread. */
  private final Map<Integer, List<Long>> opening = new HashMap<>();

  QemuLinker(
      TrailWriter out, LogJoin join, KernelLinker kernel, SlotTable slots, QemuEffects effects) {
    this.out = out;
    this.join = join;
    this.kernel = kernel;
    this.slots = slots;
    this.effects = effects;
  }

  /** Adds the event of a line. */
  void link(LogWindow.Entry entry) {
    QemuLine line = entry.line();
    long exit = entry.exit();
    int thread = entry.thread();
    long mmio = kernel.seq(exit);
    QemuEffects.Doing doing = effects.at(thread);
    Causes causes =
        switch (line.event()) {
          case QemuEvent.DeviceRead read -> begin(doing, mmio).and(opened(thread));
          case QemuEvent.DeviceWritten written -> begin(doing, mmio);
          case FlatViewBuilt built -> Causes.of(doing.step());
          case FlatViewDropped drop -> causesOf(drop);
          case MemslotRequested request -> Causes.of(kernel.seq(entry.memslot()), doing.view);
          case QemuEvent.FlashRead read -> Causes.of(mmio).and(soFar(thread));
          default -> line.opensRead() ? Causes.of(mmio) : Causes.of(mmio, doing.step());
        };
    long seq = out.observed(join.timeNanos(line), event(line), causes, line.source());
    remember(line, seq, thread, doing);
    if (line.event() instanceof MemslotRequested request
        && request.ret() >= 0
        && entry.memslot() == KernelWindow.NONE) {
      setUnseen(request, join.timeNanos(line), seq);
    }
    if (exit != KernelWindow.NONE && answers(line.event())) {
      kernel.served(exit, thread, seq);
    }
  }

  /** Where the kernel's own trace is missing, QEMU's word for the end of KVM_RUN stands for it. */
  private Event event(QemuLine line) {
    if (join.facts().isEmpty()
        && line.event() instanceof QemuEvent.QemuNoted noted
        && noted.event().equals("kvm_run_exit")) {
      return RunExits.returned(noted.text()).<Event>map(RunReturned.class::cast).orElse(noted);
    }
    return line.event();
  }

  private static Causes begin(QemuEffects.Doing doing, long mmio) {
    doing.begin();
    return Causes.of(mmio);
  }

  private List<Long> soFar(int thread) {
    return opening.getOrDefault(thread, List.of());
  }

  private List<Long> opened(int thread) {
    List<Long> before = opening.remove(thread);
    return before == null ? List.of() : before;
  }

  private Causes causesOf(FlatViewDropped drop) {
    return drop.freed()
        ? Causes.of(dropped.getOrDefault(drop.view(), Causes.NONE))
        : Causes.of(builtForRoot.getOrDefault(drop.root(), Causes.NONE));
  }

  private void remember(QemuLine line, long seq, int thread, QemuEffects.Doing doing) {
    if (line.opensRead()) {
      List<Long> before = opening.computeIfAbsent(thread, key -> new ArrayList<>());
      if (before.size() < LINES_BEFORE_READ_MAX) {
        before.add(seq);
      }
      return;
    }
    switch (line.event()) {
      case QemuEvent.DeviceRead read -> doing.access = seq;
      case QemuEvent.DeviceWritten written -> doing.access = seq;
      case QemuEvent.FlashWritten written -> doing.flash = seq;
      case QemuEvent.FlashArrayMode mode -> doing.flash = seq;
      case QemuEvent.FlashErased erased -> doing.flash = seq;
      case FlatViewBuilt built -> {
        doing.view = seq;
        builtForRoot.put(built.root(), seq);
      }
      case FlatViewDropped drop -> {
        if (!drop.freed()) {
          dropped.put(drop.view(), seq);
        }
      }
      default -> {
        // Notes change nothing that a later event follows from.
      }
    }
  }

  /**
   * Takes QEMU's word for a memslot whose ioctl the kernel's trace lacks: it has no such probe, or
   * began later.
   */
  private void setUnseen(MemslotRequested request, @Nullable Long time, long seq) {
    SetMemslot set =
        new SetMemslot(
            request.slot(), request.flags(), request.gpa(), request.size(), request.hva());
    long setBy = seq;
    if (!join.facts().isEmpty()) {
      setBy = out.assumed(time, slots.event(set, request.ret()), Causes.of(seq));
    }
    slots.set(set, setBy);
  }

  private static boolean answers(QemuEvent event) {
    return switch (event) {
      case QemuEvent.DeviceRead read -> true;
      case QemuEvent.DeviceWritten written -> true;
      case QemuEvent.FlashWritten written -> true;
      case QemuEvent.FlashRead read -> true;
      default -> false;
    };
  }
}
