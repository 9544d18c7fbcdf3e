package org.pagetrail.app.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.kvm.model.RuleLayer;
import org.pagetrail.kvm.model.stated.Fact;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.stated.StatedRule;

/** What {@code --fix} takes, and how it says where a statement is wrong. */
class FixNamesTest {
  @TempDir private Path folder;

  @Test
  void aStatementIsAFixWithItsOwnRules() {
    Fix fix = FixNames.fix("mine: device := !pfn.valid  && !pfn.zero; device.write := writable");

    KernelModel kernel = fix.applyTo(Kernels.of(Arch.ARM64, "3.17-rc"));

    assertThat(fix.layer()).isEqualTo(RuleLayer.ARCH);
    StatedRule device = stated(kernel, StatedDecision.DEVICE);
    assertThat(device.id()).isEqualTo("user/mine/device");
    assertThat(device.text().sentence()).isEqualTo("device := !pfn.valid && !pfn.zero");
    assertThat(device.predicate().reads()).containsExactly(Fact.PFN_VALID, Fact.PFN_ZERO);
    assertThat(stated(kernel, StatedDecision.DEVICE_WRITE).id())
        .isEqualTo("user/mine/device.write");
  }

  @Test
  void aFixThatStatesAGenericDecisionIsGeneric() {
    assertThat(FixNames.fix("mine: mmio := mmio && !pfn.zero").layer())
        .isEqualTo(RuleLayer.GENERIC);
  }

  @ParameterizedTest
  @CsvSource({
    "'bug-2014,bug-2014'",
    "'arch-writable-guard,a'",
    "'mine: device := pfn.valid,mine: device := !pfn.valid'"
  })
  void aFixThatIsGivenTwiceIsRefused(String list) {
    Trouble trouble = catchThrowableOfType(Trouble.class, () -> FixNames.split(list));

    assertThat(trouble).hasMessageContaining("is given twice");
  }

  @ParameterizedTest
  @CsvSource({"bug-2014", "d", "none"})
  void aStatedFixMayNotHaveTheNameOfABuiltInOne(String name) {
    Trouble trouble =
        catchThrowableOfType(Trouble.class, () -> FixNames.fix(name + ": device := pfn.valid"));

    assertThat(trouble).hasMessageContaining("'" + name + "' is the name of a built-in fix");
  }

  @Test
  void theNameOfAStatedFixStatesItAgain() {
    Fix fix = FixNames.fix("mine: device :=  !pfn.valid ;; device.write := writable;");

    assertThat(fix.name()).isEqualTo("mine: device := !pfn.valid; device.write := writable");
    assertThat(FixNames.fix(fix.name()).name()).isEqualTo(fix.name());
  }

  @Test
  void knownAndStatedFixesStandInOneList() {
    assertThat(FixNames.split("bug-2014, mine: device := pfn.valid ,85c8555ff0"))
        .containsExactly("bug-2014", "mine: device := pfn.valid", "85c8555ff0");
  }

  @Test
  void aFileStatesAFixWithCommentsOnSeveralLines() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("patch.fix"),
            """
            // [PATCH] KVM: arm64; a comment: with := signs
            mine:
              device := !pfn.valid
                     || vma.pfnmap; // why
            """);

    assertThat(FixNames.split("bug-2014,@" + file))
        .isEqualTo(List.of("bug-2014", "mine: device := !pfn.valid || vma.pfnmap"));
  }

  @Test
  void aWrongExpressionInAFileIsShownWithItsLine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("patch.fix"), "mine:\n  device := !pfn.valid\n     && pfn.zerro;\n");

    assertThat(message("@" + file))
        .contains("patch.fix:3: there is no input 'pfn.zerro'")
        .contains("\n         && pfn.zerro;\n            ^\n")
        .contains("inputs of 'device' are pfn.valid, ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mine: device := !pfn.vald && x | there is no input 'pfn.vald' | 17",
        "mine: device := pfn.valid && x | there is no input 'x' | 29",
        "mine: device := pfn.valid && | not finished | 28",
        "mine: device := | not finished | 15",
        "mine: device := (pfn.valid | a ) is missing here | 26",
        "mine: device := pfn.valid and writable | 'and' is not expected here | 26",
        "mine: device := writable = pfn.valid | '=' is not in the language | 25",
        "mine: device := 1 + 1 == 2 | '+' is not in the language | 18",
        "mine: device := 1 | no truth value but int | 16",
        "mine: device := pfn.valid ? 1 : 2 | no truth value but int | 26",
        "mine: device := device.foo | there is no input 'device.foo' | 16",
        "mine: device := [1].all(x | a ) is missing here | 25",
        "mine: device := 'x'.matches('y') | there is no input | 19",
        "mine: mmio := writable | 'writable' is not known when 'mmio' is decided | 14",
        "mine: devices := true | there is no decision 'devices' | 6",
        "mine: device = true | has no := | 6",
        "mine: device := true; device := false | stated twice | 22",
        "mine: | nothing is stated | 5",
        "device := true | begins with a name | 0",
        "Mine: device := true | begins with a name | 0"
      })
  void aWrongStatementIsShownWithACaretUnderThePlace(String text, String what, int column) {
    List<String> lines = message(text).lines().toList();

    assertThat(lines.getFirst()).startsWith("--fix: ").contains(what);
    assertThat(lines.get(1)).isEqualTo("    " + text);
    assertThat(lines.get(2)).isEqualTo("    " + " ".repeat(column) + "^");
  }

  @Test
  void theCaretStaysUnderItsPlaceInALongExpression() {
    String text = "mine: device := " + "pfn.valid || ".repeat(100) + "nothing || pfn.zero";
    List<String> lines = message(text).lines().toList();

    assertThat(lines.get(1).length()).isLessThanOrEqualTo(80);
    assertThat(lines.get(1).substring(lines.get(2).indexOf('^'))).startsWith("nothing");
  }

  @Test
  void whatBreaksOtherParsersIsRefusedInASentence() {
    assertThat(message("mine: device := " + "(".repeat(1000) + "true" + ")".repeat(1000)))
        .doesNotContain("Exception");
    assertThat(message("mine: device := " + "!".repeat(5000) + "true")).contains("too long");
    assertThat(message("mine: device := \u001b[31mtrue\u202e")).doesNotContain("\u001b", "\u202e");
    assertThat(message("@" + folder)).contains("cannot be read");
    assertThat(message("@")).contains("cannot be read");
    assertThat(message("@\0")).contains("cannot be read");
  }

  @Test
  void aPredicateOfManyInputsIsRefusedBeforeItTakesLong() {
    String all =
        String.join(" && ", StatedDecision.DEVICE.facts().stream().map(Fact::word).toList());

    assertThat(message("mine: device := " + all)).contains("reads 19 inputs");
  }

  private static StatedRule stated(KernelModel kernel, StatedDecision decision) {
    StatedRule rule = kernel.stated(decision);
    assertThat(rule).isNotNull();
    return Objects.requireNonNull(rule);
  }

  private static String message(String item) {
    Trouble trouble = catchThrowableOfType(Trouble.class, () -> FixNames.fix(item));
    assertThat(trouble).as(item).isNotNull();
    return String.valueOf(trouble.getMessage());
  }
}
