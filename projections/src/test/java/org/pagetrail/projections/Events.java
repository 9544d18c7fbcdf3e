package org.pagetrail.projections;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/** Short forms of the events that trails in tests are made of. */
public final class Events {
  private Events() {}

  /** A slot created as asked. */
  public static KvmEvent.MemslotSet slot(int id, SlotFlags flags, long gpa, long size, long hva) {
    return slot(id, SlotChange.CREATE, flags, gpa, size, hva, 0);
  }

  /** A slot request. */
  public static KvmEvent.MemslotSet slot(
      int id, SlotChange change, SlotFlags flags, long gpa, long size, long hva, int ret) {
    return new KvmEvent.MemslotSet(
        SlotId.of(id), change, flags, new Gpa(gpa), new ByteSize(size), new Hva(hva), ret);
  }

  /** A slot deleted as asked, as a trace shows it: size 0. */
  public static KvmEvent.MemslotSet slotGone(int id, long gpa, long hva) {
    return slot(id, SlotChange.UNSTATED, SlotFlags.NONE, gpa, 0, hva, 0);
  }

  /** A read fault. */
  public static KvmEvent.Stage2Faulted readFault(long gpa) {
    return fault(AccessKind.READ, gpa, FaultType.TRANSLATION);
  }

  /** A fault. */
  public static KvmEvent.Stage2Faulted fault(AccessKind access, long gpa, FaultType type) {
    return new KvmEvent.Stage2Faulted(0, access, new Gpa(gpa), type, 2, 0x93000006L, 0x4fc612d8L);
  }

  /** A lookup that found a frame. */
  public static KvmEvent.PfnResolved found(
      long gfn, boolean write, long pfn, PageKind kind, @Nullable Boolean writable) {
    return new KvmEvent.PfnResolved(
        new Gfn(gfn), write, LookupResult.FOUND, new Pfn(pfn), kind, writable);
  }

  /** The device decision. */
  public static KvmEvent.DeviceDecided device(long pfn, boolean writable, boolean device) {
    return new KvmEvent.DeviceDecided(new Pfn(pfn), writable, device);
  }

  /** A page mapped. */
  public static KvmEvent.Stage2Mapped mapped(long gpa, long pfn, Perms perms, MemoryType type) {
    return mapped(gpa, 0x1000, pfn, perms, type, 0);
  }

  /** Something mapped, or not. */
  public static KvmEvent.Stage2Mapped mapped(
      long gpa, long size, long pfn, Perms perms, MemoryType type, int ret) {
    return new KvmEvent.Stage2Mapped(
        new Gpa(gpa), new ByteSize(size), new Pfn(pfn), perms, type, ret);
  }

  /** Entries removed. */
  public static KvmEvent.Stage2Unmapped unmapped(long gpa, long size) {
    return new KvmEvent.Stage2Unmapped(range(gpa, size));
  }

  /** Entries write-protected. */
  public static KvmEvent.Stage2WriteProtected writeProtected(long gpa, long size) {
    return new KvmEvent.Stage2WriteProtected(range(gpa, size));
  }

  /** Permissions added. */
  public static KvmEvent.Stage2Relaxed relaxed(long gpa, Perms added) {
    return new KvmEvent.Stage2Relaxed(new Gpa(gpa), added, 0);
  }

  /** A notifier call. */
  public static HostEvent.RangeInvalidated invalidated(long hva, long size) {
    return new HostEvent.RangeInvalidated(host(hva, size));
  }

  /** The host maps a page. */
  public static HostEvent.PageMapped pageMapped(
      long hva, long pfn, PageKind kind, boolean writable) {
    return new HostEvent.PageMapped(new Hva(hva), ByteSize.PAGE, new Pfn(pfn), kind, writable);
  }

  /** A write by the guest that reached a page. */
  public static HostEvent.PageWritten guestWrote(long pfn, int offset, int width, long value) {
    return new HostEvent.PageWritten(new Pfn(pfn), offset, width, value, HostEvent.Writer.GUEST);
  }

  /** The whole content of a page; offsets and values by turns, eight bytes each. */
  public static HostEvent.ContentSeen content(long pfn, long... words) {
    List<HostEvent.Word> list = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      list.add(new HostEvent.Word((int) words[i], 8, words[i + 1]));
    }
    return new HostEvent.ContentSeen(new Pfn(pfn), true, list);
  }

  /** A guest access begins. */
  public static GuestEvent.GuestAccessed access(
      AccessKind kind, long gpa, int width, @Nullable Long value) {
    return new GuestEvent.GuestAccessed(0, kind, new Gpa(gpa), width, value);
  }

  /** A guest access ends. */
  public static GuestEvent.GuestAccessCompleted completed(
      AccessKind kind, long gpa, int width, @Nullable Long value, Completion completion) {
    return new GuestEvent.GuestAccessCompleted(0, kind, new Gpa(gpa), width, value, completion);
  }

  /** A guest physical range. */
  public static GpaRange range(long gpa, long size) {
    return new GpaRange(new Gpa(gpa), new ByteSize(size));
  }

  /** A host virtual range. */
  public static HvaRange host(long hva, long size) {
    return new HvaRange(new Hva(hva), new ByteSize(size));
  }
}
