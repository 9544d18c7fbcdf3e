package org.pagetrail.simulation.check;

import java.util.List;
import java.util.TreeSet;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;

/** A trace of a few lines: a flash of 64 MiB without a file, read-only to the guest. */
final class RecordedTrace {
  static final Gpa FLASH = new Gpa(0x4000000);
  static final Pfn ZERO_PAGE = new Pfn(0x40a87);
  private static final Hva HOST = new Hva(0xffff80000000L);
  private static final ByteSize SIZE = ByteSize.mebibytes(64);
  private static final long READ = 0x93810005L;

  private final Trail trail = new Trail();
  private final boolean devices;
  private long fault = -1;

  /** With the device decisions in the trace, or without. */
  private RecordedTrace(boolean devices) {
    this.devices = devices;
  }

  static RecordedTrace ofFlash(boolean devices) {
    RecordedTrace trace = new RecordedTrace(devices);
    trace.trail.assumed(
        null, new HostDescribed("arm64", "6.1", List.of(), "never"), new TreeSet<>());
    trace.line(new ZeroPageSeen(ZERO_PAGE));
    trace.line(
        new HostMapped(
            new HvaRange(HOST, SIZE), Backing.PRIVATE_ANONYMOUS, Perms.RW, HugeAdvice.NONE, ""));
    return trace.slot(1, 0);
  }

  RecordedTrace slot(int id, int ret) {
    line(
        new MemslotSet(
            new SlotId(0, id),
            SlotChange.UNSTATED,
            new SlotFlags(SlotFlags.READONLY),
            FLASH,
            SIZE,
            HOST,
            ret));
    return this;
  }

  /** A read of a page that nobody touched, and the entry that it led to. */
  RecordedTrace read(int page, Perms perms, MemoryType type, Pfn pfn) {
    readCut(page, perms, type, pfn);
    line(new AbortHandled(0, 1), fault);
    return this;
  }

  /** The same where the trace ends before the fault does. */
  RecordedTrace readCut(int page, Perms perms, MemoryType type, Pfn pfn) {
    Gpa gpa = FLASH.plus(page * ByteSize.PAGE.bytes());
    fault =
        line(
            new Stage2Faulted(
                0, AccessKind.READ, gpa, FaultType.TRANSLATION, 1, READ, 0x4fc612d8L));
    line(new PfnResolved(gpa.gfn(), false, LookupResult.FOUND, pfn, PageKind.UNKNOWN, null), fault);
    if (devices) {
      line(new DeviceDecided(pfn, false, type == MemoryType.DEVICE), fault);
    }
    line(new Stage2Mapped(gpa, ByteSize.PAGE, pfn, perms, type, 0), fault);
    return this;
  }

  /** A write that leaves the guest. */
  RecordedTrace writeExit(long offset) {
    Gpa gpa = FLASH.plus(offset);
    fault =
        line(
            new Stage2Faulted(
                0, AccessKind.WRITE, gpa, FaultType.PERMISSION, 3, 0x9381004fL, 0x4fc612d8L));
    line(new MmioExited(0, gpa, Integer.BYTES, true, 0x20), fault);
    line(new AbortHandled(0, 0), fault);
    return this;
  }

  RecordedTrace lost() {
    line(new EventsLost("trace.txt", 12));
    return this;
  }

  RecordedTrace handled() {
    line(new AbortHandled(0, 1), fault);
    return this;
  }

  Trail trail() {
    return trail;
  }

  private long line(Event event, long... causes) {
    TreeSet<Long> behind = new TreeSet<>();
    for (long cause : causes) {
      behind.add(cause);
    }
    long at = trail.size();
    return trail.observed(at, event, behind, new Source("trace.txt", at + 1, 100 * at)).seq();
  }
}
