package org.pagetrail.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The guest's part of the rule book. */
class GuestRulesTest {

  @Test
  void everyRuleHasAnIdentityOfItsOwnASentenceAndASource() {
    assertThat(GuestRules.all()).extracting(GuestRule::id).doesNotHaveDuplicates();
    assertThat(GuestRules.all())
        .allSatisfy(rule -> {
          assertThat(rule.id()).matches("(guest|edk2)(/[a-z0-9.-]+)+");
          assertThat(rule.sentence()).isNotBlank();
          assertThat(rule.source()).isNotBlank();
        });
  }
}
