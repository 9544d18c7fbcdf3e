package org.pagetrail.events.memory;

/** The memory attribute of a stage 2 entry, as far as KVM chooses it. */
public enum MemoryType {
  /** Normal write-back memory. */
  NORMAL,
  /** Normal non-cacheable memory. */
  NORMAL_NC,
  /** Device-nGnRE on arm64, uncached (UC) with EPT on x86. */
  DEVICE,
  /** The entry carries no memory type (NPT, riscv, mips). */
  NONE,
  /** It has one, or none, and nobody knows which: neither a trace nor the model says. */
  UNKNOWN
}
