package org.pagetrail.traceimport.link;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.Mmio;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.ftrace.ArmSyndrome;
import org.pagetrail.traceimport.ftrace.X86ErrorCode;
import org.pagetrail.traceimport.link.VcpuState.OpenAccess;

/** The trip of a vCPU out of the guest and back: entry, exit, fault, MMIO, return to QEMU. */
final class VcpuLinker {
  private static final String MMIO_EXIT = "KVM_EXIT_MMIO";
  private static final int EINTR = 4;

  /** How far a line of kvm_mmio may follow its fault, other threads' lines included. */
  private static final int LINES_TO_MMIO_MAX = 256;

  private final KernelLinker kernel;

  VcpuLinker(KernelLinker kernel) {
    this.kernel = kernel;
  }

  long link(long index, OfVcpu fact, VcpuState vcpu) {
    KernelLine line = kernel.trace.line(index);
    boolean readCompletes = fact instanceof Mmio mmio && mmio.phase() == MmioPhase.READ;
    if (vcpu.inUserspace) {
      if (!readCompletes) {
        completeWrite(line, vcpu);
      }
      vcpu.inUserspace = false;
    }
    return switch (fact) {
      case KernelFact.Entered entered -> entered(line, entered, vcpu);
      case KernelFact.Exited exited -> exited(line, exited, vcpu);
      case KernelFact.ArmFault fault -> armFault(index, fault, vcpu);
      case KernelFact.X86Fault fault -> x86Fault(index, fault, vcpu);
      case Mmio mmio -> readCompletes ? read(line, mmio, vcpu) : mmio(line, mmio, vcpu);
      case KernelFact.LeftToUserspace left -> left(line, left, vcpu);
    };
  }

  /** The guest's store is done when its vCPU goes on; only then does the trace show it. */
  void completeWrite(KernelLine line, VcpuState vcpu) {
    OpenAccess access = vcpu.access;
    Mmio mmio = vcpu.openMmio;
    if (access != null && mmio != null && mmio.phase() == MmioPhase.WRITE) {
      kernel.add(
          line,
          new GuestAccessCompleted(
              vcpu.number, access.kind(), mmio.gpa(), mmio.width(), mmio.value(), Completion.MMIO),
          Causes.of(access.seq(), vcpu.mmio).and(vcpu.served));
      vcpu.access = null;
      vcpu.endMmio();
    }
  }

  /** The guest's access ends without having touched anything. */
  void end(KernelLine line, VcpuState vcpu, Completion completion, long cause) {
    OpenAccess access = vcpu.access;
    if (access != null) {
      kernel.add(
          line,
          new GuestAccessCompleted(
              vcpu.number, access.kind(), access.gpa(), access.width(), null, completion),
          Causes.of(access.seq(), cause));
      vcpu.access = null;
    }
  }

  private long entered(KernelLine line, KernelFact.Entered entered, VcpuState vcpu) {
    vcpu.entered =
        kernel.add(line, new VcpuEntered(vcpu.number, entered.pc()), Causes.of(vcpu.flow));
    vcpu.exited = Causes.NONE;
    vcpu.beginTrip();
    return vcpu.entered;
  }

  private long exited(KernelLine line, KernelFact.Exited exited, VcpuState vcpu) {
    vcpu.exited =
        kernel.add(
            line,
            new VcpuExited(vcpu.number, exited.reason(), exited.pc()),
            Causes.of(vcpu.entered));
    vcpu.beginTrip();
    vcpu.flow = vcpu.exited;
    return vcpu.exited;
  }

  private long armFault(long index, KernelFact.ArmFault fault, VcpuState vcpu) {
    ArmSyndrome syndrome = new ArmSyndrome(fault.esr());
    Gpa gpa = syndrome.gpa(fault.ipa(), fault.far());
    AccessKind kind = syndrome.access();
    access(index, kind, gpa, syndrome.width(), vcpu);
    return faulted(
        kernel.trace.line(index),
        new Stage2Faulted(
            vcpu.number, kind, gpa, syndrome.fault(), syndrome.level(), fault.esr(), fault.pc()),
        vcpu);
  }

  private long x86Fault(long index, KernelFact.X86Fault fault, VcpuState vcpu) {
    X86ErrorCode code = new X86ErrorCode(fault.errorCode());
    Gpa gpa = new Gpa(fault.address());
    access(index, code.access(), gpa, 0, vcpu);
    return faulted(
        kernel.trace.line(index),
        new Stage2Faulted(
            vcpu.number, code.access(), gpa, code.fault(), -1, fault.errorCode(), fault.pc()),
        vcpu);
  }

