package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.kvm.model.lookup.MmioPredicate;
import org.pagetrail.kvm.model.lookup.PfnLookup;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.lookup.ReferenceRelease;
import org.pagetrail.kvm.model.lookup.RemappedPfn;
import org.pagetrail.kvm.model.mm.ChangePte;
import org.pagetrail.kvm.model.mm.ChangePteEffect;
import org.pagetrail.kvm.model.mm.HugeCopy;
import org.pagetrail.kvm.model.mm.HugeZeroWrite;
import org.pagetrail.kvm.model.mm.HugetlbZap;
import org.pagetrail.kvm.model.mm.KsmFlag;
import org.pagetrail.kvm.model.mm.PopulateAdvice;
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
    List<KernelModel> kernels = new ArrayList<>();
    KernelModel x86 =
        KernelModel.of(
            Arch.X86,
            "3.12",
            PfnLookup.SLOW_FIRST,
            RemappedPfn.VMA_ARITHMETIC,
            MmioPredicate.PAGE_RESERVED,
            ReferenceRelease.UNLESS_MMIO,
            PfnValid.STRUCT_PAGE,
            HostMmio.MMIO_PREDICATE,
            EagerSplit.NEVER,
            SlotCount.X86_125,
            ReadOnlySlots.SUPPORTED,
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
            PopulateAdvice.UNKNOWN_ADVICE);
    kernels.add(x86);
    x86 = add(kernels, x86.named("3.18").with(MmioPredicate.PAGE_RESERVED_AGAIN));
    x86 = add(kernels, x86.named("3.19").with(SlotCount.X86_509_ONE_SPACE));
    x86 = add(kernels, x86.named("4.1"));
    x86 = add(kernels, x86.named("4.4").with(HostMmio.NOT_ZERO_PAGE, SlotCount.X86_509));
    x86 = add(kernels, x86.named("4.9").with(RemappedPfn.FOLLOW_PFN));
    x86 =
        add(kernels, x86.named("4.18").with(RemappedPfn.FOLLOW_PFN_WRITABLE, HostMmio.CACHE_MODE));
    x86 =
        add(
            kernels,
            x86.named("5.10")
                .with(
                    PfnLookup.FAST_FIRST,
                    RemappedPfn.FOLLOW_PTE,
                    MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE,
                    HostMmio.MEMORY_MAP,
                    HugeCopy.SPLITS));
    x86 = add(kernels, x86.named("5.13").with(SlotCount.X86_32764));
    x86 =
        add(
            kernels,
            x86.named("6.1")
                .with(
                    MmioPredicate.GONE,
                    ReferenceRelease.REFCOUNTED_PAGE,
                    IpaLimit.X86_MAX_GFN,
                    EagerSplit.TDP,
                    PopulateAdvice.TOUCHES));
    x86 =
        add(
            kernels,
            x86.named("6.12")
                .with(
                    RemappedPfn.FOLLOW_PFNMAP,
                    ChangePte.NOT_NOTIFIED,
                    KsmFlag.ALL_ANONYMOUS,
                    HugetlbZap.ANNOUNCED_ONCE));
    x86 =
        add(
            kernels,
            x86.named("6.18")
                .with(
                    PfnLookup.ONE_PARAMETER_BLOCK,
                    ReferenceRelease.LOOKED_UP_PAGE,
                    HugeZeroWrite.ALLOCATES,
                    KsmFlag.MERGED_PAGES));
    add(kernels, x86.named("7.2").with(InvalidSlot.RETRIED, SlotFlush.EVERYTHING_UNLESS_ASKED));
    return kernels;
  }

  private static KernelModel add(List<KernelModel> kernels, KernelModel kernel) {
    kernels.add(kernel);
    return kernel;
  }
}
