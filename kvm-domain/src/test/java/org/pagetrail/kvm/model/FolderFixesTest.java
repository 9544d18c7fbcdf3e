package org.pagetrail.kvm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.host.HostWord;

/** How folders name fixes. */
class FolderFixesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a, arch-writable-guard",
    "fixb, generic-zero-page",
    "fix-c, generic-zero-page-reverted",
    "fix_d, arch-pfn-valid",
    "device-read-only, device-read-only",
    "fix-devicereadonly, device-read-only",
    "85c8555ff07e, generic-zero-page"
  })
  void aFixThatWasTriedForTheBugIsOfAKernelWithTheBug(String words, String fix) {
    assertThat(FolderFixes.KNOWN.standFor(words)).containsExactly("bug-2014", fix);
  }

  @Test
  void everyFixIsNamedByItsNameWithAndWithoutHyphens() {
    for (Fix fix : Fixes.all()) {
      for (String words : List.of(fix.name(), fix.name().replace("-", ""))) {
        List<String> named = FolderFixes.KNOWN.standFor(words);

        assertThat(named).as(words).isNotNull();
        assertThat(named)
            .as(words)
            .endsWith(fix.name().equals("none") ? new String[0] : new String[] {fix.name()});
      }
    }
    assertThat(FolderFixes.KNOWN.standFor("g3")).containsExactly("arch-map-memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fix", "fixg", "bios64", "pflash2", "g10", "2026112"})
  void otherWordsNameNone(String words) {
    assertThat(FolderFixes.KNOWN.standFor(words)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixg", "bugfix", "patched", "g10", "writable", "zero"})
  void wordsMayLookLikeAFix(String word) {
    assertThat(FolderFixes.KNOWN.areLike(word)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bios64", "pflashcode", "run", "at", "6.1"})
  void wordsOfASetUpDoNot(String word) {
    assertThat(FolderFixes.KNOWN.areLike(word)).isFalse();
  }

  @Test
  void theRuleOfAHostsSetUpIsInTheRuleBook() {
    for (HostWord word : HostWord.values()) {
      String rule = word.rule();
      assertThat(rule == null || RuleBook.named(rule) != null).as(word.name()).isTrue();
    }
  }
}
