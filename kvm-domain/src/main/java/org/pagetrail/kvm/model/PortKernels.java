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
  private PortKernels() {}

  /** All of them, by architecture, oldest first. */
  static List<KernelModel> all() {
    List<KernelModel> kernels = new ArrayList<>();
    for (Arch arch : List.of(Arch.RISCV, Arch.LOONGARCH, Arch.MIPS, Arch.POWERPC, Arch.S390)) {
      for (KernelModel shared : sharedCode(arch)) {
        kernels.add(
            switch (arch) {
              case RISCV -> riscv(shared);
              case LOONGARCH -> loongarch(shared);
              case MIPS -> mips(shared);
              case POWERPC -> powerpc(shared);
              default -> s390(shared);
            });
      }
    }
    return kernels;
  }

  private static KernelModel riscv(KernelModel shared) {
    KernelModel riscv =
        shared.with(
            ReadOnlySlots.SUPPORTED,
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
    return switch (shared.release()) {
      case "6.1" ->
          riscv.with(
              NoSlotAccess.RISCV_FETCH_FAILS,
              EntryBlock.RISCV_HUGETLB,
              PfnmapAtCreation.RISCV_MAPPED,
              ChangePteEffect.RISCV_MAPS_IF_TABLE);
      case "7.2" ->
          riscv.with(
              NoSlotAccess.RISCV_FETCH_ABORTS,
              EntryBlock.RISCV_HOST_LEAF,
              PfnmapAtCreation.NOTHING);
      default -> riscv.with(NoSlotAccess.RISCV_FETCH_UNKNOWN);
    };
  }

  private static KernelModel loongarch(KernelModel shared) {
    KernelModel loongarch =
        shared.with(
            ReadOnlySlots.SUPPORTED,
            NoSlotAccess.LOONGARCH_EMULATED,
            ReadOnlyWrite.LOONGARCH_EMULATED,
            EntryType.LOONGARCH_PFN_VALID,
            InvalidSlot.PORT_SEEN_AS_NONE);
    return shared.release().equals("6.12")
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
        switch (shared.release()) {
          case "5.10" -> shared.with(SlotCount.MIPS_16);
          case "5.13", "6.1", "6.12", "6.18", "7.2" -> shared.with(SlotCount.MIPS_32767);
          default -> shared.with(SlotCount.MIPS_8);
        };
    if (isBefore(shared, "4.18")) {
      return mips.with(ReadOnlySlots.UNSUPPORTED);
    }
    return mips.with(
        ReadOnlySlots.SUPPORTED,
        NoSlotAccess.MIPS_EMULATED,
        ReadOnlyWrite.MIPS_EMULATED,
        EntryType.MIPS_NONE,
        EntryPermission.MIPS_AFTER_WRITE,
        EntryBlock.MIPS_PAGE,
        StaleLookup.MIPS_LOOKS_AGAIN,
        LookupFailure.MIPS_EMULATED,
        EntryLogging.MIPS_WRITE,
        InvalidSlot.PORT_SEEN_AS_NONE,
        isBefore(shared, "6.12") ? ChangePteEffect.MIPS_MAPS_AS_HOST : ChangePteEffect.NEVER_TOLD);
  }

  private static KernelModel powerpc(KernelModel shared) {
    KernelModel powerpc = shared.with(ReadOnlySlots.UNSUPPORTED);
    return switch (shared.release()) {
      case "5.10" -> powerpc.with(SlotCount.POWERPC_512);
      case "5.13", "6.1", "6.12", "6.18" -> powerpc.with(SlotCount.POWERPC_32767);
      case "7.2" ->
          powerpc.with(
              SlotCount.POWERPC_32767,
              NoSlotAccess.POWERPC_RADIX_EMULATED,
              ReadOnlyWrite.POWERPC_RADIX_INTERRUPTS,
              EntryType.POWERPC_HASH_HOST_ENTRY);
      default -> powerpc;
    };
  }

  private static KernelModel s390(KernelModel shared) {
    KernelModel s390 = shared.with(ReadOnlySlots.UNSUPPORTED);
    return switch (shared.release()) {
      case "5.13", "6.1", "6.12", "6.18" -> s390.with(SlotCount.S390_32766);
      case "7.2" ->
          s390.with(
              SlotCount.S390_32766,
              NoSlotAccess.S390_ADDRESSING,
              ReadOnlyWrite.S390_NOT_SUPPORTED,
              EntryType.S390_NONE);
      default -> s390.with(SlotCount.S390_32);
    };
  }

  /** The kernels in which an architecture has KVM, as far as all architectures share their code. */
  private static List<KernelModel> sharedCode(Arch arch) {
    List<KernelModel> kernels = new ArrayList<>();
    KernelModel kernel =
        KernelModel.of(
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
            PopulateAdvice.UNKNOWN_ADVICE);
    kernels.add(kernel);
    kernel = add(kernels, kernel.named("3.18").with(MmioPredicate.PAGE_RESERVED_AGAIN));
    kernel = add(kernels, kernel.named("3.19"));
    kernel = add(kernels, kernel.named("4.1"));
    kernel = add(kernels, kernel.named("4.4"));
    kernel = add(kernels, kernel.named("4.9").with(RemappedPfn.FOLLOW_PFN));
    kernel = add(kernels, kernel.named("4.18").with(RemappedPfn.FOLLOW_PFN_WRITABLE));
    kernel =
        add(
            kernels,
            kernel
                .named("5.10")
                .with(
                    PfnLookup.FAST_FIRST,
                    RemappedPfn.FOLLOW_PTE,
                    MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE,
                    HugeCopy.SPLITS));
    kernel = add(kernels, kernel.named("5.13"));
    kernel =
        add(
            kernels,
            kernel
                .named("6.1")
                .with(
                    MmioPredicate.GONE, ReferenceRelease.REFCOUNTED_PAGE, PopulateAdvice.TOUCHES));
    kernel =
        add(
            kernels,
            kernel
                .named("6.12")
                .with(
                    RemappedPfn.FOLLOW_PFNMAP,
                    ChangePte.NOT_NOTIFIED,
                    ChangePteEffect.NEVER_TOLD,
                    KsmFlag.ALL_ANONYMOUS,
                    HugetlbZap.ANNOUNCED_ONCE));
    kernel =
        add(
            kernels,
            kernel
                .named("6.18")
                .with(
                    PfnLookup.ONE_PARAMETER_BLOCK,
                    ReferenceRelease.LOOKED_UP_PAGE,
                    HugeZeroWrite.ALLOCATES,
                    KsmFlag.MERGED_PAGES));
    add(kernels, kernel.named("7.2"));
    kernels.removeIf(old -> isBefore(old, arch.since()));
    return kernels;
  }

  private static boolean isBefore(KernelModel kernel, String release) {
    return Kernels.compare(kernel.release(), release) < 0;
  }

  private static KernelModel add(List<KernelModel> kernels, KernelModel kernel) {
    kernels.add(kernel);
    return kernel;
  }
}
