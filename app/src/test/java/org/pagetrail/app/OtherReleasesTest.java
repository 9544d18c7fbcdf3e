package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands do with a release that stands between two whose rules are written down. */
class OtherReleasesTest {
  private static final String TRACE =
      """
      # tracer: nop
      qemu-1 [000] .... 1.000000: kvm_entry: PC: 0xffff800010080000
      qemu-1 [000] .... 1.000010: kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0xffff800010080004
      """;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arm64-5.15-stock, arm64 5.15, ''",
    "arm64-6.8.0-ubuntu, arm64 6.8, arm64 6.8 has the rules of 6.7: no change is known between"
        + " them",
    "x86-6.6-debian, x86 6.6, x86 6.6 has the rules of 6.2: no change is known between them",
    "arm64-5.4-bug2014, arm64 5.4 +bug-2014, ''"
  })
  void aTableOfAnyReleaseIsComparedAndItsRulesOriginTold(String name, String kernel, String told)
      throws IOException {
    Path table = Files.createDirectories(folder.resolve(name)).resolve("a.table.txt");
    Files.writeString(table, "anon_untouched RO  R :: R:ok[ZR|L3R]\n");
    Files.copy(table, table.resolveSibling("b.table.txt"));

    Ran ran = Ran.of("conform", folder.toString());

    assertThat(ran.out().replaceAll("\\s+", " ")).contains("a.table.txt " + kernel + " ");
    assertThat(ran.err()).isEqualTo(told.isEmpty() ? "" : "pagetrail: " + told + "\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"6.1.192, arm64 6.1", "6.8.0-51-generic, arm64 6.8", "5.4, arm64 5.4"})
  void theMatrixTakesAReleaseAsEveryCommandDoes(String release, String shown) {
    Ran ran =
        Ran.of(
            "matrix",
            "--arch",
            "arm64",
            "--kernel",
            release,
            "--fix",
            "none",
            "--scenario",
            "zero-page-read");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith(shown + "\n");
  }

  @Test
  void aMatrixOfAReleaseThatNobodyKnowsSaysWhy() {
    Ran ran = Ran.of("matrix", "--arch", "arm64", "--kernel", "7.3");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains("no rules for arm64 7.3: newer than the newest known, 7.2");
  }

  @Test
  void anImportOfAReleaseWithoutRulesMakesTheTrailAndSaysWhatAReplayWillNeed() throws IOException {
    Ran ran = imported("7.9");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(folder.resolve("run.trail")).exists();
    assertThat(ran.err())
        .startsWith("pagetrail: the trail is made, but no rules for arm64 7.9: newer than")
        .contains("name one of these with --kernel");
  }

  @Test
  void anImportOfAReleaseBetweenSaysWhoseRulesItHas() throws IOException {
    assertThat(imported("6.8").err())
        .isEqualTo("pagetrail: arm64 6.8 has the rules of 6.7: no change is known between them\n");
    assertThat(imported("6.1.192").err()).isEmpty();
  }

  @Test
  void anImportThatNoReleaseIsNamedInIsNotToldOfRules() throws IOException {
    Path trace = Files.writeString(folder.resolve("trace.txt"), TRACE);

    Ran ran = Ran.of("import", trace.toString(), "-o", folder.resolve("run.trail").toString());

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).doesNotContain("no rules for");
  }

  private Ran imported(String release) throws IOException {
    Path trace = Files.writeString(folder.resolve("trace.txt"), TRACE);
    return Ran.of(
        "import",
        trace.toString(),
        "--arch",
        "arm64",
        "--kernel",
        release,
        "-o",
        folder.resolve("run.trail").toString());
  }

  @Test
  void aPointReleaseIsASideOfADiff() {
    Ran ran = Ran.of("explore", "--left", "6.1.192", "--right", "6.1.192,bug-2014", "--depth", "1");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("arm64 6.1");
  }
}
