package org.pagetrail.kvm.model.lookup;

import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which frames have a page, in the eyes of pfn_valid. */
public enum PfnValid implements Rule {
  MEMBLOCK(
      RuleText.arch(
          "arm64/pfn-valid/memblock",
          "3.12, 3.19, 4.1; until 4.3",
          "A frame is valid if memblock knows its address as memory.")),

  MEMBLOCK_MAPPED(
      RuleText.arch(
          "arm64/pfn-valid/memblock-mapped",
          "68709f45385a (2015); 4.4.173, 4.9, 4.18; until 5.9",
          "A frame is valid if memblock knows its address as memory that is not "
              + "marked NOMAP.")),

  SECTION(
      RuleText.arch(
          "arm64/pfn-valid/section",
          "eeb0753ba27b (2021); 5.12, 5.13; 5.10 with stable updates",
          "A frame is valid if its section has pages and, where firmware "
              + "described the memory, memblock does not mark it NOMAP.")),

  STRUCT_PAGE(
      RuleText.generic(
          "generic/pfn-valid/struct-page",
          "a7d9f306ba70, 16c9afc77660 (2021); 5.14 and later",
          "A frame is valid if it has a page, NOMAP or not."));

  private final RuleText text;

  PfnValid(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether a frame of this kind is valid. */
  public boolean isValid(PageKind kind) {
    return switch (kind) {
      case DEVICE, ABSENT, POISONED -> false;
      case NOMAP_RAM -> this == MEMBLOCK || this == STRUCT_PAGE;
      case ZONE_DEVICE -> this == SECTION || this == STRUCT_PAGE;
      case ZERO_PAGE,
          HUGE_ZERO_PAGE,
          ANONYMOUS,
          ANONYMOUS_HUGE,
          KSM,
          PAGE_CACHE,
          PAGE_CACHE_HUGE,
          HUGETLB,
          RESERVED_RAM,
          UNKNOWN ->
          true;
    };
  }
}
