package org.pagetrail.kvm.model;

/** Where in the kernel a rule lives. */
public enum RuleLayer {
  /** Code that all architectures share: virt/kvm, mm. */
  GENERIC,
  /** Code of one architecture. */
  ARCH
}
