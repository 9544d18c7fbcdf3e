package org.pagetrail.traceimport.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.traceimport.capture.KernelFact.Mmio;

/** How far a vCPU has come: the positions of the events of its current trip out of the guest. */
final class VcpuState {
  /** An access of the guest that is not complete. */
  record OpenAccess(long seq, AccessKind kind, Gpa gpa, int width) {}

  final int number;
  long entered = Causes.NONE;
  long exited = Causes.NONE;
  long fault = Causes.NONE;
  long lookup = Causes.NONE;
  long device = Causes.NONE;
  long mmio = Causes.NONE;

  /** What the abort handler did last. */
  long effect = Causes.NONE;

  /** The last event by which the trip out of the guest went on. */
  long flow = Causes.NONE;

  /** True between KVM_RUN's return and its next call. */
  boolean inUserspace;

  @Nullable OpenAccess access;
  @Nullable Mmio openMmio;

  /** What QEMU did for the exit. */
  final List<Long> served = new ArrayList<>();

  VcpuState(int number) {
    this.number = number;
  }

  /** True while the kernel handles a fault of this vCPU. */
  boolean handlesFault() {
    return fault != Causes.NONE && !inUserspace;
  }

  /** True while the kernel handles a fault of a store of this vCPU to the block of this page. */
  boolean handlesStore(Gfn gfn) {
    OpenAccess open = access;
    return open != null
        && handlesFault()
        && open.kind().stores()
        && open.gpa()
            .alignedDown(PageSize.BLOCK_BYTES)
            .equals(gfn.gpa().alignedDown(PageSize.BLOCK_BYTES));
  }

  /** Forgets the trip before this one. */
  void beginTrip() {
    fault = Causes.NONE;
    lookup = Causes.NONE;
    device = Causes.NONE;
    effect = Causes.NONE;
    access = null;
    endMmio();
  }

  /** Forgets the exit, which is complete. */
  void endMmio() {
    mmio = Causes.NONE;
    openMmio = null;
    served.clear();
  }

  /** The position of the access that is not complete. */
  long accessSeq() {
    OpenAccess open = access;
    return open == null ? Causes.NONE : open.seq();
  }
}
