package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens to an abort that no memory answers: no slot, or a write to a read-only slot? */
public enum SlotMiss implements Rule {
  FETCH_ABORTS(
      RuleText.arch(
          "arm64/slot-miss/fetch-aborts",
          "98047888bb9f to 4.4",
          "An instruction fetch gets an abort injected; everything else goes to "
              + "MMIO emulation, which injects an abort into walks of the guest's "
              + "tables.")),

  MAINTENANCE_SKIPPED(
      RuleText.arch(
          "arm64/slot-miss/maintenance-skipped",
          "57c841f131ef (2016); 4.5 to 5.8",
          "As fetch-aborts; cache maintenance is skipped.")),

  WALK_ABORTS(
      RuleText.arch(
          "arm64/slot-miss/walk-aborts",
          "54dc0d2404dd, 022c8328dc80 (2020); 5.9 and later",
          "Instruction fetches and walks of the guest's tables get an abort "
              + "injected; cache maintenance is skipped where there is no slot; "
              + "everything else goes to MMIO emulation."));

  private final RuleText text;

  SlotMiss(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether cache maintenance is skipped. */
  public boolean skipsMaintenance(boolean slotFound) {
    return switch (this) {
      case FETCH_ABORTS -> false;
      case MAINTENANCE_SKIPPED -> true;
      case WALK_ABORTS -> !slotFound;
    };
  }
}
