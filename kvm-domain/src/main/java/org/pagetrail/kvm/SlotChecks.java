package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.slot.CacheablePfnmapSlot;
import org.pagetrail.kvm.model.slot.IpaLimit;
import org.pagetrail.kvm.model.slot.PfnmapLogging;
import org.pagetrail.kvm.model.slot.ReadOnlyMapping;
import org.pagetrail.kvm.model.slot.ReadOnlySlots;
import org.pagetrail.kvm.model.slot.SlotCount;
import org.pagetrail.kvm.model.slot.SlotRule;
import org.pagetrail.kvm.model.slot.UserRange;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.slot.Memslot;

/** What KVM_SET_USER_MEMORY_REGION checks, in the kernel's order. */
final class SlotChecks {
  private static final long MAX_PAGES = (1L << 31) - 1;

  private final KernelModel model;
  private final KvmState state;

  SlotChecks(KernelModel model, KvmState state) {
    this.model = model;
    this.state = state;
  }

  /**
   * What becomes of a request.
   *
   * @param errno 0 if it is accepted
   * @param rule the check that refused it, or what the change is
   */
  record Verdict(SlotChange change, int errno, Rule rule, Input input) {}

  Verdict judge(SetMemslot request) {
    Verdict refused = refusedForItself(request);
    if (refused != null) {
      return refused;
    }
    Memslot old = state.slots().get(request.slot());
    if (request.size().isZero()) {
      return old == null
          ? refuse(SlotRule.NO_SLOT_TO_DELETE, Errno.EINVAL, "slot", request.slot())
          : accept(SlotChange.DELETE, request);
    }
    SlotChange change = old == null ? SlotChange.CREATE : change(old, request);
    if (change == SlotChange.REFUSED) {
      return refuse(SlotRule.IMMUTABLE, Errno.EINVAL, "slot", request.slot());
    }
    if (change == SlotChange.NONE) {
      return accept(change, request);
    }
    if (change != SlotChange.FLAGS_ONLY) {
      GpaRange range = new GpaRange(request.gpa(), request.size());
      Memslot other = state.slots().overlapping(request.slot(), range);
      if (other != null) {
        return refuse(SlotRule.OVERLAP, Errno.EEXIST, "overlaps", other.id());
      }
    }
    Verdict byArch = refusedByArch(request);
    return byArch != null ? byArch : accept(change, request);
  }

  private @Nullable Verdict refusedForItself(SetMemslot request) {
    MemslotLimits limits = state.machine().limits();
    SlotCount count = model.rule(SlotCount.class);
    long size = request.size().bytes();
    long gpa = request.gpa().value();
    long hva = request.hva().value();
    if ((request.flags().bits() & ~limits.knownFlags()) != 0) {
      return refuse(SlotRule.UNKNOWN_FLAG, Errno.EINVAL, "flags", request.flags());
    }
    ReadOnlySlots readOnly = model.rule(ReadOnlySlots.class);
    if (!limits.areAsked()
        && request.flags().isReadOnly()
        && readOnly == ReadOnlySlots.UNSUPPORTED) {
      return refuse(readOnly, Errno.EINVAL, "flags", request.flags());
    }
    if (request.slot().id() >= limits.userSlots().orElse(count.userSlots())) {
      Rule rule = limits.userSlots().isPresent() ? SlotRule.ASKED_LIMIT : count;
      return refuse(rule, Errno.EINVAL, "slot", request.slot());
    }
    if (!isPageAligned(size)) {
      return refuse(SlotRule.UNALIGNED_SIZE, Errno.EINVAL, "size", request.size());
    }
    if (!isPageAligned(gpa)) {
      return refuse(SlotRule.UNALIGNED_GPA, Errno.EINVAL, "gpa", request.gpa());
    }
    if (!isPageAligned(hva)) {
      return refuse(SlotRule.UNALIGNED_HVA, Errno.EINVAL, "hva", request.hva());
    }
    UserRange userRange = model.rule(UserRange.class);
    if (!userRange.holds(request.hva(), request.size(), state.machine().hvaBits())) {
      return refuse(userRange, Errno.EINVAL, "hva", request.hva());
    }
    if (request.slot().addressSpace() >= limits.addressSpaces().orElse(count.addressSpaces())) {
      Rule rule = limits.addressSpaces().isPresent() ? SlotRule.ASKED_LIMIT : count;
      return refuse(rule, Errno.EINVAL, "slot", request.slot());
    }
    if (Long.compareUnsigned(gpa + size, gpa) < 0) {
      return refuse(SlotRule.GPA_WRAPS, Errno.EINVAL, "gpa", request.gpa());
    }
    if (request.size().pages() > MAX_PAGES) {
      return refuse(SlotRule.TOO_MANY_PAGES, Errno.EINVAL, "pages", request.size().pages());
    }
    return null;
  }

