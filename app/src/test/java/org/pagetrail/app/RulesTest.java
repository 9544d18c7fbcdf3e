package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.guest.GuestRules;
import org.pagetrail.kvm.model.RuleBook;
import org.pagetrail.qemu.QemuRules;

/** The rule book on the command line. */
class RulesTest {
  private static final Pattern COUNT =
      Pattern.compile("(\\d+) rules: (\\d+) generic, (\\d+) arch, (\\d+) qemu, (\\d+) guest");

  @Test
  void theBookHasEveryRuleOfEveryLayerAndCountsThem() {
    Ran ran = Ran.of("rules");

    Matcher count = COUNT.matcher(ran.lastLine());
    assertThat(count.matches()).as(ran.lastLine()).isTrue();
    assertThat(number(count, 2) + number(count, 3)).isEqualTo(RuleBook.all().size());
    assertThat(number(count, 4)).isEqualTo(QemuRules.all().size());
    assertThat(number(count, 5)).isEqualTo(GuestRules.all().size());
    assertThat(number(count, 1))
        .isEqualTo(RuleBook.all().size() + QemuRules.all().size() + GuestRules.all().size());
    assertThat(ran.out().lines().filter(line -> line.startsWith("    source: ")))
        .hasSize(number(count, 1));
    RuleBook.all().forEach(rule -> assertThat(ran.out()).contains("  " + rule.id() + " ["));
    QemuRules.all().forEach(rule -> assertThat(ran.out()).contains("  " + rule.id() + " [QEMU]"));
    GuestRules.all().forEach(rule -> assertThat(ran.out()).contains("  " + rule.id() + " [GUEST]"));
  }

  @Test
  void theBookFitsTheTerminal() {
    assertThat(Ran.of("rules").out().lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @CsvSource({"generic, GENERIC", "arch, ARCH", "qemu, QEMU", "guest, GUEST", "Qemu, QEMU"})
  void aLayerNarrowsTheBook(String layer, String word) {
    Ran ran = Ran.of("rules", "--layer", layer);

    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines().filter(line -> line.endsWith("]") && line.startsWith("  ")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("[" + word + "]"));
  }

  @Test
  void aLayerNarrowsWhatChangedBetweenTwoReleases() {
    Ran all = Ran.of("rules", "--diff", "4.4", "5.10");
    Ran generic = Ran.of("rules", "--diff", "4.4", "5.10", "--layer", "generic");

    assertThat(all.out()).contains("[ARCH]").contains("[GENERIC]");
    assertThat(generic.out()).contains("[GENERIC]").doesNotContain("[ARCH]");
    assertThat(generic.code()).isOne();
  }

  @Test
  void aKernelsRulesAreCountedWithItsName() {
    assertThat(Ran.of("rules", "--kernel", "3.17-rc").lastLine())
        .matches("\\d+ rules of arm64 3\\.17-rc");
  }

  @Test
  void theKernelsWithAModelAreListed() {
    assertThat(Ran.of("rules", "--kernels").out())
        .contains("arm64  3.12 ")
        .contains("x86  2.6 ")
        .endsWith("A release between two of these has the rules of the older one.\n");
  }

  @Test
  void anUnknownLayerIsExplained() {
    Ran ran = Ran.of("rules", "--layer", "moon");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("pagetrail: there is no layer \"moon\"").contains("qemu");
  }

  private static int number(Matcher count, int group) {
    return Integer.parseInt(count.group(group));
  }
}
