package org.pagetrail.kvm;

import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.arm.BlockSize;
import org.pagetrail.kvm.model.arm.PfnmapBlock;
import org.pagetrail.kvm.slot.Memslot;
import org.pagetrail.kvm.stage2.Stage2;

/** How much one stage 2 entry maps: a page, or a block. */
final class ArmBlock {
  private final Draft draft;
  private final Memslot slot;
  private final Mapping mapping;
  private final boolean logging;
  private final BlockSize rule;

  ArmBlock(Draft draft, Memslot slot, Mapping mapping, boolean logging) {
    this.draft = draft;
    this.slot = slot;
    this.mapping = mapping;
    this.logging = logging;
    this.rule = draft.model().rule(BlockSize.class);
  }

  /** What the mapping alone asks for, before the page is known: base pages of one entry. */
  long pagesOfMapping(Gpa gpa) {
    if (logging || !mapping.isHugetlb()) {
      return 1;
    }
    return rule == BlockSize.CONGRUENT || isAllowed(gpa, Stage2.BLOCK_PAGES)
        ? Stage2.BLOCK_PAGES
        : 1;
  }

  /** What the page that was found allows: base pages of one entry. */
  long pagesOfPage(Fault fault, Pfn pfn) {
    if (logging || forcesPage(fault.gpa(), pfn)) {
      return 1;
    }
    boolean byGranule =
        fault.fault() == FaultType.PERMISSION && fault.level() == 2 && rule == BlockSize.HOST_LEAF;
    if (byGranule) {
      return Stage2.BLOCK_PAGES;
    }
    HostPages page = draft.host().pageAt(slot.hvaOf(fault.gpa()));
    boolean huge = page != null && page.huge();
    return huge && isAllowed(fault.gpa(), Stage2.BLOCK_PAGES) ? Stage2.BLOCK_PAGES : 1;
  }

  private boolean forcesPage(Gpa gpa, Pfn pfn) {
    if (mapping.backing() != Backing.PFNMAP) {
      return false;
    }
    return switch (draft.model().rule(PfnmapBlock.class)) {
      case AS_MEMORY, HOST_LEAF -> false;
      case PAGE -> true;
      case VMA_ARITHMETIC -> {
        long mask = PageSize.BLOCK_BYTES - 1;
        long hva = slot.hvaOf(gpa).value();
        yield (hva & mask) != ((pfn.value() << PageSize.BASE_SHIFT | gpa.pageOffset()) & mask);
      }
    };
  }

  private boolean isAllowed(Gpa gpa, long pages) {
    long size = pages << PageSize.BASE_SHIFT;
    return rule == BlockSize.CONGRUENT ? slot.isCongruent(size) : slot.allowsBlock(gpa, size);
  }
}
