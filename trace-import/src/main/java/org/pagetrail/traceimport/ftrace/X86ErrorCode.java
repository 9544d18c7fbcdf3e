package org.pagetrail.traceimport.ftrace;

import org.pagetrail.events.AccessKind;
import org.pagetrail.events.KvmEvent.FaultType;

/**
 * The error code of kvm_page_fault: bit 0 present, 1 write, 3 reserved bit, 4 fetch, 33 fault on
 * the guest's own tables.
 */
public record X86ErrorCode(long code) {

  /** What the guest did. */
  public AccessKind access() {
    if (bit(33)) {
      return bit(1) ? AccessKind.WALK_WRITE : AccessKind.WALK_READ;
    }
    if (bit(4)) {
      return AccessKind.EXECUTE;
    }
    return bit(1) ? AccessKind.WRITE : AccessKind.READ;
  }

  /** Why the second dimension failed; a reserved bit marks an entry that stands for MMIO. */
  public FaultType fault() {
    if (bit(3)) {
      return FaultType.OTHER;
    }
    return bit(0) ? FaultType.PERMISSION : FaultType.TRANSLATION;
  }

  private boolean bit(int number) {
    return (code >>> number & 1) != 0;
  }
}
