package org.pagetrail.kvm.model;

import java.util.List;
import org.pagetrail.kvm.model.lookup.MmioPredicate;
import org.pagetrail.kvm.model.lookup.PfnLookup;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.lookup.ReferenceRelease;
import org.pagetrail.kvm.model.lookup.RemappedPfn;
import org.pagetrail.kvm.model.mm.ChangePte;
import org.pagetrail.kvm.model.mm.ChangePteEffect;
import org.pagetrail.kvm.model.mm.HugeCopy;
import org.pagetrail.kvm.model.mm.HugeZeroPagemap;
import org.pagetrail.kvm.model.mm.HugeZeroWrite;
import org.pagetrail.kvm.model.mm.HugetlbDontneed;
import org.pagetrail.kvm.model.mm.HugetlbFork;
import org.pagetrail.kvm.model.mm.HugetlbZap;
import org.pagetrail.kvm.model.mm.KsmFlag;
import org.pagetrail.kvm.model.mm.PopulateAdvice;
import org.pagetrail.kvm.model.mm.ThpFlag;
import org.pagetrail.kvm.model.slot.InvalidSlot;
import org.pagetrail.kvm.model.slot.IpaLimit;
import org.pagetrail.kvm.model.slot.PfnmapAtCreation;
import org.pagetrail.kvm.model.slot.PfnmapLogging;
import org.pagetrail.kvm.model.slot.ReadOnlyMapping;
import org.pagetrail.kvm.model.slot.ReadOnlySlots;
import org.pagetrail.kvm.model.slot.SlotCount;
import org.pagetrail.kvm.model.slot.SlotFlush;
import org.pagetrail.kvm.model.slot.SlotLogging;
import org.pagetrail.kvm.model.slot.UserRange;
import org.pagetrail.kvm.model.x86.EagerSplit;
import org.pagetrail.kvm.model.x86.HostMmio;

/** The kernels of x86, each as what it changed against the one before. */
final class X86Kernels {
  private X86Kernels() {}

  /** Oldest first. */
  static List<KernelModel> all() {
    return new Chain(oldest())
        .then("3.7", ReadOnlySlots.SUPPORTED)
        .then("3.9", SlotCount.X86_125)
        .then("3.12")
        .then("3.18", MmioPredicate.PAGE_RESERVED_AGAIN)
        .then("3.19", SlotCount.X86_509_ONE_SPACE)
        .then("4.1")
        .then("4.2", HostMmio.NOT_ZERO_PAGE, SlotCount.X86_509)
        .then("4.4")
        .then("4.8", RemappedPfn.FOLLOW_PFN)
        .then("4.9")
        .then("4.16", RemappedPfn.FOLLOW_PFN_WRITABLE, HostMmio.CACHE_MODE)
        .then("4.18")
        .then("4.19", PfnLookup.FAST_FIRST)
        .then("5.2", HostMmio.MEMORY_MAP)
        .then("5.4", MmioPredicate.NOT_ZONE_DEVICE)
        .then("5.6", MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE)
        .then("5.8", HugeCopy.SPLITS)
        .then("5.10", RemappedPfn.FOLLOW_PTE)
        .then("5.12", SlotCount.X86_32764)
        .then("5.13")
        .then("5.14", PopulateAdvice.TOUCHES)
        .then("5.18", IpaLimit.X86_MAX_GFN, EagerSplit.TDP, HugetlbDontneed.DROPS)
        .then(
            "6.0", MmioPredicate.GONE, ReferenceRelease.REFCOUNTED_PAGE, HugetlbFork.ONLY_POPULATED)
        .then("6.1", HugeZeroPagemap.OF_FILE)
        .then("6.2", HugetlbZap.ANNOUNCED_ONCE)
        .then("6.10", ChangePte.NOT_NOTIFIED, KsmFlag.ALL_ANONYMOUS)
        .then("6.12", RemappedPfn.FOLLOW_PFNMAP)
        .then(
            "6.13",
            PfnLookup.ONE_PARAMETER_BLOCK,
            ReferenceRelease.LOOKED_UP_PAGE,
            HugeZeroWrite.ALLOCATES)
        .then("6.16", ThpFlag.LARGE_FOLIOS)
        .then("6.18")
        .then("6.19", InvalidSlot.RETRIED, SlotFlush.EVERYTHING_UNLESS_ASKED)
        .then("7.2", KsmFlag.MERGED_PAGES)
        .kernels();
  }

  /** What all others came from. */
  private static KernelModel oldest() {
    return KernelModel.of(
        Arch.X86,
        Arch.X86.since(),
        PfnLookup.SLOW_FIRST,
        RemappedPfn.VMA_ARITHMETIC,
        MmioPredicate.PAGE_RESERVED,
        ReferenceRelease.UNLESS_MMIO,
        PfnValid.STRUCT_PAGE,
        HostMmio.MMIO_PREDICATE,
        EagerSplit.NEVER,
        SlotCount.X86_32,
        ReadOnlySlots.UNSUPPORTED,
        InvalidSlot.UNKNOWN,
        SlotFlush.EVERYTHING,
        SlotLogging.SPARES_READ_ONLY_SLOTS,
        IpaLimit.X86_UNCHECKED,
        UserRange.X86_BELOW_LAST_PAGE,
        ReadOnlyMapping.ALLOWED,
        PfnmapAtCreation.NOTHING,
        PfnmapLogging.IGNORED,
        ChangePte.NOTIFIED,
        ChangePteEffect.REPLACES_PRESENT,
        HugeZeroWrite.SPLITS,
        HugeCopy.COPIES_HUGE,
        HugetlbZap.ANNOUNCED_TWICE,
        KsmFlag.MERGED_PAGES,
        PopulateAdvice.UNKNOWN_ADVICE,
        HugetlbDontneed.REFUSED,
        HugetlbFork.ANNOUNCED,
        HugeZeroPagemap.NOT_OF_FILE,
        ThpFlag.HUGE_PAGES);
  }
}
