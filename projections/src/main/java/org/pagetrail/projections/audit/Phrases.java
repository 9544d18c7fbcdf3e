package org.pagetrail.projections.audit;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.SlotFlags;

/** The field's words for values, for use within a sentence. */
final class Phrases {
  private Phrases() {}

  static String kind(PageKind kind) {
    return switch (kind) {
      case ABSENT -> "no page";
      case ZERO_PAGE -> "the host's zero page";
      case HUGE_ZERO_PAGE -> "a part of the huge zero page";
      case ANONYMOUS -> "an anonymous page";
      case ANONYMOUS_HUGE -> "a part of a transparent huge page";
      case KSM -> "a KSM page";
      case PAGE_CACHE -> "a page-cache page";
      case PAGE_CACHE_HUGE -> "a part of a huge page-cache page";
      case HUGETLB -> "a hugetlb page";
      case DEVICE -> "device memory without struct page";
      case RESERVED_RAM -> "reserved RAM";
      case NOMAP_RAM -> "RAM that the kernel does not map";
      case ZONE_DEVICE -> "device memory with struct page";
      case POISONED -> "a poisoned page";
      case UNKNOWN -> "a page of unknown kind";
    };
  }

  static String type(MemoryType type) {
    return switch (type) {
      case NORMAL -> "Normal";
      case NORMAL_NC -> "Normal non-cacheable";
      case DEVICE -> "Device";
      case NONE -> "without a memory type";
      case UNKNOWN -> "of unknown memory type";
    };
  }

  static String access(AccessKind access) {
    return switch (access) {
      case READ -> "read";
      case WRITE -> "write";
      case EXECUTE -> "instruction fetch";
      case READ_EXCLUSIVE -> "load-exclusive";
      case WRITE_EXCLUSIVE -> "store-exclusive";
      case ATOMIC -> "atomic update";
      case READ_PAIR -> "load of a pair";
      case WRITE_PAIR -> "store of a pair";
      case ZERO_BLOCK -> "block zeroing";
      case CACHE_MAINTENANCE -> "cache maintenance";
      case WALK_READ -> "table walk";
      case WALK_WRITE -> "table walk that updates";
      case STRING_IN -> "string input";
      case STRING_OUT -> "string output";
      case STRING_STORE -> "string store";
    };
  }

  static String region(RegionKind kind) {
    return switch (kind) {
      case RAM -> "RAM";
      case ROM -> "ROM";
      case ROMD -> "ROM device in romd mode";
      case IO -> "I/O";
      case RAM_DEVICE -> "RAM of a device";
    };
  }

  static String backing(Backing backing) {
    return switch (backing) {
      case PRIVATE_ANONYMOUS -> "private anonymous memory";
      case SHARED_ANONYMOUS -> "shared anonymous memory";
      case MEMFD_SHARED -> "shared memfd";
      case MEMFD_PRIVATE -> "private memfd";
      case FILE_PRIVATE -> "private file mapping";
      case FILE_SHARED -> "shared file mapping";
      case HUGETLB_PRIVATE -> "private hugetlb";
      case HUGETLB_SHARED -> "shared hugetlb";
      case PFNMAP -> "page frames without page cache";
      case UNKNOWN -> "memory of unknown backing";
    };
  }

  static String writer(Writer writer) {
    return switch (writer) {
      case GUEST -> "the guest";
      case HOST -> "the host";
    };
  }

  static String flags(SlotFlags flags) {
    String mode = flags.isReadOnly() ? "read-only" : "writable";
    return mode + (flags.logsDirty() ? ", dirty log on" : "");
  }

  /** {@code 0x4000000-0x7ffffff}, or {@code 0x4000000} alone where the size is none. */
  static String range(Gpa start, ByteSize size) {
    return size.isZero()
        ? start.toString()
        : start + "-" + Hex.of(start.value() + size.bytes() - 1);
  }

  static String size(ByteSize size) {
    if (size.bytes() == PageSize.BASE_BYTES) {
      return "page";
    }
    if (size.bytes() == PageSize.BLOCK_BYTES) {
      return "2 MiB block";
    }
    return size.bytes() == PageSize.GIGA_BYTES ? "1 GiB block" : "range of " + size;
  }

  static String hex(@Nullable Long value) {
    return value == null ? "unknown" : Hex.of(value);
  }

  /** {@code " (pc 0x…)"}, empty where the counter is not known. */
  static String pc(long pc) {
    return pc == 0 ? "" : " (pc " + Hex.of(pc) + ")";
  }
}
