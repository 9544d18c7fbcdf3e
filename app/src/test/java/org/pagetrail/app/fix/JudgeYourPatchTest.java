package org.pagetrail.app.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagetrail.kvm.model.stated.Fact;
import org.pagetrail.kvm.model.stated.StatedDecision;

/** The page for those who judge a patch lists what can be decided and asked, and no more. */
class JudgeYourPatchTest {
  private static final Path PAGE = Path.of("..", "docs", "judge-your-patch.md");

  @ParameterizedTest
  @EnumSource
  void everyDecisionIsOnThePage(StatedDecision decision) throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("\n| `" + decision.word() + "` | " + decision.sentence() + " |\n");
  }

  @ParameterizedTest
  @EnumSource
  void everyInputIsOnThePageWithTheDecisionsThatKnowIt(Fact fact) throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(
            "\n| `" + fact.word() + "` | " + fact.sentence() + " | " + knownTo(fact) + " |\n");
  }

  @Test
  void thePageHasNoOtherInputs() throws IOException {
    assertThat(
            Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> line.split("\\|", -1).length == 5)
                .count())
        .isEqualTo(Fact.values().length);
  }

  private static String knownTo(Fact fact) {
    if (Arrays.stream(StatedDecision.values()).allMatch(d -> d.facts().contains(fact))) {
      return "all";
    }
    return Arrays.stream(StatedDecision.values())
        .filter(decision -> decision.facts().contains(fact))
        .map(decision -> "`" + decision.word() + "`")
        .collect(Collectors.joining(", "));
  }
}
