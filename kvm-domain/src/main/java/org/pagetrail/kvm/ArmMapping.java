package org.pagetrail.kvm;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.FaultEnd.Outcome;
import org.pagetrail.kvm.PageLookup.Found;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.arm.DeviceGuard;
import org.pagetrail.kvm.model.arm.DeviceMemoryType;
import org.pagetrail.kvm.model.arm.DevicePermission;
import org.pagetrail.kvm.model.arm.DeviceRule;
import org.pagetrail.kvm.model.arm.DirtyLogging;
import org.pagetrail.kvm.model.arm.ErrorPfn;
import org.pagetrail.kvm.model.arm.ExecOnDevice;
import org.pagetrail.kvm.model.arm.ExecPermission;
import org.pagetrail.kvm.model.arm.Install;
import org.pagetrail.kvm.model.arm.PermissionFault;
import org.pagetrail.kvm.model.arm.Poison;
import org.pagetrail.kvm.model.arm.RelaxAddress;
import org.pagetrail.kvm.model.arm.Syndrome;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.slot.Memslot;
import org.pagetrail.kvm.stage2.Stage2;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** An abort behind which there is memory: user_mem_abort, from the slot to the stage 2 entry. */
final class ArmMapping {
  private final Draft draft;
  private final KernelModel model;
  private final ArmAbort abort;
  private final Fault fault;
  private final Memslot slot;
  private final boolean write;
  private final boolean fetch;
  private final boolean logging;

  ArmMapping(
      Draft draft, ArmAbort abort, Fault fault, Syndrome syndrome, Memslot slot, boolean write) {
    this.draft = draft;
    this.model = draft.model();
    this.abort = abort;
    this.fault = fault;
    this.slot = slot;
    this.write = write;
    this.fetch = syndrome.instruction() && !syndrome.walk();
    this.logging =
        model.rule(DirtyLogging.class).isSupported()
            && slot.flags().logsDirty()
            && !slot.flags().isReadOnly();
  }

  FaultEnd resolve() {
    PermissionFault repairable = model.rule(PermissionFault.class);
    boolean permission = fault.fault() == FaultType.PERMISSION;
    boolean repairs = repairable.handles(write, fetch);
    if (permission && !repairs) {
      return abort.fail(fault, Errno.EFAULT, repairable, Input.of("fetch", fetch));
    }
    Mapping mapping = draft.host().mappingAt(slot.hvaOf(fault.gpa()));
    if (mapping == null) {
      return abort.fail(fault, Errno.EFAULT, KvmRule.NO_MAPPING);
    }
    ArmBlock block = new ArmBlock(draft, slot, mapping, logging);
    long pages = block.pagesOfMapping(fault.gpa());
    Gfn gfn = new Gfn(fault.gpa().gfn().value() & -pages);
    long before = draft.state().invalidations();
    Found found = new PageLookup(draft).resolve(slot, gfn, write);
    if (found.result() == LookupResult.HWPOISON && model.rule(Poison.class) == Poison.SIGBUS) {
      draft.decide(new SignalSent("SIGBUS", slot.hvaOf(fault.gpa())), Poison.SIGBUS);
      return abort.end(fault, Outcome.SIGNALLED, Poison.SIGBUS);
    }
    Pfn pfn = found.pfn();
    if (found.result() != LookupResult.FOUND || pfn == null) {
      return abort.fail(
          fault, Errno.EFAULT, model.rule(ErrorPfn.class), Input.of("lookup", found.result()));
    }
    DeviceRule deviceRule = model.rule(DeviceRule.class);
    FaultFacts facts = FaultFacts.of(draft, found, slot, mapping, write, fetch);
    boolean device = decideDevice(deviceRule, facts, found, pfn);
    boolean notMemory = found.pfnmap() && !factsOf(found).mapMemory();
    boolean cacheable = mapping.details().cacheable();
    // Who states what a device is answers the whole question, the refusal of that rule included.
    if (model.stated(StatedDecision.DEVICE) == null
        && deviceRule.failsCacheable(notMemory, cacheable, canForceCaching())) {
      return abort.fail(fault, Errno.EFAULT, deviceRule, Input.of("host caches it", true));
    }
    boolean writable = found.writable() && (device || !logging || write);
    if (device && fetch && model.rule(ExecOnDevice.class) == ExecOnDevice.ABORT) {
      return abort.inject(fault, AbortKind.INSTRUCTION, ExecOnDevice.ABORT);
    }
    if (draft.state().invalidations() != before) {
      return abort.end(
          fault,
          Outcome.RESUMED,
          KvmRule.STALE,
          Input.of("invalidations", draft.state().invalidations() - before));
    }
    if (pages == 1 && (!device || block.followsHostLeaf())) {
      pages = block.pagesOfPage(fault);
    }
    return install(facts, gfn.gpa(), pages, pfn, typeOf(device, mapping), writable);
  }

  /** A cacheable mapping of page frames is safe only with both features of the processor. */
  private boolean canForceCaching() {
    return draft.state().machine().fwb() && draft.state().machine().dic();
  }

  private MemoryType typeOf(boolean device, Mapping mapping) {
    if (!device) {
      return MemoryType.NORMAL;
    }
    return switch (model.rule(DeviceMemoryType.class)) {
      case DEVICE_NGNRE -> MemoryType.DEVICE;
      case NON_CACHEABLE_IF_ALLOWED ->
          mapping.details().anyUncached() ? MemoryType.NORMAL_NC : MemoryType.DEVICE;
    };
  }

  private FrameFacts factsOf(Found found) {
    return FrameFacts.of(found.kind(), model.rule(PfnValid.class), found.pfnmap());
  }

