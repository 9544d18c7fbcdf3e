package org.pagetrail.events.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
  /** Knows one bug, a fix of two words with a letter that was tried for it, and another fix. */
  private static final FixWords KNOWN =
      new FixWords() {
        @Override
        public @Nullable List<String> standFor(String words) {
          return switch (words) {
            case "bug", "bug-1" -> List.of("bug-1");
            case "fix-q", "q", "quick-fix" -> List.of("bug-1", "quick-fix");
            case "other" -> List.of("other");
            case "none" -> List.of();
            default -> null;
          };
        }

        @Override
        public boolean areLike(String word) {
          return word.startsWith("fix");
        }
      };

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arm64-6.1, arm64, 6.1, '', ''",
    "ARM64-V6.12.117-Debian, arm64, 6.12, '', ''",
    "aarch64-3.17-rc5-stock, arm64, 3.17-rc, '', ''",
    "aarch64-3.17rc5, arm64, 3.17-rc, '', ''",
    "debian-x86_64-6.12, x86, 6.12, '', ''",
    "arm64-6.1-quick-fix, arm64, 6.1, bug-1 quick-fix, ''",
    "arm64-6.1-other-fix-q, arm64, 6.1, bug-1 other quick-fix, ''",
    "bug-6.1-bios64, , 6.1, bug-1, bios64",
    "fix-q-6.1-boot, , 6.1, bug-1 quick-fix, boot",
    "arm64-6.1-q, arm64, 6.1, bug-1 quick-fix, ''",
    "arm64-6.1-bug-q, arm64, 6.1, bug-1 quick-fix, ''",
    "host-q-6.1-run-q, , 6.1, '', 'host-q run-q'",
    "arm64-6.1-none, arm64, 6.1, '', ''",
    "arm64-6.1-quick-fiz-quick-fix, arm64, 6.1, bug-1 quick-fix, quick-fiz",
    "6.1-boot, , , '', 6.1-boot",
    "capture, , , '', capture",
    "'', , , '', ''",
  })
  void aNameSaysArchitectureReleaseAndFixes(
      String name, String arch, String release, String fixes, String unknown) {
    HostName host = HostName.of(name, KNOWN);

    assertThat(host.arch()).isEqualTo(arch);
    assertThat(host.release()).isEqualTo(release);
    assertThat(String.join(" ", host.fixes())).isEqualTo(fixes);
    assertThat(String.join(" ", host.unknown())).isEqualTo(unknown);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arm64-6.1-fwb+dic, 'FWB DIC', ''",
    "x86-6.1-debian-tdpmmu0, NO_TDP_MMU, ''",
    "arm64-6.1-tdpmmu0, '', tdpmmu0",
    "x86-6.1-npt0-thpnever, 'SHADOW THP_NEVER', ''",
    "arm64-6.1-nothp, THP_NEVER, ''",
    "powerpc-6.1-hash, HASH, ''",
    "arm64-6.1-thpsometimes, '', thpsometimes"
  })
  void aWordOfTheHostIsOneOfItsArchitectureOnly(String name, String words, String unknown) {
    HostName host = HostName.of(name, KNOWN);

    assertThat(host.words().stream().map(Enum::name).toList())
        .isEqualTo(words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
    assertThat(String.join(" ", host.unknown())).isEqualTo(unknown);
  }

  @Test
  void aKernelWithoutTheTdpMmuGoesByAnotherRuleWhateverItsRelease() {
    assertThat(HostName.of("x86-6.12-tdpmmu0-thpalways", KNOWN).rules())
        .containsExactly("x86/dirty-log/no-eager-split");
    assertThat(HostName.of("x86-6.12-tdpmmu0-thpalways", KNOWN).hugePages()).isEqualTo("always");
  }

  @Test
  void whatLooksLikeAFixAndIsNoneCanBeAskedFor() {
    HostName host = HostName.of("fixz-6.1-bios64", KNOWN);

    assertThat(host.unknown()).containsExactly("fixz", "bios64");
    assertThat(host.unknownFixes(KNOWN)).containsExactly("fixz");
  }
}
