package org.pagetrail.events;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;

/** What the guest did. */
public sealed interface GuestEvent extends Event {
  @Override
  default Layer layer() {
    return Layer.GUEST;
  }

  /** How an access ended. */
  enum Completion {
    /** In memory, without leaving the guest. */
    DIRECT,
    /** By a device, after an MMIO exit. */
    MMIO,
    /** With an abort taken by the guest. */
    ABORTED,
    /** Never: KVM_RUN failed. */
    FAILED
  }

  /**
   * The guest accessed memory.
   *
   * @param width bytes; 4 for an instruction fetch, 0 if a trace does not say
   * @param value what is written; null for reads and where unknown
   */
  record GuestAccessed(int vcpu, AccessKind access, Gpa gpa, int width, @Nullable Long value)
      implements GuestEvent {}

  /**
   * The access ended.
   *
   * @param value what was read or written; null where unknown
   */
  record GuestAccessCompleted(
      int vcpu, AccessKind access, Gpa gpa, int width, @Nullable Long value, Completion completion)
      implements GuestEvent {}

  /** The guest's program began a step, such as {@code erase block 0x4040000}. */
  record GuestStepped(int vcpu, String step) implements GuestEvent {}

  /**
   * The guest polls an address without progress.
   *
   * @param seen the value it keeps reading
   * @param mask the bits it looks at
   * @param wanted the value of those bits that would end the loop
   */
  record GuestHung(int vcpu, Gpa gpa, long seen, long mask, long wanted) implements GuestEvent {}

  /** The guest reached a milestone, such as the UEFI shell. */
  record GuestReached(String milestone) implements GuestEvent {}
}
