package org.pagetrail.kvm;

import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.FaultEnd.Outcome;
import org.pagetrail.kvm.PageLookup.Found;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.port.EntryBlock;
import org.pagetrail.kvm.model.port.EntryLogging;
import org.pagetrail.kvm.model.port.EntryPermission;
import org.pagetrail.kvm.model.port.EntryType;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.slot.Memslot;
import org.pagetrail.kvm.stage2.Stage2;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** The entry that a guest page fault on riscv, loongarch, mips, powerpc or s390 makes. */
final class PortMapping {
  private static final long UNKNOWN_PAGES = 0;

  private final Draft draft;
  private final KernelModel model;
  private final PortFault path;
  private final Fault fault;
  private final Memslot slot;
  private final boolean write;
  private final boolean logging;

  PortMapping(Draft draft, PortFault path, Fault fault, Memslot slot) {
    this.draft = draft;
    this.model = draft.model();
    this.path = path;
    this.fault = fault;
    this.slot = slot;
    this.write = fault.access().writes();
    this.logging = slot.flags().logsDirty() && !slot.flags().isReadOnly();
  }

  /**
   * Whether an entry is there that lacks nothing but the write fault. An entry goes when the host
   * takes write permission from its page, so what the host allows now it has allowed since.
   */
  boolean isWriteLetThrough() {
    Stage2Leaves there = draft.state().stage2().at(fault.gpa());
    HostPages page = draft.host().pageAt(slot.hvaOf(fault.gpa()));
    boolean loggedBlock = there != null && there.leafPages() > 1 && logging;
    return model.rule(EntryPermission.class).waitsForWrite()
        && there != null
        && page != null
        && page.writable()
        && !loggedBlock;
  }

  FaultEnd letWriteThrough() {
    draft.decide(
        new Stage2Relaxed(fault.gpa().pageBase(), Perms.RWX, 0), model.rule(EntryPermission.class));
    return dirtied();
  }

  FaultEnd map(Found found, Pfn pfn) {
    EntryPermission permission = model.rule(EntryPermission.class);
    if (permission.isUnknown()) {
      return path.undecided(fault, permission);
    }
    long pages = pages();
    if (pages == UNKNOWN_PAGES) {
      return path.undecided(fault, model.rule(EntryBlock.class));
    }
    FaultFacts facts =
        FaultFacts.of(
            draft,
            found,
            slot,
            draft.host().mappingAt(slot.hvaOf(fault.gpa())),
            write,
            fault.access() == AccessKind.EXECUTE);
    boolean mayWrite =
        facts.decide(
            StatedDecision.MEMORY_WRITE,
            found.writable() && (write || !(logging || permission.waitsForWrite())));
    Gpa gpa = new Gpa(fault.gpa().pageBase().value() & -(pages << PageSize.BASE_SHIFT));
    draft.decide(
        new Stage2Mapped(
            gpa,
            new ByteSize(pages << PageSize.BASE_SHIFT),
            new Pfn(pfn.value() & -pages),
            new Perms(true, mayWrite, true),
            memoryType(facts, found, pfn),
            0),
        facts.rule(StatedDecision.MEMORY_WRITE, permission),
        Input.of("writable", found.writable()),
        Input.of("write", write),
        Input.of("logged", logging));
    return mayWrite ? dirtied() : path.end(fault, Outcome.RESUMED, KvmRule.FAULT_RESOLVED);
  }

  private FaultEnd dirtied() {
    EntryLogging rule = model.rule(EntryLogging.class);
    if (logging && rule.isUnknown()) {
      return path.undecided(fault, rule);
    }
    if (logging) {
      draft.decide(new PageDirtied(fault.gpa().gfn()), rule);
    }
    return path.end(fault, Outcome.RESUMED, KvmRule.FAULT_RESOLVED);
  }

  private MemoryType memoryType(FaultFacts facts, Found found, Pfn pfn) {
    EntryType rule = model.rule(EntryType.class);
    return switch (rule) {
      case RISCV_NONE, MIPS_NONE, S390_NONE -> MemoryType.NONE;
      case LOONGARCH_PFN_VALID -> {
        boolean valid =
            FrameFacts.of(found.kind(), model.rule(PfnValid.class), found.pfnmap()).valid();
        boolean device = facts.decide(StatedDecision.DEVICE, !valid);
        draft.decide(
            new DeviceDecided(pfn, found.writable(), device),
            facts.rule(StatedDecision.DEVICE, rule),
            Input.of("page", found.kind()),
            Input.of("pfn valid", valid));
        yield device ? MemoryType.DEVICE : MemoryType.NORMAL;
      }
      case POWERPC_HASH_HOST_ENTRY -> {
        Mapping mapping = draft.host().mappingAt(slot.hvaOf(fault.gpa()));
        boolean inhibited =
            mapping != null
                && mapping.backing() == Backing.PFNMAP
                && !mapping.details().cacheable();
        yield !path.hasHashedTables()
            ? MemoryType.UNKNOWN
            : inhibited ? MemoryType.DEVICE : MemoryType.NORMAL;
      }
      case UNKNOWN -> MemoryType.UNKNOWN;
    };
  }

  /** Base pages of the entry. Only a huge page of the host can be mapped by one entry at all. */
  private long pages() {
    HostPages page = draft.host().pageAt(slot.hvaOf(fault.gpa()));
    if (page == null || !page.huge()) {
      return 1;
    }
    Mapping mapping = draft.host().mappingAt(slot.hvaOf(fault.gpa()));
    boolean allowed = slot.allowsBlock(fault.gpa(), PageSize.BLOCK_BYTES);
    boolean frames = mapping != null && mapping.backing() == Backing.PFNMAP;
    boolean hugetlb = mapping != null && mapping.isHugetlb();
    return switch (model.rule(EntryBlock.class)) {
      case RISCV_HUGETLB -> !logging && hugetlb ? Stage2.BLOCK_PAGES : 1;
      case RISCV_HOST_LEAF -> !logging && !frames && allowed ? Stage2.BLOCK_PAGES : 1;
      case LOONGARCH_HOST_LEAF -> !(logging && write) && allowed ? Stage2.BLOCK_PAGES : 1;
      case MIPS_PAGE -> 1;
      case UNKNOWN -> UNKNOWN_PAGES;
    };
  }
}
