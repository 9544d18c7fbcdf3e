package org.pagetrail.simulation.check;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.MemoryType;

/** Whether a recorded decision and the model's are the same, as far as the trace tells. */
final class Comparison {
  private Comparison() {}

  /**
   * What a trace tells beside a decision.
   *
   * @param frames the frame of the page that the decision is about
   * @param ret whether it has the result of the call, else 0 stands for it
   * @param width whether the width of an exit follows from the fault; else it is the instruction's
   */
  record Known(Frames frames, boolean ret, boolean width) {}

  /**
   * True if both did the same.
   *
   * @param known what the trace tells beside the event
   */
  static boolean agree(Event recorded, Event derived, Known known) {
    return switch (recorded) {
      case PfnResolved was when derived instanceof PfnResolved is ->
          was.gfn().equals(is.gfn())
              && was.write() == is.write()
              && was.result() == is.result()
              && known.frames().alike()
              && (was.writable() == null || was.writable().equals(is.writable()));
      case DeviceDecided was when derived instanceof DeviceDecided is ->
          was.device() == is.device() && was.writable() == is.writable();
      case Stage2Mapped was when derived instanceof Stage2Mapped is ->
          was.gpa().equals(is.gpa())
              && was.size().equals(is.size())
              && known.frames().correspond(was.pfn(), is.pfn())
              && was.perms().equals(is.perms())
              && (!isTraced(was.memoryType()) || was.memoryType() == is.memoryType())
              && (!known.ret() || was.ret() == is.ret());
      case Stage2Relaxed was when derived instanceof Stage2Relaxed is ->
          was.gpa().pageBase().equals(is.gpa().pageBase())
              && was.added().equals(is.added())
              && (!known.ret() || was.ret() == is.ret());
      case MmioExited was when derived instanceof MmioExited is ->
          was.write() == is.write()
              && was.gpa().equals(is.gpa())
              && (!known.width() || was.width() == is.width());
      case AbortInjected was when derived instanceof AbortInjected is -> was.kind() == is.kind();
      case AbortHandled was when derived instanceof AbortHandled is ->
          Math.min(was.ret(), 0) == Math.min(is.ret(), 0);
      case MemslotSet was when derived instanceof MemslotSet is ->
          !known.ret() || was.ret() == is.ret();
      default -> recorded.equals(derived);
    };
  }

  private static boolean isTraced(MemoryType type) {
    return type == MemoryType.NORMAL || type == MemoryType.NORMAL_NC || type == MemoryType.DEVICE;
  }

  /** The ranges with adjoining ones taken together: a kernel may take a range out in pieces. */
  static List<GpaRange> joined(List<GpaRange> ranges) {
    List<GpaRange> sorted = new ArrayList<>(ranges);
    sorted.sort(comparing(GpaRange::start));
    List<GpaRange> joined = new ArrayList<>();
    for (GpaRange next : sorted) {
      GpaRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && reaches(last, next)) {
        joined.removeLast();
        joined.add(cover(last, next));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  private static boolean reaches(GpaRange one, GpaRange next) {
    long offset = next.start().value() - one.start().value();
    return Long.compareUnsigned(offset, one.size().bytes()) <= 0;
  }

  private static GpaRange cover(GpaRange one, GpaRange next) {
    long offset = next.start().value() - one.start().value();
    return new GpaRange(
        one.start(), new ByteSize(Math.max(one.size().bytes(), offset + next.size().bytes())));
  }
}
