package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name of a folder says the same of its host to {@code import} and to {@code conform}. */
class FolderNameTest {
  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arm64-6.1-stock, arm64 6.1",
    "arm64-6.1-fixa, arm64 6.1 +bug-2014 +arch-writable-guard",
    "arm64-6.1-bug2014-b, arm64 6.1 +bug-2014 +generic-zero-page",
    "arm64-6.1-bug2014-fix-c, arm64 6.1 +bug-2014 +generic-zero-page-reverted",
    "fix-d-6.1-arm64-bios64, arm64 6.1 +bug-2014 +arch-pfn-valid",
    "bug2014-fixe-arm64-6.1, arm64 6.1 +bug-2014 +device-read-only",
    "arm64-6.1-generic-zero-page, arm64 6.1 +bug-2014 +generic-zero-page",
    "arm64-6.12.117-g3, arm64 6.12 +arch-map-memory",
    "arm64-3.17-rc5-07a9748c78cf, arm64 3.17-rc +bug-2014 +arch-pfn-valid",
    "x86-6.1-debian-tdpmmu0, x86 6.1 +x86/dirty-log/no-eager-split"
  })
  void importAndConformReadTheSameKernelOffIt(String name, String kernel) throws IOException {
    Path folder = folder(name);

    String conform = Ran.of("conform", folder.toString()).out().replaceAll("\\s+", " ");
    Path trail = temp.resolve("of.trail");
    Ran imported = Ran.of("import", folder.toString(), "-o", trail.toString());
    String cat = Ran.of("trail", "cat", trail.toString()).out();

    assertThat(conform).contains("a.table.txt " + kernel + " ");
    assertThat(imported.out()).doesNotContain("warning");
    String[] words = kernel.split(" \\+?", -1);
    assertThat(cat)
        .contains("\"arch\":\"" + words[0] + "\"")
        .contains("\"kernel\":\"" + words[1] + "\"")
        .contains(
            "\"fixes\":["
                + kernel
                    .lines()
                    .flatMap(line -> Arrays.stream(line.split(" ", -1)).skip(2))
                    .map(fix -> "\"" + fix.substring(1) + "\"")
                    .collect(Collectors.joining(","))
                + "]");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arm64-6.1-fixg, fixg",
    "arm64-6.1-arch-writable-gaurd, arch-writable-gaurd",
    "arm64-6.1-bug2015-a, bug2015-a"
  })
  void whatLooksLikeAFixAndIsNoneIsToldByBoth(String name, String words) throws IOException {
    Path folder = folder(name);

    Ran conform = Ran.of("conform", folder.toString());
    Ran imported = Ran.of("import", folder.toString(), "-o", temp.resolve("of.trail").toString());
    Ran replayed = Ran.of("replay", folder.toString());

    assertThat(conform.err()).contains("'" + words + "' in the folder's name is no known fix");
    assertThat(imported.out().replaceAll("\\s+", " "))
        .contains("\"" + words + "\" in the folder's name \"" + name + "\" is no known fix");
    assertThat(replayed.err()).contains("\"" + words + "\" in the folder's name");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"thpalways, always", "thpnever, never", "nothp, never", "boot, unknown"})
  void withoutAFileTheFoldersNameSaysTheModeOfHugePages(String word, String mode)
      throws IOException {
    Path trail = temp.resolve("of.trail");
    Ran.of("import", folder("arm64-6.1-" + word).toString(), "-o", trail.toString());

    assertThat(Ran.of("trail", "cat", trail.toString()).out())
        .contains("\"transparentHugePages\":\"" + mode + "\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"0, 'no fix is supposed', ''", "1, '', bug-2014", "2, 'switched to 2', ''"})
  void theSwitchOfTheDeviceRuleGoesBeforeTheName(String position, String warning, String bug)
      throws IOException {
    Path folder = folder(bug.isEmpty() ? "arm64-6.1-bug2014" : "arm64-6.1-stock");
    Files.writeString(folder.resolve("thp.txt"), "always madvise [never]\n1\n" + position + "\n");
    Path trail = temp.resolve("of.trail");

    Ran imported = Ran.of("import", folder.toString(), "-o", trail.toString());

    assertThat(imported.out().replaceAll("\\s+", " ")).contains(warning);
    assertThat(Ran.of("trail", "cat", trail.toString()).out())
        .contains(position.equals("0") ? "\"fixes\":[]" : "\"fixes\":[\"bug-2014\"]");
  }

  /** A folder that has a table and a trace. */
  private Path folder(String name) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    Files.writeString(folder.resolve("a.table.txt"), "anon_untouched RO  R :: R:ok[ZR|L3R]\n");
    Files.writeString(
        folder.resolve("trace.txt"),
        " qemu-7 [000] ..... 10.000001: kvm_userspace_exit: reason 6\n");
    return folder;
  }
}
