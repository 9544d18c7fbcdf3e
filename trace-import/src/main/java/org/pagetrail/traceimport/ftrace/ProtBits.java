package org.pagetrail.traceimport.ftrace;

import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;

/**
 * The bits of {@code enum kvm_pgtable_prot}, which two generations of kernels number differently:
 * execute, write, read, device from bit 0 on until 6.18; privileged execute, unprivileged execute,
 * write, read, device in 7.2. Every entry may be read, so that the first whose numbering can be one
 * only tells which it is; until then it is the older.
 */
final class ProtBits {
  private static final int OLD_X = 1;
  private static final int OLD_W = 1 << 1;
  private static final int OLD_R = 1 << 2;
  private static final int OLD_DEVICE = 1 << 3;

  private static final int NEW_X = 3;
  private static final int NEW_W = 1 << 2;
  private static final int NEW_R = 1 << 3;
  private static final int NEW_DEVICE = 1 << 4;

  private boolean isNew;

  /** What the entry may do. */
  Perms perms(long prot) {
    see(prot);
    return isNew
        ? new Perms(has(prot, NEW_R), has(prot, NEW_W), has(prot, NEW_X))
        : new Perms(has(prot, OLD_R), has(prot, OLD_W), has(prot, OLD_X));
  }

  /** Device memory or not. */
  MemoryType memoryType(long prot) {
    see(prot);
    return has(prot, isNew ? NEW_DEVICE : OLD_DEVICE) ? MemoryType.DEVICE : MemoryType.NORMAL;
  }

  private void see(long prot) {
    if (!has(prot, NEW_R)) {
      isNew = false;
    } else if (!has(prot, OLD_R) || has(prot, OLD_X)) {
      // The kernel refuses to execute from what the older numbering would call a device.
      isNew = true;
    }
  }

  private static boolean has(long prot, int bits) {
    return (prot & bits) != 0;
  }
}
