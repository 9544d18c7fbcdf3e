package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.kvm.host.Mapping;

/** What KVM, or the host's memory management below it, is asked to do. */
public sealed interface KvmCommand {

  /** KVM_SET_USER_MEMORY_REGION; {@code size} 0 deletes. */
  record SetMemslot(SlotId slot, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva)
      implements KvmCommand {}

  /** KVM_GET_DIRTY_LOG: reads and clears. */
  record GetDirtyLog(SlotId slot) implements KvmCommand {}

  /**
   * A vCPU accesses memory; with all faults, until the access ends: in memory, with an MMIO exit,
   * with KVM_RUN failing, or with an abort injected.
   *
   * @param width bytes, 1 to 16; 4 for an instruction fetch
   * @param value what is written, its low 8 bytes; null for reads and where unknown
   */
  record AccessMemory(int vcpu, AccessKind access, Gpa gpa, int width, @Nullable Long value)
      implements KvmCommand {}

  /**
   * A vCPU took exactly one abort, as a trace recorded it.
   *
   * @param level the level of the table that missed, -1 if unknown
   * @param syndrome ESR_EL2 on arm, the error code on x86; 0 to take it from the access
   */
  record HandleFault(
      int vcpu, AccessKind access, Gpa gpa, FaultType fault, int level, long syndrome, long pc)
      implements KvmCommand {}

  /** The monitor has served the vCPU's MMIO exit and enters the guest again. */
  record CompleteMmio(int vcpu, Gpa gpa, int width, long value) implements KvmCommand {}

  /** The monitor maps memory; what was there before is gone. */
  record MapHost(
      HvaRange range,
      Backing backing,
      Perms perms,
      HugeAdvice advice,
      String name,
      Mapping.Details details)
      implements KvmCommand {}

  /** The monitor unmaps memory. */
  record UnmapHost(HvaRange range) implements KvmCommand {}

  /** The monitor reads memory. */
  record HostRead(Hva hva, int width) implements KvmCommand {}

  /** The monitor writes memory: {@code width} bytes, 1 to 8, little-endian. */
  record HostWrite(Hva hva, int width, long value) implements KvmCommand {}

  /** The monitor writes the same byte everywhere in a range. */
  record HostFill(HvaRange range, int fillByte) implements KvmCommand {}

  /** The monitor writes the content of a file, which we do not hold, into a range. */
  record HostLoad(HvaRange range, String file) implements KvmCommand {}

  /** What madvise is asked for. */
  enum Advice {
    DONTNEED,
    POPULATE_READ,
    POPULATE_WRITE,
    HUGEPAGE,
    NOHUGEPAGE
  }

  /** The monitor calls madvise. */
  record Madvise(HvaRange range, Advice advice) implements KvmCommand {}

  /** The monitor calls mprotect. */
  record Mprotect(HvaRange range, Perms perms) implements KvmCommand {}

  /** The monitor calls msync with MS_SYNC: dirty pages of shared files are written back. */
  record Msync(HvaRange range) implements KvmCommand {}

  /** The monitor forks; the child keeps its memory, or exits at once. */
  record Fork(boolean childKept) implements KvmCommand {}

  /** The host merges the range's equal pages into one; {@code toZeroPage} if they are zeros. */
  record KsmMerge(HvaRange range, boolean toZeroPage) implements KvmCommand {}

  /** khugepaged makes huge pages of what it can of the range. */
  record CollapseHuge(HvaRange range) implements KvmCommand {}

  /** The range's huge pages are split into base pages. */
  record SplitHuge(HvaRange range) implements KvmCommand {}

  /** The host finds that the page at an address is broken. */
  record PoisonPage(Hva hva) implements KvmCommand {}

  /** A recording: the next new page at this address gets this frame. */
  record ExpectFrame(Hva hva, Pfn pfn) implements KvmCommand {}

  /** A recording: KVM was told that a range changes, by a cause that was not seen. */
  record NotifyInvalidate(HvaRange range) implements KvmCommand {}

  /** A recording: KVM was told that one entry maps another page, by a cause that was not seen. */
  record NotifyEntryChanged(Hva hva) implements KvmCommand {}

  /**
   * A recording: a snapshot shows this page, or this run of alike pages.
   *
   * @param size a base page, a huge page, or a multiple of one
   * @param pfn the first frame; null where unknown
   */
  record StatePage(Hva hva, ByteSize size, @Nullable Pfn pfn, PageKind kind, boolean writable)
      implements KvmCommand {}
}
