package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import org.pagetrail.kvm.model.port.EntryBlock;
import org.pagetrail.kvm.model.port.EntryLogging;
import org.pagetrail.kvm.model.port.EntryPermission;
import org.pagetrail.kvm.model.port.EntryType;
import org.pagetrail.kvm.model.port.LookupFailure;
import org.pagetrail.kvm.model.port.NoSlotAccess;
import org.pagetrail.kvm.model.port.ReadOnlyWrite;
import org.pagetrail.kvm.model.port.StaleLookup;
import org.pagetrail.kvm.model.slot.InvalidSlot;
import org.pagetrail.kvm.model.slot.IpaLimit;
import org.pagetrail.kvm.model.slot.PfnmapAtCreation;
import org.pagetrail.kvm.model.slot.PfnmapLogging;
import org.pagetrail.kvm.model.slot.PfnmapPermission;
import org.pagetrail.kvm.model.slot.ReadOnlyMapping;
import org.pagetrail.kvm.model.slot.ReadOnlySlots;
import org.pagetrail.kvm.model.slot.SlotCount;
import org.pagetrail.kvm.model.slot.SlotFlush;
import org.pagetrail.kvm.model.slot.SlotLogging;
import org.pagetrail.kvm.model.slot.UserRange;

/**
 * The kernels of riscv, loongarch, mips, powerpc and s390: the code that all share, by release, and
 * on top what has been read of the architecture in that release. The rest is unknown.
 */
final class PortKernels {
  /** More slots everywhere: 4fc096a99e01. */
  private static final String RAISED = "5.12";

  private PortKernels() {}

  /** All of them, by architecture, oldest first. */
  static List<KernelModel> all() {
    List<KernelModel> kernels = new ArrayList<>();
    for (Arch arch : List.of(Arch.RISCV, Arch.LOONGARCH, Arch.MIPS, Arch.POWERPC, Arch.S390)) {
      Chain chain = null;
      for (KernelModel shared : sharedCode(arch)) {
        KernelModel kernel = withOwn(shared);
        chain = chain == null ? new Chain(kernel) : chain.then(kernel);
      }
      kernels.addAll(Objects.requireNonNull(chain).kernels());
    }
    return kernels;
  }

  private static KernelModel withOwn(KernelModel shared) {
    return switch (shared.arch()) {
      case RISCV -> riscv(shared);
      case LOONGARCH -> loongarch(shared);
      case MIPS -> mips(shared);
      case POWERPC -> powerpc(shared);
      default -> s390(shared);
    };
  }

  private static KernelModel riscv(KernelModel shared) {
    KernelModel riscv = shared.with(ReadOnlySlots.SUPPORTED);
    if (isBefore(shared, "6.1")) {
      return riscv;
    }
    riscv =
        riscv.with(
            NoSlotAccess.RISCV_FETCH_UNKNOWN,
            ReadOnlyWrite.RISCV_EXITS,
            EntryType.RISCV_NONE,
            EntryPermission.RISCV_AS_LOOKUP,
            StaleLookup.RISCV_RESUMES,
            LookupFailure.RISCV_RUN_FAILS,
            EntryLogging.RISCV_WRITABLE,
            InvalidSlot.PORT_SEEN_AS_NONE,
            IpaLimit.RISCV_LAST_PAGE_REFUSED,
            ReadOnlyMapping.RISCV_EPERM,
            PfnmapLogging.RISCV_EINVAL,
            PfnmapPermission.RISCV_AS_ASKED,
            SlotFlush.SLOT,
            SlotLogging.RISCV_WRITE_PROTECTS);
    if (isBefore(shared, "6.3")) {
      return riscv.with(
          NoSlotAccess.RISCV_FETCH_FAILS,
          EntryBlock.RISCV_HUGETLB,
          PfnmapAtCreation.RISCV_MAPPED,
          ChangePteEffect.RISCV_MAPS_IF_TABLE);
    }
    return isBefore(shared, "7.2")
        ? riscv
        : riscv.with(
            NoSlotAccess.RISCV_FETCH_ABORTS, EntryBlock.RISCV_HOST_LEAF, PfnmapAtCreation.NOTHING);
  }

