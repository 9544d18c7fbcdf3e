package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** May a slot lie over page frames that the host itself maps cacheable? */
public enum CacheablePfnmapSlot implements Rule {
  ALLOWED(RuleText.arch("arm64/slot/cacheable-pfnmap-allowed", "until 6.16", "Yes.")),

  EINVAL(
      RuleText.arch(
          "arm64/slot/cacheable-pfnmap-einval",
          "2a8dfab26677 (July 2025); 6.17 and later",
          "Only if the processor has FWB and DIC; EINVAL otherwise."));

  private final RuleText text;

  CacheablePfnmapSlot(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
