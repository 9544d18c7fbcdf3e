package org.pagetrail.kvm.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.kvm.model.Arch;

/** Which scenarios are counted apart, and that the documentation says so. */
class NoiseTest {

  @ParameterizedTest
  @CsvSource({
    "ARM64, anon_untouched_hugeadv RW  RWR, khugepaged",
    "ARM64, anon_untouched_hugeadv RW  WRW, ''",
    "X86, anon_written_ksm RO  RTRWR, ksmd",
    "ARM64, devmem_reserved_cached RO  XR, unknown content",
    "ARM64, devmem_reserved RO  RR, ''",
    "ARM64, devmem_bios RO  XX, ''",
    "X86, devmem_bios RO  XX, unknown content",
    "X86, devmem_bar RW  XX, ''",
    "ARM64, anon_written RW  RWR, ''"
  })
  void aScenarioIsNoiseForAReasonOrNotAtAll(Arch arch, String scenario, String reason) {
    String found = Noise.reason(TableLine.parse(scenario + " :: X:ok[.|-]"), arch);

    if (reason.isEmpty()) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).contains(reason);
    }
  }

  @Test
  void theDocumentationHasEachRowOfTheListAndNoOther() throws IOException {
    List<String> listed =
        Noise.all().stream()
            .map(noise ->
                "| %s | `%s` | %s | %s |"
                    .formatted(
                        noise.arch().word(),
                        noise.backing(),
                        switch (noise.sequence()) {
                          case "*" -> "all";
                          case "*X*" -> "with `X`";
                          default -> "`" + noise.sequence() + "`";
                        },
                        noise.reason()))
            .toList();

    List<String> documented =
        Files.readAllLines(Path.of("..", "docs", "conform.md")).stream()
            .filter(line -> line.matches("\\| (arm64|arm|x86) \\| `.*"))
            .toList();

    assertThat(documented).isEqualTo(listed);
  }
}