  private static KernelModel loongarch(KernelModel shared) {
    KernelModel loongarch = shared.with(ReadOnlySlots.SUPPORTED);
    if (isBefore(shared, "6.12")) {
      return loongarch;
    }
    loongarch =
        loongarch.with(
            NoSlotAccess.LOONGARCH_EMULATED,
            ReadOnlyWrite.LOONGARCH_EMULATED,
            EntryType.LOONGARCH_PFN_VALID,
            InvalidSlot.PORT_SEEN_AS_NONE);
    return isBefore(shared, "6.13")
        ? loongarch.with(
            EntryPermission.LOONGARCH_AFTER_WRITE,
            EntryBlock.LOONGARCH_HOST_LEAF,
            StaleLookup.LOONGARCH_LOOKS_AGAIN,
            LookupFailure.LOONGARCH_EMULATED,
            EntryLogging.LOONGARCH_WRITE,
            IpaLimit.LOONGARCH_ENOMEM,
            ReadOnlyMapping.ALLOWED,
            PfnmapLogging.IGNORED,
            PfnmapAtCreation.NOTHING,
            SlotFlush.SLOT,
            SlotLogging.LOONGARCH_SPARES_READ_ONLY_SLOTS)
        : loongarch;
  }

  private static KernelModel mips(KernelModel shared) {
    KernelModel mips =
        shared.with(
            isBefore(shared, "5.8")
                ? SlotCount.MIPS_8
                : isBefore(shared, RAISED) ? SlotCount.MIPS_16 : SlotCount.MIPS_32767,
            isBefore(shared, "4.11") ? ReadOnlySlots.UNSUPPORTED : ReadOnlySlots.SUPPORTED);
    if (isBefore(shared, "4.18")) {
      return mips;
    }
    return mips.with(
        NoSlotAccess.MIPS_EMULATED,
        ReadOnlyWrite.MIPS_EMULATED,
        EntryType.MIPS_NONE,
        EntryPermission.MIPS_AFTER_WRITE,
        EntryBlock.MIPS_PAGE,
        StaleLookup.MIPS_LOOKS_AGAIN,
        LookupFailure.MIPS_EMULATED,
        EntryLogging.MIPS_WRITE,
        InvalidSlot.PORT_SEEN_AS_NONE,
        shared.rule(ChangePte.class) == ChangePte.NOTIFIED
            ? ChangePteEffect.MIPS_MAPS_AS_HOST
            : ChangePteEffect.NEVER_TOLD);
  }

  private static KernelModel powerpc(KernelModel shared) {
    KernelModel powerpc =
        shared.with(
            ReadOnlySlots.UNSUPPORTED,
            isBefore(shared, "5.10")
                ? SlotCount.UNKNOWN
                : isBefore(shared, RAISED) ? SlotCount.POWERPC_512 : SlotCount.POWERPC_32767);
    return isBefore(shared, "7.2")
        ? powerpc
        : powerpc.with(
            NoSlotAccess.POWERPC_RADIX_EMULATED,
            ReadOnlyWrite.POWERPC_RADIX_INTERRUPTS,
            EntryType.POWERPC_HASH_HOST_ENTRY);
  }

  private static KernelModel s390(KernelModel shared) {
    KernelModel s390 =
        shared.with(
            ReadOnlySlots.UNSUPPORTED,
            isBefore(shared, RAISED) ? SlotCount.S390_32 : SlotCount.S390_32766);
    return isBefore(shared, "7.2")
        ? s390
        : s390.with(
            NoSlotAccess.S390_ADDRESSING, ReadOnlyWrite.S390_NOT_SUPPORTED, EntryType.S390_NONE);
  }

  /**
   * The kernels in which an architecture has KVM, as far as all architectures share their code. The
   * first is what there was when it came.
   */
  private static List<KernelModel> sharedCode(Arch arch) {
    List<KernelModel> kernels = new ArrayList<>();
    for (KernelModel kernel : shared(oldest(arch))) {
      if (isBefore(kernel, arch.since())) {
        kernels.clear();
        kernels.add(kernel.named(arch.since()));
      } else {
        kernels.add(kernel);
      }
    }
    return kernels;
  }

