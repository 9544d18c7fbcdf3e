package org.pagetrail.traceimport.link;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.traceimport.join.KernelWindow;

/** What a thread of the host is in the middle of, as far as it causes what comes next. */
final class ThreadState {
  final int id;

  /** The vCPU that the thread runs, if any. */
  @Nullable VcpuState vcpu;

  /** The notifier call under way. */
  long invalidation = Causes.NONE;

  @Nullable HvaRange invalidated;
  long entryChange = Causes.NONE;

  /** The ioctl under way, up to the line of its return. */
  long memslot = Causes.NONE;

  long memslotReturn = KernelWindow.NONE;

  /** What the ioctl takes away. */
  @Nullable GpaRange memslotRange;

  ThreadState(int id) {
    this.id = id;
  }

  /** The notifier call is over when the thread does anything but change stage 2. */
  void endNotifier() {
    invalidation = Causes.NONE;
    invalidated = null;
    entryChange = Causes.NONE;
  }

  /** Why the thread changes memory: the fault that it handles, or the exit that it serves. */
  long reason() {
    return vcpu != null && vcpu.inUserspace ? vcpu.mmio : fault();
  }

  /** The fault that the thread handles. */
  long fault() {
    return vcpu != null && vcpu.handlesFault() ? vcpu.fault : Causes.NONE;
  }
}
