package org.pagetrail.kvm.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
import org.pagetrail.kvm.model.arm.RelaxAddress;
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
import org.pagetrail.kvm.model.mm.HugeZeroPagemap;
import org.pagetrail.kvm.model.mm.HugeZeroWrite;
import org.pagetrail.kvm.model.mm.HugetlbDontneed;
import org.pagetrail.kvm.model.mm.HugetlbFork;
import org.pagetrail.kvm.model.mm.HugetlbZap;
import org.pagetrail.kvm.model.mm.KsmFlag;
import org.pagetrail.kvm.model.mm.PopulateAdvice;
import org.pagetrail.kvm.model.mm.ThpFlag;
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
  private ArmKernels() {}

  /** Those of 32-bit arm, which shared the code while it had KVM. */
  static List<KernelModel> arm() {
    String gone = Objects.requireNonNull(Arch.ARM.gone());
    Chain arm = new Chain(asArm(oldest()));
    untilTheTables().stream()
        .filter(kernel -> Kernels.compare(kernel.release(), gone) < 0)
        .skip(1)
        .forEach(kernel -> arm.then(asArm(kernel)));
    return arm.kernels();
  }

  private static KernelModel asArm(KernelModel kernel) {
    KernelModel arm = kernel.on(Arch.ARM);
    if (arm.rule(WriteFault.class) == WriteFault.WALK_WRITES) {
      // Walks of 32-bit processors write no table.
      arm = arm.with(WriteFault.WNR);
    }
    return arm.with(SlotCount.ARM_32);
  }

  /** Those of arm64, oldest first. */
  static List<KernelModel> arm64() {
    List<KernelModel> old = untilTheTables();
    return Stream.concat(old.stream(), sinceTheTables(old.getLast()).stream()).toList();
  }

  /** Those that keep their own code for stage 2 tables. */
  private static List<KernelModel> untilTheTables() {
    return new Chain(oldest())
        .then("3.17-rc", DeviceRule.MMIO_PREDICATE, ReadOnlySlots.SUPPORTED)
        .then("3.17", ReadOnlySlots.UNSUPPORTED)
        .then(
            "3.18",
            ReadOnlySlots.SUPPORTED,
            MmioPredicate.PAGE_RESERVED_AGAIN,
            DeviceRule.PFN_INVALID,
            DevicePermission.READ_ONLY_DEFAULT,
            WriteFault.WNR,
            IpaLimit.LAST_PAGE_REFUSED,
            ReadOnlyMapping.EPERM,
            PfnmapAtCreation.MAPPED,
            PfnmapPermission.AS_ASKED)
        .then("3.19")
        .then("4.0", DirtyLogging.MARKS_WRITABLE, PfnmapLogging.EINVAL)
        .then("4.1")
        .then("4.2", FaultTypes.ACCESS_FLAG_TOO)
        .then("4.4", PfnValid.MEMBLOCK_MAPPED)
        .then("4.5", SlotMiss.MAINTENANCE_SKIPPED)
        .then("4.8", RemappedPfn.FOLLOW_PFN)
        .then("4.9", WriteFault.WALK_WRITES, ErrorPfn.ERROR_OR_NO_SLOT)
        .then("4.12", SlotCount.ARM_512)
        .then("4.13", Poison.SIGBUS)
        .then(
            "4.16",
            RemappedPfn.FOLLOW_PFN_WRITABLE,
            PermissionFault.OF_WRITES_AND_FETCHES,
            ExecPermission.ON_FETCH,
            ExecOnDevice.EXECUTABLE)
        .then("4.18")
        .then("4.19", PfnLookup.FAST_FIRST)
        .then("5.0", BlockSize.CONGRUENT_CONTAINED)
        .then("5.4", MmioPredicate.NOT_ZONE_DEVICE)
        .then(
            "5.5",
            MissingSyndrome.EXIT_IF_ASKED,
            ExecOnDevice.ABORT,
            ReadOnlyMapping.ALLOWED,
            PfnmapBlock.PAGE)
        .then("5.6", MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE)
        .then("5.8", HugeCopy.SPLITS)
        .then("5.9", SlotMiss.WALK_ABORTS, WriteFault.INSTRUCTION_WALK_WRITES)
        .kernels();
  }

  /** Those that share one walker of tables. */
  private static List<KernelModel> sinceTheTables(KernelModel before) {
    return new Chain(
            before
                .named("5.10")
                .with(
                    DevicePermission.FROM_LOOKUP,
                    WriteFault.WALK_PERMISSION_WRITES,
                    Install.RELAX_OR_MAP,
                    RemappedPfn.FOLLOW_PTE,
                    PfnValid.SECTION,
                    IpaLimit.STRICT))
        .then("5.11", WriteFault.INSTRUCTION_WALK_WRITES)
        .then("5.12", SlotCount.ARM_32767)
        .then("5.13")
        .then(
            "5.14",
            PfnValid.STRUCT_PAGE,
            DeviceRule.NOT_MAP_MEMORY,
            DirtyLogging.MARKS_INSTALLED,
            PopulateAdvice.TOUCHES,
            PfnmapAtCreation.NOTHING,
            PfnmapBlock.VMA_ARITHMETIC)
        .then("5.15", BlockSize.HOST_LEAF, WriteFault.WALK_PERMISSION_WRITES)
        .then("5.16", WriteFault.INSTRUCTION_WALK_WRITES)
        .then("5.17", RelaxAddress.PAGE)
        .then("5.18", HugetlbDontneed.DROPS)
        .then(
            "6.0", MmioPredicate.GONE, ReferenceRelease.REFCOUNTED_PAGE, HugetlbFork.ONLY_POPULATED)
        .then("6.1", WriteFault.WALK_PERMISSION_WRITES, PfnmapBlock.PAGE, HugeZeroPagemap.OF_FILE)
        .then("6.2", HugetlbZap.ANNOUNCED_ONCE, PfnmapBlock.VMA_ARITHMETIC)
        .then("6.6", PfnmapBlock.PAGE)
        .then("6.7", PfnmapBlock.VMA_ARITHMETIC)
        .then("6.9", DeviceMemoryType.NON_CACHEABLE_IF_ALLOWED)
        .then("6.10", ChangePte.NOT_NOTIFIED, KsmFlag.ALL_ANONYMOUS)
        .then("6.12", RemappedPfn.FOLLOW_PFNMAP, PfnmapBlock.HOST_LEAF)
        .then(
            "6.13",
            PfnLookup.ONE_PARAMETER_BLOCK,
            ReferenceRelease.LOOKED_UP_PAGE,
            HugeZeroWrite.ALLOCATES,
            PfnmapBlock.VMA_ARITHMETIC)
        .then("6.16", ThpFlag.LARGE_FOLIOS)
        .then("6.17", DeviceRule.CACHEABLE_PFNMAP, CacheablePfnmapSlot.EINVAL)
        .then("6.18", PfnmapBlock.HOST_LEAF)
        .then("6.19", PermissionFault.OF_EVERYTHING, PfnmapBlock.VMA_ARITHMETIC)
        .then("7.2", PermissionFault.OF_EVERYTHING, KsmFlag.MERGED_PAGES, PfnmapBlock.HOST_LEAF)
        .kernels();
  }

  /** What all others came from. */
  private static KernelModel oldest() {
    return KernelModel.of(
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
        PopulateAdvice.UNKNOWN_ADVICE,
        HugetlbDontneed.REFUSED,
        HugetlbFork.ANNOUNCED,
        HugeZeroPagemap.NOT_OF_FILE,
        ThpFlag.HUGE_PAGES,
        RelaxAddress.BLOCK);
  }
}
