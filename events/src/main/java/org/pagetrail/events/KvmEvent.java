package org.pagetrail.events;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/** What the hypervisor did. Results named {@code ret} are 0 or a negative errno unless said. */
public sealed interface KvmEvent extends Event {
  @Override
  default Layer layer() {
    return Layer.KVM;
  }

  /** What a memslot request turned out to be. */
  enum SlotChange {
    CREATE,
    DELETE,
    MOVE,
    FLAGS_ONLY,
    /** Nothing differs. */
    NONE,
    /** Refused with an errno. */
    REFUSED,
    /** Seen in a trace that does not say. */
    UNSTATED
  }

  /** Why a stage 2 translation failed. */
  enum FaultType {
    TRANSLATION,
    ACCESS_FLAG,
    PERMISSION,
    OTHER
  }

  /** What a pfn lookup came to. */
  enum LookupResult {
    FOUND,
    FAULT,
    HWPOISON,
    RO_FAULT,
    SIGPENDING,
    NEEDS_IO,
    NOSLOT
  }

  /** Which abort the guest sees. */
  enum AbortKind {
    INSTRUCTION,
    DATA
  }

  /** A vCPU started to run guest code at {@code pc}. */
  record VcpuEntered(int vcpu, long pc) implements KvmEvent {}

  /** A vCPU stopped running guest code; {@code reason} in the words of the trace. */
  record VcpuExited(int vcpu, String reason, long pc) implements KvmEvent {}

  /** A memslot was set; {@code size} 0 deletes. */
  record MemslotSet(
      SlotId slot, SlotChange change, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva, int ret)
      implements KvmEvent {}

  /** Marks what tells of the stage 2 tables: an access that missed them, or a change to them. */
  interface Stage2Event {}

  /**
   * A guest access missed stage 2.
   *
   * @param gpa the address, with its offset in the page where the trace has it
   * @param level the table level of the miss, -1 if unknown
   * @param syndrome the syndrome register: ESR_EL2 on arm, the error code on x86
   * @param pc the guest's program counter, 0 if unknown
   */
  record Stage2Faulted(
      int vcpu, AccessKind access, Gpa gpa, FaultType fault, int level, long syndrome, long pc)
      implements KvmEvent, Stage2Event {}

  /**
   * A guest frame was resolved to a host frame.
   *
   * @param write whether write access was asked for
   * @param pfn the frame, null unless found
   * @param kind what the frame is, UNKNOWN if the trace does not say
   * @param writable whether the host lets the guest write there; null if the trace does not say
   */
  record PfnResolved(
      Gfn gfn,
      boolean write,
      LookupResult result,
      @Nullable Pfn pfn,
      PageKind kind,
      @Nullable Boolean writable)
      implements KvmEvent {}

  /** KVM took the frame for device memory, or not. */
  record DeviceDecided(Pfn pfn, boolean writable, boolean device) implements KvmEvent {}

  /** An entry was put into stage 2, or the attempt failed with {@code ret}. */
  record Stage2Mapped(Gpa gpa, ByteSize size, Pfn pfn, Perms perms, MemoryType memoryType, int ret)
      implements KvmEvent, Stage2Event {}

  /** Permissions were added to the entry that maps {@code gpa}. */
  record Stage2Relaxed(Gpa gpa, Perms added, int ret) implements KvmEvent, Stage2Event {}

  /** Entries were removed. */
  record Stage2Unmapped(GpaRange range) implements KvmEvent, Stage2Event {}

  /** Write permission was taken from entries. */
  record Stage2WriteProtected(GpaRange range) implements KvmEvent, Stage2Event {}

  /** Blocks that lie in the range were replaced by tables of base pages that map the same. */
  record Stage2Split(GpaRange range) implements KvmEvent, Stage2Event {}

  /** The access flag of an entry was set. */
  record Stage2MadeYoung(Gpa gpa) implements KvmEvent, Stage2Event {}

  /** An access that memory does not answer was handed on, to the kernel's bus or to QEMU. */
  record MmioExited(int vcpu, Gpa gpa, int width, boolean write, long value) implements KvmEvent {}

  /** The answer of a device reached the guest's register. */
  record MmioCompleted(int vcpu, Gpa gpa, int width, long value) implements KvmEvent {}

  /** KVM gave up emulating an access (arm {@code io_mem_abort}): 0 to QEMU, 1 resumed. */
  record MmioAbortHandled(Gpa gpa, int ret) implements KvmEvent {}

  /** The abort handler is done: 1 resumes the guest, 0 goes to QEMU, negative is an errno. */
  record AbortHandled(int vcpu, int ret) implements KvmEvent {}

  /** KVM made the guest take an abort. */
  record AbortInjected(int vcpu, AbortKind kind, long address) implements KvmEvent {}

  /** KVM_RUN came back: {@code errno} 0 for a regular exit. */
  record RunReturned(int vcpu, String reason, int errno) implements KvmEvent {}

  /** A page of a logged slot was marked dirty. */
  record PageDirtied(Gfn gfn) implements KvmEvent {}

  /** Userspace read and cleared a slot's dirty log. */
  record DirtyLogRead(SlotId slot, long dirtyPages, int ret) implements KvmEvent {}

  /** An event of the trace that says nothing about pages: interrupts, system registers. */
  record VcpuNoted(int vcpu, String event, String text) implements KvmEvent {}

  /** The model cannot decide, because the reference it was built from stops here. */
  record Undecided(int vcpu, Gpa gpa, String question) implements KvmEvent {}
}
