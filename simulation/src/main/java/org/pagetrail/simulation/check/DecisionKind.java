package org.pagetrail.simulation.check;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2MadeYoung;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/** The kinds of decision of a kernel that a trace can hold. */
public enum DecisionKind {
  /** Which frame a guest page has, and whether it was found. */
  LOOKUP("lookup"),
  /** Whether a frame is device memory. */
  DEVICE("device"),
  /** A stage 2 entry or its permission, with the result of installing it. */
  MAPPING("mapping"),
  /** Ranges taken out of stage 2. */
  UNMAPPING("unmapping"),
  /** Ranges that lost write permission. */
  WRITE_PROTECTION("write protection"),
  /** An access flag set. */
  ACCESS_FLAG("access flag"),
  /** An access handed on as MMIO, or not. */
  EXIT("exit"),
  /** An abort that the guest takes. */
  ABORT("abort"),
  /** How the fault handler returned: resumed or exited, or an errno. */
  RESULT("result"),
  /** The host tells KVM that a range changes. */
  INVALIDATION("invalidation"),
  /** The host tells KVM that an entry maps another page. */
  ENTRY_CHANGE("entry change"),
  /** The errno of a memslot request. */
  MEMSLOT("memslot");

  private final String word;

  DecisionKind(String word) {
    this.word = word;
  }

  /** The kind in words. */
  @Override
  public String toString() {
    return word;
  }

  /**
   * The kind of decision that a recorded entry tells, null if it tells none: a memslot of which the
   * kernel's own trace says nothing is QEMU's word and no decision that was seen.
   */
  static @Nullable DecisionKind of(Trail recorded, TrailEntry entry) {
    return isQemusWord(recorded, entry) ? null : of(entry.event());
  }

  /** True for a memslot of which only QEMU's log tells. */
  static boolean isQemusWord(Trail recorded, TrailEntry entry) {
    return entry.event() instanceof MemslotSet
        && entry.standing() == Standing.ASSUMED
        && entry.causes().stream()
            .anyMatch(cause -> recorded.at(cause).event() instanceof MemslotRequested);
  }

  /** The kind of decision that an event is, null if it is none. */
  static @Nullable DecisionKind of(Event event) {
    return switch (event) {
      case PfnResolved _ -> LOOKUP;
      case DeviceDecided _ -> DEVICE;
      case Stage2Mapped _, Stage2Relaxed _ -> MAPPING;
      case Stage2Unmapped _ -> UNMAPPING;
      case Stage2WriteProtected _ -> WRITE_PROTECTION;
      case Stage2MadeYoung _ -> ACCESS_FLAG;
      case MmioExited _ -> EXIT;
      case AbortInjected _ -> ABORT;
      case AbortHandled _ -> RESULT;
      case RangeInvalidated _ -> INVALIDATION;
      case EntryChanged _ -> ENTRY_CHANGE;
      case MemslotSet _ -> MEMSLOT;
      default -> null;
    };
  }
}