  private long faulted(KernelLine line, Stage2Faulted event, VcpuState vcpu) {
    vcpu.fault = kernel.add(line, event, Causes.of(vcpu.exited, vcpu.accessSeq()));
    vcpu.flow = vcpu.fault;
    return vcpu.fault;
  }

  private void access(long index, AccessKind kind, Gpa gpa, int width, VcpuState vcpu) {
    vcpu.beginTrip();
    Long value = kind.writes() ? valueWritten(index, gpa) : null;
    long seq =
        kernel.add(
            kernel.trace.line(index),
            new GuestAccessed(vcpu.number, kind, gpa, width, value),
            Causes.of(vcpu.entered));
    vcpu.access = new OpenAccess(seq, kind, gpa, width);
  }

  /** What a faulting store stores, if the fault turns out to be an MMIO exit. */
  private @Nullable Long valueWritten(long fault, Gpa gpa) {
    int thread = kernel.trace.line(fault).thread();
    long end = fault + LINES_TO_MMIO_MAX;
    for (long i = fault + 1; i < end && kernel.trace.has(i); i++) {
      KernelLine line = kernel.trace.line(i);
      if (line.thread() == thread && line.fact() instanceof OfVcpu fact) {
        boolean stored =
            fact instanceof Mmio mmio && mmio.phase() == MmioPhase.WRITE && mmio.gpa().equals(gpa);
        return stored ? Long.valueOf(((Mmio) fact).value()) : null;
      }
    }
    return null;
  }

  private long mmio(KernelLine line, Mmio mmio, VcpuState vcpu) {
    boolean write = mmio.phase() == MmioPhase.WRITE;
    OpenAccess access = vcpu.access;
    if (access == null || !access.gpa().equals(mmio.gpa())) {
      // An instruction that was emulated without a fault at this address.
      AccessKind kind = write ? AccessKind.WRITE : AccessKind.READ;
      long seq =
          kernel.add(
              line,
              new GuestAccessed(
                  vcpu.number, kind, mmio.gpa(), mmio.width(), write ? mmio.value() : null),
              Causes.of(vcpu.entered, vcpu.fault));
      vcpu.access = new OpenAccess(seq, kind, mmio.gpa(), mmio.width());
    }
    vcpu.endMmio();
    vcpu.mmio =
        kernel.add(
            line,
            new MmioExited(vcpu.number, mmio.gpa(), mmio.width(), write, write ? mmio.value() : 0),
            Causes.of(vcpu.accessSeq(), vcpu.fault, kernel.slots.seqAt(mmio.gpa())));
    vcpu.openMmio = mmio;
    vcpu.effect = vcpu.mmio;
    vcpu.flow = vcpu.mmio;
    return vcpu.mmio;
  }

  private long read(KernelLine line, Mmio mmio, VcpuState vcpu) {
    if (vcpu.mmio == Causes.NONE && vcpu.fault != Causes.NONE) {
      // A device in the kernel, as the local APIC, answers at once: x86 prints the answer alone.
      mmio(line, new Mmio(MmioPhase.UNSATISFIED_READ, mmio.gpa(), mmio.width(), 0), vcpu);
    }
    long completed =
        kernel.add(
            line,
            new MmioCompleted(vcpu.number, mmio.gpa(), mmio.width(), mmio.value()),
            Causes.of(vcpu.mmio).and(vcpu.served));
    OpenAccess access = vcpu.access;
    if (access != null) {
      kernel.add(
          line,
          new GuestAccessCompleted(
              vcpu.number, access.kind(), mmio.gpa(), mmio.width(), mmio.value(), Completion.MMIO),
          Causes.of(access.seq(), completed));
      vcpu.access = null;
    }
    vcpu.endMmio();
    vcpu.effect = completed;
    vcpu.flow = completed;
    return completed;
  }

  private long left(KernelLine line, KernelFact.LeftToUserspace left, VcpuState vcpu) {
    boolean forMmio = left.reason().equals(MMIO_EXIT) && vcpu.mmio != Causes.NONE;
    long returned =
        kernel.add(
            line,
            new RunReturned(vcpu.number, left.reason(), left.errno()),
            Causes.of(forMmio ? vcpu.mmio : Causes.NONE, vcpu.flow));
    if (left.errno() != 0 && left.errno() != EINTR) {
      end(line, vcpu, Completion.FAILED, returned);
    }
    vcpu.flow = returned;
    vcpu.inUserspace = true;
    return returned;
  }
}
