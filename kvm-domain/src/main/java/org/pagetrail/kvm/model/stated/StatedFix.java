package org.pagetrail.kvm.model.stated;

import java.util.List;
import java.util.stream.Collectors;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.FixRefused;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.RuleLayer;
import org.pagetrail.kvm.model.arm.DevicePermission;
import org.pagetrail.kvm.model.arm.DeviceRule;
import org.pagetrail.kvm.model.lookup.MmioPredicate;
import org.pagetrail.kvm.model.lookup.ReferenceRelease;
import org.pagetrail.kvm.model.port.EntryPermission;
import org.pagetrail.kvm.model.port.EntryType;
import org.pagetrail.kvm.model.x86.HostMmio;

/** Makes a fix of what a user states. */
public final class StatedFix {
  private StatedFix() {}

  /**
   * A fix that takes these decisions.
   *
   * @param rules one for each decision stated, at least one; all of one fix
   */
  public static Fix of(List<StatedRule> rules) {
    String name = rules.getFirst().fix();
    boolean generic = rules.stream().anyMatch(rule -> rule.layer() == RuleLayer.GENERIC);
    String sentence =
        rules.stream().map(rule -> rule.text().sentence()).collect(Collectors.joining("; "));
    return new Fix(
        name + ": " + sentence,
        generic ? RuleLayer.GENERIC : RuleLayer.ARCH,
        "stated by the user",
        sentence,
        kernel -> put(rules, kernel));
  }

  private static KernelModel put(List<StatedRule> rules, KernelModel kernel) {
    KernelModel fixed = kernel;
    for (StatedRule rule : rules) {
      String missing = missing(rule.decision(), rules, kernel);
      if (!missing.isEmpty()) {
        throw new FixRefused(rule.id() + ": " + kernel + " " + missing);
      }
      fixed = fixed.with(rule.after(kernel.stated(rule.decision())));
    }
    return fixed;
  }

  /** Why a kernel never takes this decision; empty if it does. */
  private static String missing(
      StatedDecision decision, List<StatedRule> rules, KernelModel kernel) {
    boolean found =
        switch (decision) {
          case MMIO ->
              kernel.answers(MmioPredicate.class)
                  && (kernel.rule(MmioPredicate.class) != MmioPredicate.GONE
                      || rules.stream().anyMatch(StatedFix::asksPredicate));
          case DEVICE -> decidesDevice(kernel);
          case DEVICE_WRITE -> kernel.answers(DevicePermission.class);
          case MEMORY_WRITE ->
              !kernel.answers(EntryPermission.class)
                  || !kernel.rule(EntryPermission.class).isUnknown();
          case RELEASE -> kernel.answers(ReferenceRelease.class);
        };
    if (found) {
      return "";
    }
    return switch (decision) {
      case MMIO -> "has no generic predicate, and nothing stated asks one";
      case DEVICE ->
          kernel.answers(EntryType.class) && kernel.rule(EntryType.class).isUnknown()
              ? "may ask whether a frame is a device; what it asks is not known"
              : "never asks whether a frame is a device";
      case DEVICE_WRITE -> "has no permission of its own for devices";
      case MEMORY_WRITE -> "gives permissions that are not known";
      case RELEASE -> "drops no reference that the model follows";
    };
  }

  private static boolean asksPredicate(StatedRule rule) {
    return rule.decision() != StatedDecision.MMIO && rule.asks(Fact.MMIO);
  }

  private static boolean decidesDevice(KernelModel kernel) {
    return kernel.answers(DeviceRule.class)
        || kernel.answers(HostMmio.class)
        || (kernel.answers(EntryType.class)
            && kernel.rule(EntryType.class) == EntryType.LOONGARCH_PFN_VALID);
  }
}