  /** What all of them share; where nothing changes, one architecture does. */
  private static List<KernelModel> shared(KernelModel oldest) {
    List<KernelModel> kernels = new ArrayList<>(List.of(oldest));
    add(kernels, "3.18", MmioPredicate.PAGE_RESERVED_AGAIN);
    add(kernels, "3.19");
    add(kernels, "4.1");
    add(kernels, "4.4");
    add(kernels, "4.8", RemappedPfn.FOLLOW_PFN);
    add(kernels, "4.9");
    add(kernels, "4.11");
    add(kernels, "4.16", RemappedPfn.FOLLOW_PFN_WRITABLE);
    add(kernels, "4.18");
    add(kernels, "4.19", PfnLookup.FAST_FIRST);
    add(kernels, "5.4", MmioPredicate.NOT_ZONE_DEVICE);
    add(kernels, "5.6", MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE);
    add(kernels, "5.8", HugeCopy.SPLITS);
    add(kernels, "5.10", RemappedPfn.FOLLOW_PTE);
    add(kernels, RAISED);
    add(kernels, "5.13");
    add(kernels, "5.14", PopulateAdvice.TOUCHES);
    add(kernels, "5.18", HugetlbDontneed.DROPS);
    add(
        kernels,
        "6.0",
        MmioPredicate.GONE,
        ReferenceRelease.REFCOUNTED_PAGE,
        HugetlbFork.ONLY_POPULATED);
    add(kernels, "6.1", HugeZeroPagemap.OF_FILE);
    add(kernels, "6.2", HugetlbZap.ANNOUNCED_ONCE);
    add(kernels, "6.3");
    add(kernels, "6.10", ChangePte.NOT_NOTIFIED, ChangePteEffect.NEVER_TOLD, KsmFlag.ALL_ANONYMOUS);
    add(kernels, "6.12", RemappedPfn.FOLLOW_PFNMAP);
    add(
        kernels,
        "6.13",
        PfnLookup.ONE_PARAMETER_BLOCK,
        ReferenceRelease.LOOKED_UP_PAGE,
        HugeZeroWrite.ALLOCATES);
    add(kernels, "6.16", ThpFlag.LARGE_FOLIOS);
    add(kernels, "6.18");
    add(kernels, "7.2", KsmFlag.MERGED_PAGES);
    return kernels;
  }

  /** What all others came from. */
  private static KernelModel oldest(Arch arch) {
    return KernelModel.of(
        arch,
        "3.12",
        PfnLookup.SLOW_FIRST,
        RemappedPfn.VMA_ARITHMETIC,
        MmioPredicate.PAGE_RESERVED,
        ReferenceRelease.UNLESS_MMIO,
        PfnValid.STRUCT_PAGE,
        NoSlotAccess.UNKNOWN,
        ReadOnlyWrite.UNKNOWN,
        EntryType.UNKNOWN,
        EntryPermission.UNKNOWN,
        EntryBlock.UNKNOWN,
        StaleLookup.UNKNOWN,
        LookupFailure.UNKNOWN,
        EntryLogging.UNKNOWN,
        InvalidSlot.UNKNOWN,
        SlotCount.UNKNOWN,
        IpaLimit.UNKNOWN,
        UserRange.TO_THE_END,
        PfnmapAtCreation.UNKNOWN,
        SlotFlush.AT_LEAST_SLOT,
        SlotLogging.LOSE_WRITE_PERMISSION,
        ChangePte.NOTIFIED,
        ChangePteEffect.UNKNOWN,
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

  private static boolean isBefore(KernelModel kernel, String release) {
    return Kernels.compare(kernel.release(), release) < 0;
  }

  private static void add(List<KernelModel> kernels, String release, Rule... changes) {
    kernels.add(kernels.getLast().named(release).with(changes));
  }
}
