package org.pagetrail.traceimport.capture;

/** What a probe on a kernel function tells us; a user's names are mapped to these. */
public enum ProbeMeaning {
  /** Arguments {@code ipa}, {@code size}, {@code phys}, {@code prot}; returns 0 or -errno. */
  STAGE2_MAP,
  /** Arguments {@code ipa}, {@code prot}; returns 0 or -errno. */
  STAGE2_RELAX,
  /** Arguments {@code ipa}, {@code size}. */
  STAGE2_UNMAP,
  /** Arguments {@code ipa}, {@code size}. */
  STAGE2_WRITE_PROTECT,
  /** Argument {@code ipa}. */
  STAGE2_MAKE_YOUNG,
  /** Arguments {@code gfn}, {@code write}; returns {@code pfn}, which may be an error value. */
  LOOK_UP_PFN,
  /**
   * Arguments {@code slot}, {@code flags}, {@code gpa}, {@code size}, and unless size is 0 {@code
   * ua}; returns 0 or -errno.
   */
  SET_MEMSLOT,
  /** Argument {@code ipa}; returns 0 to userspace, 1 to the guest, or -errno. */
  EMULATE_MMIO,
  /** Argument {@code addr}. */
  INJECT_INSTRUCTION_ABORT,
  /** Argument {@code addr}. */
  INJECT_DATA_ABORT,
  /** No argument that we read; returns 1 to the guest, 0 to userspace, or -errno. */
  HANDLE_ABORT,
  /** Arguments {@code pfn}, {@code writable}; returns {@code device}. */
  ASK_DEVICE
}
