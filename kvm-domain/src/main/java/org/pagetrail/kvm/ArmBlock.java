package org.pagetrail.kvm;

import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.arm.BlockSize;
import org.pagetrail.kvm.model.arm.PfnmapBlock;
import org.pagetrail.kvm.run.Run;
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
    if (logging) {
      return 1;
    }
    if (mapping.isHugetlb()) {
      return rule == BlockSize.CONGRUENT || isAllowed(gpa, Stage2.BLOCK_PAGES)
          ? Stage2.BLOCK_PAGES
          : 1;
    }
    boolean computed =
        mapping.backing() == Backing.PFNMAP
            && draft.model().rule(PfnmapBlock.class) == PfnmapBlock.VMA_ARITHMETIC;
    return computed && liesInMapping(gpa) && isAllowed(gpa, Stage2.BLOCK_PAGES)
        ? Stage2.BLOCK_PAGES
        : 1;
  }

  /** Whether frames and host addresses agree modulo a block, and the mapping holds all of it. */
  private boolean liesInMapping(Gpa gpa) {
    Pfn first = mapping.details().firstFrame();
    long page = slot.hvaOf(gpa).value() >>> PageSize.BASE_SHIFT;
    long block = page & -Stage2.BLOCK_PAGES;
    if (first == null || ((first.value() - mapping.origin()) & (Stage2.BLOCK_PAGES - 1)) != 0) {
      return false;
    }
    HvaRange range =
        new HvaRange(
            new Hva(block << PageSize.BASE_SHIFT),
            new ByteSize(Stage2.BLOCK_PAGES << PageSize.BASE_SHIFT));
    return draft.host().mappingsIn(range).stream()
            .filter(run -> run.value().equals(mapping))
            .mapToLong(Run::count)
            .sum()
        == Stage2.BLOCK_PAGES;
  }

  /** What the page that was found allows: base pages of one entry. */
  long pagesOfPage(Fault fault) {
    if (logging || forcesPage()) {
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

  /** Whether the size of page frames is that of the host's own entry, devices included. */
  boolean followsHostLeaf() {
    return mapping.backing() == Backing.PFNMAP
        && draft.model().rule(PfnmapBlock.class) == PfnmapBlock.HOST_LEAF;
  }

  private boolean forcesPage() {
    return mapping.backing() == Backing.PFNMAP
        && switch (draft.model().rule(PfnmapBlock.class)) {
          case AS_MEMORY, HOST_LEAF -> false;
          case PAGE, VMA_ARITHMETIC -> true;
        };
  }

  private boolean isAllowed(Gpa gpa, long pages) {
    long size = pages << PageSize.BASE_SHIFT;
    return rule == BlockSize.CONGRUENT ? slot.isCongruent(size) : slot.allowsBlock(gpa, size);
  }
}
