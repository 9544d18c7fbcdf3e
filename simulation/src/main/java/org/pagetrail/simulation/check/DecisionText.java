package org.pagetrail.simulation.check;

import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2MadeYoung;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.events.memory.MemoryType;

/** Stimuli and decisions in a few words. */
final class DecisionText {
  private DecisionText() {}

  static String of(Event event) {
    return switch (event) {
      case Stage2Faulted fault -> fault.access() + " fault at " + fault.gpa();
      case PfnResolved lookup ->
          "lookup of "
              + lookup.gfn().gpa()
              + (lookup.result() == LookupResult.FOUND
                  ? " finds pfn " + lookup.pfn()
                  : " ends as " + lookup.result());
      case DeviceDecided decided ->
          "pfn " + decided.pfn() + (decided.device() ? " is device" : " is no device");
      case Stage2Mapped map ->
          "map "
              + map.gpa()
              + " size "
              + map.size()
              + " pfn "
              + map.pfn()
              + " "
              + map.perms()
              + (map.memoryType() == MemoryType.NONE ? "" : " " + map.memoryType())
              + result(map.ret());
      case Stage2Relaxed relaxed ->
          "relax " + relaxed.gpa().pageBase() + " +" + relaxed.added() + result(relaxed.ret());
      case Stage2Unmapped unmapped -> "unmap " + unmapped.range();
      case Stage2WriteProtected protect -> "write-protect " + protect.range();
      case Stage2MadeYoung young -> "access flag at " + young.gpa();
      case MmioExited exit ->
          "mmio " + (exit.write() ? "write " : "read ") + exit.width() + " at " + exit.gpa();
      case AbortInjected injected -> "inject " + injected.kind() + " abort";
      case AbortHandled handled ->
          handled.ret() < 0 ? "fails with errno " + -handled.ret() : "handled";
      case RangeInvalidated range -> "notifier: invalidate " + range.range();
      case EntryChanged changed -> "notifier: entry changed at " + changed.hva();
      case MemslotSet set ->
          "memslot "
              + set.slot()
              + " at "
              + set.gpa()
              + " size "
              + set.size()
              + (set.ret() == 0 ? " accepted" : " errno " + -set.ret());
      default -> event.toString();
    };
  }

  static String none(DecisionKind kind) {
    return "no " + kind;
  }

  private static String result(int ret) {
    return ret == 0 ? "" : " ret " + ret;
  }
}
