package org.pagetrail.qemu.board;

import org.pagetrail.events.memory.ByteSize;

/**
 * What the host's KVM offers.
 *
 * @param readOnlyMemory KVM_CAP_READONLY_MEM
 * @param slots KVM_CAP_NR_MEMSLOTS, 32 if KVM does not say
 * @param hostPage the host's page size
 * @param systemManagementMode KVM_CAP_X86_SMM, and with it a second address space
 */
public record KvmCapabilities(
    boolean readOnlyMemory, int slots, ByteSize hostPage, boolean systemManagementMode) {
  /** A current arm64 kernel with 4 KiB pages. */
  public static final KvmCapabilities ARM64 =
      new KvmCapabilities(true, 32767, ByteSize.PAGE, false);

  /** A current x86 kernel. */
  public static final KvmCapabilities X86 = new KvmCapabilities(true, 32764, ByteSize.PAGE, true);
}
