package org.pagetrail.projections.diff;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.memory.Gpa;

/**
 * What came from outside the kernel that is compared: the same stimulus in both trails is where
 * they are laid side by side.
 */
final class Stimulus {
  private Stimulus() {}

  /** A fault stands for the access that nobody recorded. */
  private record FaultingAccess(int vcpu, Gpa page, boolean writes) {}

  /**
   * What must be equal in both trails, without what the kernel answered; null if the event is no
   * stimulus.
   *
   * @param event in terms of the guest
   * @param accessesRecorded whether both trails have the guest's accesses themselves
   */
  static @Nullable Object keyOf(Event event, boolean accessesRecorded) {
    return switch (event) {
      case GuestAccessed accessed -> accessesRecorded ? accessed : null;
      case Stage2Faulted fault ->
          accessesRecorded
              ? null
              : new FaultingAccess(fault.vcpu(), fault.gpa().pageBase(), fault.access().writes());
      case MemslotRequested request ->
          new MemslotRequested(
              request.slot(), request.flags(), request.gpa(), request.size(), request.hva(), 0);
      case HostCalled called -> new HostCalled(called.call(), called.range(), 0);
      case GuestStepped stepped -> stepped;
      case HostMapped mapped -> mapped;
      case HostUnmapped unmapped -> unmapped;
      case RamBlockAllocated allocated -> allocated;
      default -> null;
    };
  }
}
