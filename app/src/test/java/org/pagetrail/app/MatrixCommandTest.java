package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pagetrail matrix}: its answers, its formats, and how it is narrowed. */
class MatrixCommandTest {
  @Test
  void aloneItAnswersBothQuestionsOnOneScreen() {
    Ran ran = Ran.of("matrix");

    assertThat(ran.code()).isOne();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("pfn_valid() and PageReserved() are both true for it on every architecture here.")
        .containsPattern("arm64 +broken +repaired +repaired +repaired +in part +repaired")
        .containsPattern("x86 +broken +refused +repaired +refused")
        .containsPattern("s390 +unknown")
        .containsPattern("device-read +D rw +N ro! +D rw +D rw +D ro +D rw")
        .containsPattern("ro-device-written +D rw! +exit! +D rw! +D rw! +exit +exit")
        .containsPattern("blank-rom-executed +EFAULT +runs +runs +runs +EFAULT +runs")
        .containsPattern("zero page's reference +leaks! +leaks! +dropped +leaks!");
    assertThat(ran.out().lines()).hasSizeLessThan(50).allMatch(line -> line.length() <= 80);
  }

  @Test
  void itIsNarrowedByFixArchitectureKernelAndScenario() {
    Ran ran =
        Ran.of(
            "matrix",
            "--arch",
            "x86,arm64",
            "--kernel",
            "4.1,4.4",
            "--scenario",
            "zero-page-read",
            "--fix",
            "none");

    assertThat(ran.out())
        .containsPattern("kernel +zero-page-read +found\n")
        .containsPattern("x86 4.1 +D ro! +ram-mapped-device, reference-leaked\n")
        .containsPattern("x86 4.4 +N ro! +reference-leaked\n")
        .containsPattern("arm64 4.1 +N ro! +reference-leaked\n")
        .containsPattern("arm64 4.4 +N ro! +reference-leaked\n")
        .doesNotContain("arm64 4.9", "mips");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cells", "--kernel=all", "--kernel=3.12,6.18", "--fix=a-much-too-long"})
  void whateverIsAskedFitsIntoEightyColumns(String option) {
    Ran ran =
        option.startsWith("--fix")
            ? Ran.of("matrix", "--cells", option + "-name: device := pfn.zero", "--fix=none")
            : Ran.of("matrix", option);

    assertThat(ran.out().lines()).isNotEmpty().allMatch(line -> line.length() <= 80);
  }

  @Test
  void aStatedFixIsAColumn() {
    Ran ran =
        Ran.of(
            "matrix",
            "--arch",
            "arm64",
            "--fix",
            "d",
            "--fix",
            "mine: device := !pfn.valid && !pfn.zero",
            "--scenario",
            "zero-page-read,device-read");

    assertThat(ran.out())
        .containsPattern("scenario +d +mine\n")
        .containsPattern("zero-page-read +N ro! +N ro!\n")
        .containsPattern("device-read +D rw +D rw\n")
        .contains("mine = mine: device := !pfn.valid && !pfn.zero");
  }

  @Test
  void asJsonEveryCellHasItsFindingsAndItsReason() throws IOException {
    Ran ran = Ran.of("matrix", "--arch", "arm64", "--format", "json");

    JsonNode matrix = JsonMapper.builder().build().readTree(ran.out());
    JsonNode cell = matrix.at("/blocks/0/rows/0/cells/0");
    assertThat(cell.at("/outcome").asText()).isEqualTo("D rw");
    assertThat(cell.at("/findings").toString()).contains("ram-mapped-device");
    assertThat(cell.at("/reason").asText()).isEqualTo("arm64/device/mmio-predicate");
    assertThat(matrix.at("/blocks/0/zeroPage/reserved").asBoolean()).isTrue();
    assertThat(Ran.of("matrix", "--arch", "arm64", "--json").out()).isEqualTo(ran.out());
  }

  @Test
  void asMarkdownItIsTables() {
    Ran ran = Ran.of("matrix", "--format", "markdown");

    assertThat(ran.out())
        .contains("| arch | kernel | valid | reserved | mmio | read | type chosen by |\n")
        .contains("| --- | --- |")
        .contains("| arm64 | broken | repaired |");
  }

  @Test
  void asHtmlItIsOnePageThatLoadsNothing() {
    Ran ran =
        Ran.of("matrix", "--format", "html", "--fix", "none", "--fix", "x: device := !(pfn.valid)");

    assertThat(ran.out())
        .startsWith("<!doctype html>")
        .contains("<td class=\"found\" title=\"")
        .contains("D rw!")
        .endsWith("</html>\n")
        .doesNotContain("src=", "http:", "https:", "<script");
  }

  @ParameterizedTest
  @CsvSource({
    "--arch, vax, architecture",
    "--kernel, 2.4, no architecture asked for has a release",
    "--scenario, nonsense, there is no scenario",
    "--fix, nonsense, no fix",
    "--fix, m: device := pfn.zerro, there is no input"
  })
  void whatThereIsNotIsRefused(String option, String value, String reason) {
    Ran ran = Ran.of("matrix", option, value);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("pagetrail: ").contains(reason);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void aMatrixInWhichNothingIsFoundEndsWithZero() {
    Ran ran =
        Ran.of(
            "matrix",
            "--arch",
            "arm64",
            "--kernel",
            "6.1",
            "--scenario",
            "zero-page-read",
            "--fix",
            "none");

    assertThat(ran.code()).as(ran.out()).isZero();
  }
}
