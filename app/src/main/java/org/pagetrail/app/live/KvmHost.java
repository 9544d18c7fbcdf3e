package org.pagetrail.app.live;

import org.pagetrail.kvm.KvmCommand.SetMemslot;

/** KVM on the machine that we run on, as far as memslots need it. */
public interface KvmHost extends AutoCloseable {

  /** What was found out about it. */
  HostFacts facts();

  /**
   * A new virtual machine without memslots and without processors.
   *
   * @throws org.pagetrail.app.cli.Trouble if the kernel makes none
   */
  Vm createVm();

  @Override
  void close();

  /** A virtual machine in which no guest code ever runs. */
  interface Vm extends AutoCloseable {

    /**
     * Performs KVM_SET_USER_MEMORY_REGION.
     *
     * @return the errno, 0 if the kernel accepted
     */
    int set(SetMemslot request);

    @Override
    void close();
  }
}
