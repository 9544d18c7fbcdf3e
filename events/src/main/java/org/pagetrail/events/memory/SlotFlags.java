package org.pagetrail.events.memory;

/**
 * The flags of {@code KVM_SET_USER_MEMORY_REGION}.
 *
 * @param bits as passed to the ioctl; unknown bits are kept
 */
public record SlotFlags(int bits) {
  /** KVM_MEM_LOG_DIRTY_PAGES. */
  public static final int LOG_DIRTY = 1;

  /** KVM_MEM_READONLY. */
  public static final int READONLY = 1 << 1;

  /** KVM_MEM_GUEST_MEMFD. */
  public static final int GUEST_MEMFD = 1 << 2;

  /** No flag. */
  public static final SlotFlags NONE = new SlotFlags(0);

  /** KVM_MEM_READONLY alone. */
  public static final SlotFlags READ_ONLY = new SlotFlags(READONLY);

  /** True if the slot is read-only for the guest. */
  public boolean isReadOnly() {
    return (bits & READONLY) != 0;
  }

  /** True if KVM logs dirty pages of the slot. */
  public boolean logsDirty() {
    return (bits & LOG_DIRTY) != 0;
  }

  /** The same with or without dirty logging. */
  public SlotFlags withLogDirty(boolean on) {
    return new SlotFlags(on ? bits | LOG_DIRTY : bits & ~LOG_DIRTY);
  }

  @Override
  public String toString() {
    return Hex.of(Integer.toUnsignedLong(bits));
  }
}
