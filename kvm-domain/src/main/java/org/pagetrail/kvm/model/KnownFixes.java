package org.pagetrail.kvm.model;

import static org.pagetrail.kvm.model.RuleLayer.ARCH;
import static org.pagetrail.kvm.model.RuleLayer.GENERIC;

import java.util.List;
import java.util.function.UnaryOperator;
import org.pagetrail.kvm.model.arm.DeviceGuard;
import org.pagetrail.kvm.model.arm.DeviceMemoryType;
import org.pagetrail.kvm.model.arm.DevicePermission;
import org.pagetrail.kvm.model.arm.DeviceRule;
import org.pagetrail.kvm.model.arm.ExecOnDevice;
import org.pagetrail.kvm.model.arm.PfnmapBlock;
import org.pagetrail.kvm.model.arm.WriteFault;
import org.pagetrail.kvm.model.lookup.MmioPredicate;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.slot.CacheablePfnmapSlot;
import org.pagetrail.kvm.model.slot.PfnmapAtCreation;
import org.pagetrail.kvm.model.slot.PfnmapPermission;
import org.pagetrail.kvm.model.slot.ReadOnlyMapping;

/** What was proposed in September 2014, and what went upstream around device mappings since. */
final class KnownFixes {
  private KnownFixes() {}

  /** All of them. */
  static List<Fix> all() {
    return List.of(
        new Fix("none", GENERIC, "none", "Nothing is changed.", kernel -> kernel),
        new Fix(
            "bug-2014",
            ARCH,
            "b88657674d39; the state of September 2014",
            "The fault path asks the generic predicate of 2014, to which the zero page is not"
                + " ordinary memory, and maps devices writable in any case.",
            onArm(
                "bug-2014",
                MmioPredicate.PAGE_RESERVED,
                DeviceRule.MMIO_PREDICATE,
                DevicePermission.ALWAYS_WRITABLE)),
        new Fix(
            "arch-writable-guard",
            ARCH,
            "patch of 11 September 2014, never merged",
            "Only a frame that the lookup called writable can be device memory.",
            onArm("arch-writable-guard", DeviceGuard.WRITABLE)),
        new Fix(
            "generic-zero-page",
            GENERIC,
            "85c8555ff07e (14 September 2014)",
            "To the generic predicate the zero page is ordinary memory.",
            KnownFixes::exemptZeroPage),
        new Fix(
            "generic-zero-page-reverted",
            GENERIC,
            "d3fccc7ef831, bf4bea8e9a90 (November 2014)",
            "The generic predicate is again that of before 14 September 2014.",
            KnownFixes::revertZeroPage),
        new Fix(
            "arch-pfn-valid",
            ARCH,
            "07a9748c78cf (November 2014)",
            "A frame is device memory if it is not valid.",
            onArm("arch-pfn-valid", DeviceRule.PFN_INVALID)),
        new Fix(
            "device-read-only",
            ARCH,
            "903ed3a54df2, 4a513fb009b9 (September 2014)",
            "A device is mapped writable only if the lookup called it writable.",
            KnownFixes::protectDevices),
        new Fix(
            "ioremap-writable",
            ARCH,
            "c40f2f8ff833 (2014)",
            "Page frames that are mapped when a slot is created are writable as the slot asks.",
            onArm("ioremap-writable", PfnmapPermission.AS_ASKED)),
        new Fix(
            "map-at-creation",
            ARCH,
            "8eef91239e57 (October 2014)",
            "Page frames are mapped when the slot is created; a writable slot over memory that"
                + " the monitor may not write is refused.",
            onArm("map-at-creation", PfnmapAtCreation.MAPPED, ReadOnlyMapping.EPERM)),
        new Fix(
            "write-fault-wnr",
            ARCH,
            "a7d079cea2df (11 September 2014)",
            "A data abort is a write if WnR says so, whether or not the syndrome is valid.",
            KnownFixes::readWnr),
        new Fix(
            "read-only-slot-coherency",
            ARCH,
            "849260c72c6b",
            "Pages of read-only slots are cleaned from the data cache.",
            kernel -> {
              throw new FixRefused(
                  "read-only-slot-coherency: it maintains caches, which this model does not have");
            }),
        new Fix(
            "device-mappings-2019",
            ARCH,
            "6d674e28f642; 5.5",
            "Fetches from a device inject an abort, and slots over memory that the monitor may not"
                + " write are accepted.",
            onArm("device-mappings-2019", ExecOnDevice.ABORT, ReadOnlyMapping.ALLOWED)),
        new Fix(
            "arch-map-memory",
            ARCH,
            "873ba463914c; 5.14",
            "A frame is device memory if memblock does not know it as memory that the kernel maps;"
                + " every frame with a page is valid.",
            onArm("arch-map-memory", DeviceRule.NOT_MAP_MEMORY, PfnValid.STRUCT_PAGE)),
        new Fix(
            "zone-device-not-reserved",
            GENERIC,
            "a78986aae9b2; 5.4",
            "To the generic predicate pages of ZONE_DEVICE are ordinary memory.",
            KnownFixes::exemptZoneDevice),
        new Fix(
            "pfnmap-blocks",
            ARCH,
            "2aa53d68cee6; 5.14",
            "Page frames are mapped by blocks where addresses agree.",
            onArm("pfnmap-blocks", PfnmapBlock.VMA_ARITHMETIC)),
        new Fix(
            "pfnmap-normal-nc",
            ARCH,
            "5c656fcdd6c6, 8c47ce3e1d2c; 6.9",
            "A device whose driver allows it is mapped Normal non-cacheable.",
            onArm("pfnmap-normal-nc", DeviceMemoryType.NON_CACHEABLE_IF_ALLOWED)),
        new Fix(
            "pfnmap-cacheable",
            ARCH,
            "8cc9dc1ae4fb, 216887f79d98, 2a8dfab26677; 6.17",
            "Only page frames can be device memory, and where the host maps them cacheable the"
                + " guest does too, if the processor can force it.",
            onArm("pfnmap-cacheable", DeviceRule.CACHEABLE_PFNMAP, CacheablePfnmapSlot.EINVAL)),
        new Fix(
            "pfnmap-host-leaf",
            ARCH,
            "71cc2c67fb8f",
            "Page frames are mapped by blocks where the host's own page table does so.",
            onArm("pfnmap-host-leaf", PfnmapBlock.HOST_LEAF)),
        new Fix(
            "mte-zero-page",
            ARCH,
            "7.2 arch/arm64/kvm/mmu.c",
            "The zero page's memory tags are not cleared.",
            kernel -> {
              throw new FixRefused(
                  "mte-zero-page: it clears memory tags, which this model does not have");
            }));
  }

