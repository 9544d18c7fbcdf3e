package org.pagetrail.events;

/** Where in the stack an event happened. */
public enum Layer {
  /** The run as a whole: its machine, its inputs, its end. */
  RUN,
  /** The virtual machine monitor: memory regions, flat views, devices. */
  QEMU,
  /** The host's memory management: mappings, pages and their content. */
  HOST,
  /** The hypervisor: memslots, faults, stage 2, exits. */
  KVM,
  /** The guest: its accesses and what its program does. */
  GUEST
}
