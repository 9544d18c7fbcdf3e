package org.pagetrail.kvm;

import java.util.OptionalInt;
import org.pagetrail.events.memory.SlotFlags;

/**
 * What KVM_CHECK_EXTENSION says about the memslots of one virtual machine. Where the monitor did
 * not ask, the kernel's rule decides.
 *
 * @param userSlots KVM_CAP_NR_MEMSLOTS: how many slots an address space has for the monitor
 * @param addressSpaces KVM_CAP_MULTI_ADDRESS_SPACE: how many address spaces there are, at least 1
 * @param readOnly KVM_CAP_READONLY_MEM: whether slots may be read-only
 */
public record MemslotLimits(OptionalInt userSlots, OptionalInt addressSpaces, boolean readOnly) {

  /** Nobody asked. */
  public static final MemslotLimits UNASKED =
      new MemslotLimits(OptionalInt.empty(), OptionalInt.empty(), true);

  /** Rejects counts that no kernel answers. */
  public MemslotLimits {
    if (userSlots.orElse(1) < 1 || addressSpaces.orElse(1) < 1) {
      throw new IllegalArgumentException(
          userSlots + " slots in each of " + addressSpaces + " address spaces");
    }
  }

  /** What a host answered. */
  public static MemslotLimits asked(int userSlots, int addressSpaces, boolean readOnly) {
    return new MemslotLimits(OptionalInt.of(userSlots), OptionalInt.of(addressSpaces), readOnly);
  }

  /** True if a host answered, so that the kernel's rules about limits have no say. */
  boolean areAsked() {
    return userSlots.isPresent();
  }

  /** The flags that the first memslot ioctl takes. */
  int knownFlags() {
    return readOnly ? SlotFlags.LOG_DIRTY | SlotFlags.READONLY : SlotFlags.LOG_DIRTY;
  }
}
