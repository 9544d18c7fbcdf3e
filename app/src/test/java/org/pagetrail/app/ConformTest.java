package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables {@code conform} takes, and what it says about those that are not there. */
class ConformTest {
  private static final Path TABLES = Path.of("../captures/tables/arm64-6.1-bug2014");

  private static final String BYTE_ORDER_MARK = "\ufeff";

  @TempDir private Path folder;

  @Test
  void aFolderStandsForTheTablesInIt() throws IOException {
    Path host = Files.createDirectories(folder.resolve("arm64-6.1-bug2014"));
    for (String name : new String[] {"kvmtab-v1-devmem_flash", "kvmtab-v1-devmem_virtiommio"}) {
      Files.copy(TABLES.resolve(name + ".table.txt"), host.resolve(name + ".table.txt"));
    }
    Files.writeString(host.resolve("uname.txt"), "Linux\n");

    Ran ran = Ran.of("conform", folder.toString());

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("devmem_flash").contains("devmem_virtiommio");
    assertThat(ran.lastLine()).isEqualTo("96 of 96 steps match");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arm64-6.12-stock, arm64 6.12",
    "arm64-6.12.117-debian, arm64 6.12",
    "arm64-v6.1-stock, arm64 6.1",
    "aarch64-6.1-debian, arm64 6.1",
    "arm64-6.12-g3, arm64 6.12 +arch-map-memory",
    "arm64-6.1-arch-pfn-valid, arm64 6.1 +bug-2014 +arch-pfn-valid",
    "arm64-6.1-bug2014-arch-writable-guard, arm64 6.1 +bug-2014 +arch-writable-guard",
    "arm64-6.1-bug2014-a, arm64 6.1 +bug-2014 +arch-writable-guard",
    "arm64-6.1-bug2014-fixa, arm64 6.1 +bug-2014 +arch-writable-guard",
    "arm64-6.1-fix-e, arm64 6.1 +bug-2014 +device-read-only",
    "arm64-6.12-fwb+dic, arm64 6.12",
    "arm64-3.17-rc5-stock, arm64 3.17-rc",
    "x86_64-6.12-debian, x86 6.12",
    "x86-6.1-debian-tdpmmu0, x86 6.1 +x86/dirty-log/no-eager-split",
    "x86-6.1-debian-npt0, x86 6.1"
  })
  void theFolderNamesKernelAndFixes(String name, String kernel) throws IOException {
    Path table = Files.createDirectories(folder.resolve(name)).resolve("a.table.txt");
    Files.writeString(table, "anon_untouched RO  R :: R:ok[ZR|L3R]\n");

    Ran ran = Ran.of("conform", table.toString());

    assertThat(ran.out().replaceAll("\\s+", " ")).contains("a.table.txt " + kernel + " ");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void whatCannotBeSetUpDiffersInEveryStepAndTheRestIsCompared() throws IOException {
    Path host = Files.createDirectories(folder.resolve("arm64-6.1-stock"));
    Path table =
        Files.writeString(
            host.resolve("a.table.txt"),
            BYTE_ORDER_MARK
                + """
                partial_unmap RO  RWR :: R:ok[ZR|L3R] W:mmiow[ZR|L3R] R:ok[ZR|L3R]
                # a remark
                anon_untouched RO WR :: W:mmiow[.|-] R:ok[ZR|L3R]
                anon_untouched RO  R :: R:ok[ZR|L3R] signal 7
                """);

    Ran ran = Ran.of("conform", table.toString());

    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out()).contains("no backing is named so").contains("signal 7");
    assertThat(ran.lastLine()).isEqualTo("3 of 7 steps match");
  }

  @Test
  void aMissingTableIsNamed() {
    Path missing = folder.resolve("arm64-6.1/absent.table.txt");

    refused(Ran.of("conform", missing.toString()), "absent.table.txt: there is no such file");
    refused(Ran.of("conform", missing.toString(), "--kernel", "6.1"), "there is no such file");
  }

  @Test
  void aFolderWithoutTablesIsNamed() {
    refused(Ran.of("conform", folder.toString()), "the folder holds no table");
  }

  @Test
  void aFileThatIsNoTextIsNamed() throws IOException {
    Path host = Files.createDirectories(folder.resolve("arm64-6.1"));
    Path binary = Files.write(host.resolve("a.table.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});

    refused(Ran.of("conform", binary.toString()), "is not text");
  }

  @Test
  void withoutTablesItSaysWhatToName() {
    refused(Ran.of("conform"), "nothing to compare");
    refused(Ran.of("conform", "--live", folder.toString()), "--live compares no tables");
  }

  private static void refused(Ran ran, String reason) {
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().replaceAll("\\s+", " "))
        .startsWith("pagetrail: ")
        .contains(reason)
        .doesNotContain("Exception");
  }
}
