package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.kvm.model.arm.BlockSize;
import org.pagetrail.kvm.model.arm.DeviceGuard;
import org.pagetrail.kvm.model.arm.DeviceMemoryType;
import org.pagetrail.kvm.model.arm.DevicePermission;
import org.pagetrail.kvm.model.arm.DeviceRule;
import org.pagetrail.kvm.model.arm.DirtyLogging;
import org.pagetrail.kvm.model.arm.ErrorPfn;
import org.pagetrail.kvm.model.arm.ExecOnDevice;
import org.pagetrail.kvm.model.arm.ExecPermission;
import org.pagetrail.kvm.model.arm.FaultTypes;
import org.pagetrail.kvm.model.arm.Install;
import org.pagetrail.kvm.model.arm.MissingSyndrome;
import org.pagetrail.kvm.model.arm.PermissionFault;
import org.pagetrail.kvm.model.arm.PfnmapBlock;
import org.pagetrail.kvm.model.arm.Poison;
import org.pagetrail.kvm.model.arm.SlotMiss;
import org.pagetrail.kvm.model.arm.WriteFault;
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
import org.pagetrail.kvm.model.slot.CacheablePfnmapSlot;
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

/** The kernels of arm and arm64, each as what it changed against the one before. */
final class ArmKernels {
  /** The last release looked at in which 32-bit arm had KVM. */
  private static final String LAST_ARM = "4.18";

  private ArmKernels() {}

  /** Those of 32-bit arm, which shared the code while it had KVM. */
  static List<KernelModel> arm() {
    List<KernelModel> kernels = new ArrayList<>();
    for (KernelModel kernel : arm64()) {
      KernelModel arm = kernel.on(Arch.ARM);
      if (kernel.rule(WriteFault.class) == WriteFault.WALK_WRITES) {
        // Walks of 32-bit processors write no table.
        arm = arm.with(WriteFault.WNR);
      }
      kernels.add(kernel.release().equals(LAST_ARM) ? arm.with(SlotCount.ARM_32) : arm);
      if (kernel.release().equals(LAST_ARM)) {
        break;
      }
    }
    return kernels;
  }

