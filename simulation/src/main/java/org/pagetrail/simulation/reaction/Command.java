package org.pagetrail.simulation.reaction;

import org.pagetrail.guest.GuestCommand;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.qemu.QemuCommand;

/** A command on its way to the domain that decides it. */
public sealed interface Command {
  /** For the virtual machine monitor. */
  record ToQemu(QemuCommand command) implements Command {}

  /** For the hypervisor and the host's memory management below it. */
  record ToKvm(KvmCommand command) implements Command {}

  /** For the guest. */
  record ToGuest(GuestCommand command) implements Command {}
}
