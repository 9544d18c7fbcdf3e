package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.HostState;
import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.kvm.slot.Memslots;
import org.pagetrail.kvm.stage2.Stage2;
import org.pcollections.TreePMap;

/**
 * KVM and the host memory below it at one moment: an immutable value, so that keeping an old one
 * costs nothing.
 *
 * @param machine what the host's processor and the monitor's set-up add to the kernel's rules
 * @param host mappings, pages and their content
 * @param slots the memslots
 * @param stage2 the guest's stage 2
 * @param invalidations how often a notifier announced a change behind a memslot
 * @param exits the MMIO exit that each vCPU waits for
 */
public record KvmState(
    Machine machine,
    HostState host,
    Memslots slots,
    Stage2 stage2,
    long invalidations,
    TreePMap<Integer, MmioExited> exits) {

  /** A new virtual machine in a process that maps nothing yet. */
  public static KvmState initial(Machine machine, HostSettings settings) {
    return new KvmState(
        machine, HostState.initial(settings), Memslots.NONE, Stage2.EMPTY, 0, TreePMap.empty());
  }

  /** The same on a default machine and host. */
  public static KvmState initial() {
    return initial(Machine.DEFAULT, HostSettings.DEFAULT);
  }

  /**
   * The same with what grows with the pages in stores. What is then decided stays on the heap until
   * {@link #settled}.
   */
  public KvmState settledIn(RunStores stores) {
    return new KvmState(
        machine, host.settledIn(stores), slots, stage2.settledIn(stores), invalidations, exits);
  }

  /** The same with what changed put into the stores below; states before it become invalid. */
  public KvmState settled() {
    return new KvmState(machine, host.settled(), slots, stage2.settled(), invalidations, exits);
  }

  /** A copy that changes on its own also where it lies over stores. */
  public KvmState forked() {
    return new KvmState(machine, host.forked(), slots, stage2.forked(), invalidations, exits);
  }

  /** The MMIO exit that a vCPU waits for, or null. */
  public @Nullable MmioExited exit(int vcpu) {
    return exits.get(vcpu);
  }
}
