package org.pagetrail.kvm.model.lookup;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** In which order does the lookup try to get a page? */
public enum PfnLookup implements Rule {
  SLOW_FIRST(
      RuleText.generic(
          "generic/lookup/slow-first",
          "85c8555ff07e to 4.18",
          "A page is faulted in for the access that was made; after a read, a "
              + "second quick attempt asks for a writable page.")),

  FAST_FIRST(
      RuleText.generic(
          "generic/lookup/fast-first",
          "b9b33da2aa74 (2018); 4.19 to 6.12",
          "A quick attempt asks for a writable page first; then as slow-first.")),

  ONE_PARAMETER_BLOCK(
      RuleText.generic(
          "generic/lookup/one-parameter-block",
          "6.13 and later; 6.18, 7.2",
          "As fast-first, with all inputs and outputs in one block."));

  private final RuleText text;

  PfnLookup(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