  private boolean decideDevice(DeviceRule rule, FaultFacts fault, Found found, Pfn pfn) {
    DeviceGuard guard = model.rule(DeviceGuard.class);
    FrameFacts facts = factsOf(found);
    GenericPredicate predicate = GenericPredicate.of(model, facts, found.kind());
    boolean cacheable = fault.mapping() == null || fault.mapping().details().cacheable();
    boolean asked = guard.asks(found.writable());
    boolean own = asked && rule.isDevice(facts, predicate.mmio(), cacheable);
    boolean device = fault.decide(StatedDecision.DEVICE, own);
    List<Input> inputs = new ArrayList<>();
    if ((asked && rule.asksPredicate()) || fault.asksPredicate(StatedDecision.DEVICE)) {
      inputs.add(Input.of("generic predicate", predicate.rule().id()));
    }
    inputs.add(Input.of("page", found.kind()));
    inputs.add(Input.of("pfn valid", facts.valid()));
    inputs.add(Input.of("reserved", facts.reserved()));
    inputs.add(Input.of("zero page", facts.zeroPage()));
    inputs.add(Input.of("map memory", facts.mapMemory()));
    inputs.add(Input.of("page frames", facts.pfnmap()));
    inputs.add(Input.of("writable", found.writable()));
    draft.decide(
        new DeviceDecided(pfn, found.writable(), device),
        fault.rule(StatedDecision.DEVICE, asked ? rule : guard),
        inputs.toArray(Input[]::new));
    return device;
  }

  private FaultEnd install(
      FaultFacts facts, Gpa lookedUp, long pages, Pfn pfn, MemoryType type, boolean writable) {
    boolean device = type != MemoryType.NORMAL;
    Gpa gpa = new Gpa(fault.gpa().pageBase().value() & -(pages << PageSize.BASE_SHIFT));
    Pfn first = new Pfn(pfn.value() & -pages);
    boolean mayWrite =
        device
            ? facts.decide(
                StatedDecision.DEVICE_WRITE,
                model.rule(DevicePermission.class).isWritable(writable))
            : facts.decide(StatedDecision.MEMORY_WRITE, writable);
    boolean mayExecute =
        device
            ? fetch && model.rule(ExecOnDevice.class) == ExecOnDevice.EXECUTABLE
            : model.rule(ExecPermission.class).isExecutable(fetch, draft.state().machine().dic());
    Perms perms = new Perms(true, mayWrite, mayExecute);
    Install rule = model.rule(Install.class);
    int ret =
        switch (rule) {
          case SET_ENTRY -> set(facts, gpa, pages, first, perms, type);
          case RELAX_OR_MAP -> relaxOrMap(facts, lookedUp, gpa, pages, first, perms, type);
        };
    if (ret != 0 && ret != -Errno.EAGAIN) {
      return abort.fail(fault, -ret, rule, Input.of("memory type", type));
    }
    markDirty(gpa, writable, ret == 0);
    return abort.end(fault, Outcome.RESUMED, KvmRule.FAULT_RESOLVED);
  }

  private int set(FaultFacts facts, Gpa gpa, long pages, Pfn first, Perms perms, MemoryType type) {
    Stage2Leaves there = draft.state().stage2().at(fault.gpa());
    boolean device = type != MemoryType.NORMAL;
    int ret = device && there != null && there.leafPages() == 1 ? -Errno.EFAULT : 0;
    boolean keepsExecute = there != null && there.perms().execute() && !device;
    map(facts, gpa, pages, first, keepsExecute ? perms.plus(Perms.RX) : perms, type, ret);
    return ret;
  }

  private int relaxOrMap(
      FaultFacts facts,
      Gpa lookedUp,
      Gpa gpa,
      long pages,
      Pfn first,
      Perms perms,
      MemoryType type) {
    Stage2Leaves there = draft.state().stage2().at(fault.gpa());
    long granule = Stage2.leafPages(fault.level());
    if (fault.fault() == FaultType.PERMISSION && granule == pages) {
      int ret = there == null ? -Errno.EAGAIN : 0;
      Gpa named = model.rule(RelaxAddress.class) == RelaxAddress.BLOCK ? gpa : lookedUp;
      draft.decide(
          new Stage2Relaxed(named, perms, ret),
          Install.RELAX_OR_MAP,
          Input.of("memory type", type));
      return ret;
    }
    Stage2Leaves head = draft.state().stage2().at(gpa);
    boolean sameButPermissions =
        head != null
            && head.leafPages() == pages
            && head.memoryType() == type
            && head.pfn().equals(first);
    int ret = sameButPermissions ? -Errno.EAGAIN : 0;
    map(facts, gpa, pages, first, perms, type, ret);
    return ret;
  }

  private void map(
      FaultFacts facts, Gpa gpa, long pages, Pfn first, Perms perms, MemoryType type, int ret) {
    draft.decide(
        new Stage2Mapped(gpa, new ByteSize(pages << PageSize.BASE_SHIFT), first, perms, type, ret),
        type == MemoryType.NORMAL
            ? facts.rule(StatedDecision.MEMORY_WRITE, model.rule(Install.class))
            : facts.rule(StatedDecision.DEVICE_WRITE, model.rule(DevicePermission.class)),
        Input.of("memory type", type),
        Input.of("write", write),
        Input.of("fetch", fetch));
  }

  private void markDirty(Gpa gpa, boolean writable, boolean installed) {
    DirtyLogging rule = model.rule(DirtyLogging.class);
    boolean marks =
        switch (rule) {
          case NONE -> false;
          case MARKS_WRITABLE -> true;
          case MARKS_INSTALLED -> installed;
        };
    if (marks && writable && slot.flags().logsDirty()) {
      draft.decide(new PageDirtied(gpa.gfn()), rule, Input.of("writable", true));
    }
  }
}