  /** Those of arm64, oldest first. */
  static List<KernelModel> arm64() {
    List<KernelModel> kernels = new ArrayList<>();
    KernelModel arm64 =
        KernelModel.of(
            Arch.ARM64,
            "3.12",
            PfnLookup.SLOW_FIRST,
            RemappedPfn.VMA_ARITHMETIC,
            MmioPredicate.PAGE_RESERVED,
            ReferenceRelease.UNLESS_MMIO,
            PfnValid.MEMBLOCK,
            DeviceRule.NEVER,
            DeviceGuard.NONE,
            DevicePermission.ALWAYS_WRITABLE,
            DeviceMemoryType.DEVICE_NGNRE,
            WriteFault.SYNDROME_VALID,
            FaultTypes.TRANSLATION_AND_PERMISSION,
            SlotMiss.FETCH_ABORTS,
            MissingSyndrome.ENOSYS,
            ErrorPfn.ERROR,
            Poison.EFAULT,
            PermissionFault.OF_WRITES,
            ExecPermission.ALWAYS,
            ExecOnDevice.EXECUTE_NEVER,
            Install.SET_ENTRY,
            BlockSize.CONGRUENT,
            PfnmapBlock.AS_MEMORY,
            DirtyLogging.NONE,
            SlotCount.ARM_32,
            ReadOnlySlots.UNSUPPORTED,
            InvalidSlot.SEEN_AS_NONE,
            IpaLimit.NONE,
            UserRange.TO_THE_END,
            ReadOnlyMapping.ALLOWED,
            PfnmapAtCreation.NOTHING,
            PfnmapPermission.DEVICE_DEFAULT,
            CacheablePfnmapSlot.ALLOWED,
            PfnmapLogging.IGNORED,
            ChangePte.NOTIFIED,
            ChangePteEffect.MAPS_IF_TABLE,
            SlotFlush.SLOT,
            SlotLogging.WRITE_PROTECTS,
            HugeZeroWrite.SPLITS,
            HugeCopy.COPIES_HUGE,
            HugetlbZap.ANNOUNCED_TWICE,
            KsmFlag.MERGED_PAGES,
            PopulateAdvice.UNKNOWN_ADVICE);
    kernels.add(arm64);
    arm64 =
        add(
            kernels,
            arm64.named("3.17-rc").with(DeviceRule.MMIO_PREDICATE, ReadOnlySlots.SUPPORTED));
    arm64 =
        add(
            kernels,
            arm64
                .named("3.18")
                .with(
                    MmioPredicate.PAGE_RESERVED_AGAIN,
                    DeviceRule.PFN_INVALID,
                    DevicePermission.READ_ONLY_DEFAULT,
                    WriteFault.WNR,
                    IpaLimit.LAST_PAGE_REFUSED,
                    ReadOnlyMapping.EPERM,
                    PfnmapAtCreation.MAPPED,
                    PfnmapPermission.AS_ASKED));
    arm64 = add(kernels, arm64.named("3.19"));
    arm64 =
        add(kernels, arm64.named("4.1").with(DirtyLogging.MARKS_WRITABLE, PfnmapLogging.EINVAL));
    arm64 =
        add(kernels, arm64.named("4.4").with(FaultTypes.ACCESS_FLAG_TOO, PfnValid.MEMBLOCK_MAPPED));
    arm64 =
        add(
            kernels,
            arm64
                .named("4.9")
                .with(
                    RemappedPfn.FOLLOW_PFN,
                    WriteFault.WALK_WRITES,
                    SlotMiss.MAINTENANCE_SKIPPED,
                    ErrorPfn.ERROR_OR_NO_SLOT));
    arm64 =
        add(
            kernels,
            arm64
                .named("4.18")
                .with(
                    RemappedPfn.FOLLOW_PFN_WRITABLE,
                    SlotCount.ARM_512,
                    Poison.SIGBUS,
                    PermissionFault.OF_WRITES_AND_FETCHES,
                    ExecPermission.ON_FETCH,
                    ExecOnDevice.EXECUTABLE));
    arm64 =
        add(
            kernels,
            arm64
                .named("5.10")
                .with(
                    PfnLookup.FAST_FIRST,
                    RemappedPfn.FOLLOW_PTE,
                    MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE,
                    PfnValid.SECTION,
                    DevicePermission.FROM_LOOKUP,
                    WriteFault.INSTRUCTION_WALK_WRITES,
                    SlotMiss.WALK_ABORTS,
                    MissingSyndrome.EXIT_IF_ASKED,
                    ExecOnDevice.ABORT,
                    Install.RELAX_OR_MAP,
                    BlockSize.CONGRUENT_CONTAINED,
                    PfnmapBlock.PAGE,
                    IpaLimit.STRICT,
                    ReadOnlyMapping.ALLOWED,
                    HugeCopy.SPLITS));
    arm64 = add(kernels, arm64.named("5.13").with(SlotCount.ARM_32767));
    arm64 =
        add(
            kernels,
            arm64
                .named("6.1")
                .with(
                    MmioPredicate.GONE,
                    ReferenceRelease.REFCOUNTED_PAGE,
                    PfnValid.STRUCT_PAGE,
                    DeviceRule.NOT_MAP_MEMORY,
                    WriteFault.WALK_PERMISSION_WRITES,
                    BlockSize.HOST_LEAF,
                    DirtyLogging.MARKS_INSTALLED,
                    PopulateAdvice.TOUCHES,
                    PfnmapAtCreation.NOTHING));
    arm64 =
        add(
            kernels,
            arm64
                .named("6.12")
                .with(
                    RemappedPfn.FOLLOW_PFNMAP,
                    DeviceMemoryType.NON_CACHEABLE_IF_ALLOWED,
                    ChangePte.NOT_NOTIFIED,
                    KsmFlag.ALL_ANONYMOUS,
                    HugetlbZap.ANNOUNCED_ONCE,
                    PfnmapBlock.HOST_LEAF));
    arm64 =
        add(
            kernels,
            arm64
                .named("6.18")
                .with(
                    PfnLookup.ONE_PARAMETER_BLOCK,
                    ReferenceRelease.LOOKED_UP_PAGE,
                    DeviceRule.CACHEABLE_PFNMAP,
                    CacheablePfnmapSlot.EINVAL,
                    HugeZeroWrite.ALLOCATES,
                    KsmFlag.MERGED_PAGES));
    add(kernels, arm64.named("7.2").with(PermissionFault.OF_EVERYTHING));
    return kernels;
  }

  private static KernelModel add(List<KernelModel> kernels, KernelModel kernel) {
    kernels.add(kernel);
    return kernel;
  }
}