  private static SlotChange change(Memslot old, SetMemslot request) {
    boolean readOnlyToggled = old.flags().isReadOnly() != request.flags().isReadOnly();
    if (!old.hva().equals(request.hva()) || !old.size().equals(request.size()) || readOnlyToggled) {
      return SlotChange.REFUSED;
    }
    if (!old.gpa().equals(request.gpa())) {
      return SlotChange.MOVE;
    }
    return old.flags().equals(request.flags()) ? SlotChange.NONE : SlotChange.FLAGS_ONLY;
  }

  private @Nullable Verdict refusedByArch(SetMemslot request) {
    IpaLimit limit = model.rule(IpaLimit.class);
    if (limit.refuses(request.gpa(), request.size(), state.machine().ipaBits())) {
      return refuse(limit, limit.errno(), "gpa", request.gpa());
    }
    HvaRange range = new HvaRange(request.hva(), request.size());
    ReadOnlyMapping readOnly =
        model.answers(ReadOnlyMapping.class)
            ? model.rule(ReadOnlyMapping.class)
            : ReadOnlyMapping.ALLOWED;
    PfnmapLogging logging =
        model.answers(PfnmapLogging.class)
            ? model.rule(PfnmapLogging.class)
            : PfnmapLogging.IGNORED;
    for (Run<Mapping> run : state.host().mappingsIn(range)) {
      Mapping mapping = run.value();
      if (readOnly.isRefused() && !request.flags().isReadOnly() && !mapping.perms().write()) {
        return refuse(readOnly, Errno.EPERM, "mapping", mapping.perms());
      }
      if (logging.isRefused()
          && mapping.backing() == Backing.PFNMAP
          && request.flags().logsDirty()) {
        return refuse(logging, Errno.EINVAL, "flags", request.flags());
      }
      if (isStaleCacheRisk(mapping)) {
        return refuse(CacheablePfnmapSlot.EINVAL, Errno.EINVAL, "host caches it", true);
      }
    }
    return null;
  }

  /** Page frames that the host caches and the guest could not be forced to. */
  private boolean isStaleCacheRisk(Mapping mapping) {
    boolean forced = state.machine().fwb() && state.machine().dic();
    return mapping.backing() == Backing.PFNMAP
        && mapping.details().cacheable()
        && !forced
        && model.answers(CacheablePfnmapSlot.class)
        && model.rule(CacheablePfnmapSlot.class) == CacheablePfnmapSlot.EINVAL;
  }

  private static boolean isPageAligned(long value) {
    return (value & (PageSize.BASE_BYTES - 1)) == 0;
  }

  private static Verdict accept(SlotChange change, SetMemslot request) {
    return new Verdict(change, 0, SlotRule.CHANGE, Input.of("slot", request.slot()));
  }

  private static Verdict refuse(Rule rule, int errno, String name, Object value) {
    return new Verdict(SlotChange.REFUSED, errno, rule, Input.of(name, value));
  }
}