  /** The kernel with one rule of the book in place of its own answer. */
  static Fix ofRule(Rule rule) {
    return new Fix(
        rule.id(),
        rule.layer(),
        rule.text().source(),
        rule.text().sentence(),
        kernel -> {
          if (!RuleBook.isQuestion(rule)) {
            throw new FixRefused(rule.id() + " holds in every kernel; there is nothing to change");
          }
          Class<? extends Rule> question =
              ((Enum<?>) rule).getDeclaringClass().asSubclass(Rule.class);
          if (rule.isUnknown()) {
            throw new FixRefused(
                rule.id() + " says only that nobody knows; there is nothing to put in");
          }
          if (!kernel.answers(question)) {
            throw new FixRefused(
                rule.id() + ": " + kernel + " does not ask what this rule answers");
          }
          return kernel.with(rule);
        });
  }

  private static KernelModel exemptZeroPage(KernelModel kernel) {
    return switch (kernel.rule(MmioPredicate.class)) {
      case PAGE_RESERVED, PAGE_RESERVED_AGAIN, NOT_ZERO_PAGE ->
          kernel.with(MmioPredicate.NOT_ZERO_PAGE);
      case NOT_ZONE_DEVICE, NOT_ZERO_NOT_ZONE_DEVICE ->
          kernel.with(MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE);
      case GONE -> throw noPredicate("generic-zero-page", kernel);
    };
  }

  private static KernelModel revertZeroPage(KernelModel kernel) {
    return switch (kernel.rule(MmioPredicate.class)) {
      case PAGE_RESERVED, PAGE_RESERVED_AGAIN, NOT_ZERO_PAGE ->
          kernel.with(MmioPredicate.PAGE_RESERVED_AGAIN);
      case NOT_ZONE_DEVICE, NOT_ZERO_NOT_ZONE_DEVICE -> kernel.with(MmioPredicate.NOT_ZONE_DEVICE);
      case GONE -> throw noPredicate("generic-zero-page-reverted", kernel);
    };
  }

  private static KernelModel exemptZoneDevice(KernelModel kernel) {
    return switch (kernel.rule(MmioPredicate.class)) {
      case PAGE_RESERVED, PAGE_RESERVED_AGAIN, NOT_ZONE_DEVICE ->
          kernel.with(MmioPredicate.NOT_ZONE_DEVICE);
      case NOT_ZERO_PAGE, NOT_ZERO_NOT_ZONE_DEVICE ->
          kernel.with(MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE);
      case GONE -> throw noPredicate("zone-device-not-reserved", kernel);
    };
  }

  /** Kernels behind the fix read WnR too, and have learned more about walks since. */
  private static KernelModel readWnr(KernelModel kernel) {
    KernelModel fixed = onArm("write-fault-wnr", WriteFault.WNR).apply(kernel);
    return kernel.rule(WriteFault.class) == WriteFault.SYNDROME_VALID ? fixed : kernel;
  }

  private static KernelModel protectDevices(KernelModel kernel) {
    KernelModel fixed = onArm("device-read-only", DevicePermission.READ_ONLY_DEFAULT).apply(kernel);
    boolean open = kernel.rule(DevicePermission.class) == DevicePermission.ALWAYS_WRITABLE;
    return open ? fixed : kernel;
  }

  private static FixRefused noPredicate(String fix, KernelModel kernel) {
    return new FixRefused(fix + ": " + kernel + " has no generic predicate that could be changed");
  }

  private static UnaryOperator<KernelModel> onArm(String fix, Rule... rules) {
    return kernel -> {
      if (!kernel.answers(DeviceRule.class)) {
        throw new FixRefused(
            fix + ": the fault path of " + kernel + " has no such rule that could be changed");
      }
      return kernel.with(rules);
    };
  }
}
