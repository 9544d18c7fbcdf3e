package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What does KVM do when it is told which page replaces another? */
public enum ChangePteEffect implements Rule {
  MAPS_IF_TABLE(
      RuleText.arch(
          "arm64/notifier/change-pte",
          "3.19, 6.1",
          "It maps the new page read-only, if the table for it is still there.")),

  REPLACES_PRESENT(
      RuleText.arch(
          "x86/notifier/change-pte",
          "4.18, 6.1",
          "It replaces an entry that is still there; the invalidation around has "
              + "removed it.")),

  RISCV_MAPS_IF_TABLE(
      RuleText.arch(
          "riscv/notifier/change-pte",
          "6.1, 6.2 arch/riscv/kvm/mmu.c",
          "It maps the new page read-only, if the table for it is still there.")),

  MIPS_MAPS_AS_HOST(
      RuleText.arch(
          "mips/notifier/change-pte",
          "4.18 to 6.1 arch/mips/kvm/mmu.c",
          "It maps the new page as the host does, if the table for it is still there; read-only in"
              + " a read-only slot, and in a logged one until a write.")),

  NEVER_TOLD(
      RuleText.generic(
          "generic/notifier/no-change-pte",
          "f7842747d13d (2024); 6.10 and later virt/kvm/kvm_main.c",
          "Nothing: KVM takes no such call.")),

  UNKNOWN(
      RuleText.unknown(
          "unknown/notifier/change-pte", "What becomes of an entry whose page is replaced."));

  private final RuleText text;

  ChangePteEffect(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
