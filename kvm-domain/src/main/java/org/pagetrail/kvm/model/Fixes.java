package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pagetrail.kvm.model.arm.DeviceGuard;
import org.pagetrail.kvm.model.arm.DevicePermission;
import org.pagetrail.kvm.model.arm.DeviceRule;
import org.pagetrail.kvm.model.lookup.MmioPredicate;

/** The fixes that have a name. */
public final class Fixes {
  private static final Map<String, Fix> BY_NAME = new TreeMap<>();

  static {
    add(new Fix("none", RuleLayer.GENERIC, "none", "Nothing is changed.", kernel -> kernel));
    add(
        new Fix(
            "bug-2014",
            RuleLayer.ARCH,
            "b88657674d39; the state of September 2014",
            "The fault path asks the generic predicate of 2014, to which the zero page is not"
                + " ordinary memory, and maps devices writable in any case.",
            kernel ->
                onArm(
                    "bug-2014",
                    kernel,
                    MmioPredicate.PAGE_RESERVED,
                    DeviceRule.MMIO_PREDICATE,
                    DevicePermission.ALWAYS_WRITABLE)));
    add(
        new Fix(
            "arch-writable-guard",
            RuleLayer.ARCH,
            "patch of 11 September 2014, never merged",
            "Only a frame that the lookup called writable can be device memory.",
            kernel -> onArm("arch-writable-guard", kernel, DeviceGuard.WRITABLE)));
    add(
        new Fix(
            "generic-zero-page",
            RuleLayer.GENERIC,
            "85c8555ff07e (14 September 2014)",
            "To the generic predicate the zero page is ordinary memory.",
            Fixes::exemptZeroPage));
    add(
        new Fix(
            "device-read-only",
            RuleLayer.ARCH,
            "903ed3a54df2, 4a513fb009b9 (2014)",
            "A device is mapped writable only if the lookup called it writable.",
            kernel -> onArm("device-read-only", kernel, DevicePermission.READ_ONLY_DEFAULT)));
    add(
        new Fix(
            "arch-pfn-valid",
            RuleLayer.ARCH,
            "07a9748c78cf (November 2014)",
            "A frame is device memory if it is not valid.",
            kernel -> onArm("arch-pfn-valid", kernel, DeviceRule.PFN_INVALID)));
  }

  private Fixes() {}

  /**
   * The fix of this name.
   *
   * @throws IllegalArgumentException if there is none; the message names those that exist
   */
  public static Fix named(String name) {
    Fix fix = BY_NAME.get(name);
    if (fix == null) {
      throw new IllegalArgumentException(
          "no fix \"" + name + "\"; known are " + String.join(", ", BY_NAME.keySet()));
    }
    return fix;
  }

  /** All fixes with a name, by name. */
  public static Collection<Fix> all() {
    return List.copyOf(BY_NAME.values());
  }

  /**
   * The fixes of a list such as {@code bug-2014,arch-writable-guard}, to be put in from left to
   * right.
   *
   * @throws IllegalArgumentException if one of them is not known
   */
  public static List<Fix> parse(String names) {
    List<Fix> fixes = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      fixes.add(named(name.strip()));
    }
    return fixes;
  }

  /**
   * A kernel with fixes put in from left to right; {@code none} leaves no trace.
   *
   * @throws FixRefused if one of them cannot be put in
   */
  public static KernelModel apply(KernelModel kernel, List<Fix> fixes) {
    KernelModel fixed = kernel;
    for (Fix fix : fixes) {
      fixed = fix.name().equals("none") ? fixed : fix.applyTo(fixed);
    }
    return fixed;
  }

  private static KernelModel exemptZeroPage(KernelModel kernel) {
    return switch (kernel.rule(MmioPredicate.class)) {
      case PAGE_RESERVED, PAGE_RESERVED_AGAIN, NOT_ZERO_PAGE ->
          kernel.with(MmioPredicate.NOT_ZERO_PAGE);
      case NOT_ZONE_DEVICE, NOT_ZERO_NOT_ZONE_DEVICE ->
          kernel.with(MmioPredicate.NOT_ZERO_NOT_ZONE_DEVICE);
      case GONE ->
          throw new FixRefused(
              "generic-zero-page: " + kernel + " has no generic predicate that could be changed");
    };
  }

  private static KernelModel onArm(String fix, KernelModel kernel, Rule... rules) {
    if (!kernel.answers(DeviceRule.class)) {
      throw new FixRefused(
          fix + ": the fault path of " + kernel + " has no device rule that could be changed");
    }
    return kernel.with(rules);
  }

  private static void add(Fix fix) {
    BY_NAME.put(fix.name(), fix);
  }
}
