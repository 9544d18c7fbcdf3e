package org.pagetrail.projections.diff;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.ReferenceLeaked;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.Pfn;

/**
 * Tells whether two events say the same: frames by the part they play, and what one side does not
 * know agrees with anything.
 */
final class Likeness {
  private final FrameNames frames;

  Likeness(FrameNames frames) {
    this.frames = frames;
  }

  boolean alike(Event left, Event right) {
    if (!left.getClass().equals(right.getClass())) {
      return false;
    }
    return switch (left) {
      case Stage2Mapped l when right instanceof Stage2Mapped r ->
          l.gpa().equals(r.gpa())
              && l.size().equals(r.size())
              && l.perms().equals(r.perms())
              && l.memoryType() == r.memoryType()
              && l.ret() == r.ret()
              && same(l.pfn(), r.pfn());
      case PfnResolved l when right instanceof PfnResolved r ->
          l.gfn().equals(r.gfn())
              && l.write() == r.write()
              && l.result() == r.result()
              && agree(l.kind(), r.kind(), PageKind.UNKNOWN)
              && agree(l.writable(), r.writable(), null)
              && same(l.pfn(), r.pfn());
      case DeviceDecided l when right instanceof DeviceDecided r ->
          l.device() == r.device() && l.writable() == r.writable() && same(l.pfn(), r.pfn());
      case Stage2Faulted l when right instanceof Stage2Faulted r -> alike(l, r);
      case MemslotSet l when right instanceof MemslotSet r ->
          agree(l.change(), r.change(), SlotChange.UNSTATED)
              && l.slot().equals(r.slot())
              && l.flags().equals(r.flags())
              && l.gpa().equals(r.gpa())
              && l.size().equals(r.size())
              && l.hva().equals(r.hva())
              && l.ret() == r.ret();
      case GuestAccessCompleted l when right instanceof GuestAccessCompleted r ->
          l.vcpu() == r.vcpu()
              && l.access() == r.access()
              && l.gpa().equals(r.gpa())
              && l.completion() == r.completion()
              && agree(l.value(), r.value(), null);
      default -> alikeOnHost(left, right);
    };
  }

  private boolean alikeOnHost(Event left, Event right) {
    return switch (left) {
      case PageMapped l when right instanceof PageMapped r ->
          l.hva().equals(r.hva())
              && l.size().equals(r.size())
              && l.kind() == r.kind()
              && l.writable() == r.writable()
              && same(l.pfn(), r.pfn());
      case PagesMapped l when right instanceof PagesMapped r ->
          l.range().equals(r.range())
              && l.kind() == r.kind()
              && l.writable() == r.writable()
              && l.consecutive() == r.consecutive()
              && same(l.first(), r.first());
      case PageWritten l when right instanceof PageWritten r ->
          l.offset() == r.offset()
              && l.width() == r.width()
              && l.value() == r.value()
              && l.writer() == r.writer()
              && same(l.pfn(), r.pfn());
      case ContentSeen l when right instanceof ContentSeen r ->
          l.whole() == r.whole() && l.words().equals(r.words()) && same(l.pfn(), r.pfn());
      case ZeroPageSeen l when right instanceof ZeroPageSeen r -> same(l.pfn(), r.pfn());
      case ReferenceLeaked l when right instanceof ReferenceLeaked r ->
          l.leakedSoFar() == r.leakedSoFar() && same(l.pfn(), r.pfn());
      default -> left.equals(right);
    };
  }

  /** Levels, syndromes and counters are how a fault is told, not what it is. */
  private static boolean alike(Stage2Faulted left, Stage2Faulted right) {
    return left.vcpu() == right.vcpu()
        && left.gpa().pageBase().equals(right.gpa().pageBase())
        && left.access().writes() == right.access().writes()
        && left.fault() == right.fault();
  }

  private boolean same(@Nullable Pfn left, @Nullable Pfn right) {
    boolean bothAbsent = left == null && right == null;
    return bothAbsent || (left != null && right != null && frames.same(left, right));
  }

  private static <T> boolean agree(@Nullable T left, @Nullable T right, @Nullable T unknown) {
    return left == null
        || right == null
        || left.equals(unknown)
        || right.equals(unknown)
        || left.equals(right);
  }
}
