package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens to an emulated access whose syndrome does not say what it was? */
public enum MissingSyndrome implements Rule {
  ENOSYS(RuleText.arch("arm64/mmio/no-syndrome-enosys", "until 5.4", "KVM_RUN fails with ENOSYS.")),

  EXIT_IF_ASKED(
      RuleText.arch(
          "arm64/mmio/no-syndrome-exit-if-asked",
          "c726200dd106 (2019); 5.5 and later; 5.10, 6.1, 7.2",
          "If the monitor asked for it, KVM_RUN returns with KVM_EXIT_ARM_NISV; "
              + "otherwise it fails with ENOSYS."));

  private final RuleText text;

  MissingSyndrome(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
