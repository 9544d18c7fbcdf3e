package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pagetrail explore}. */
class ExploreTest {
  @TempDir private Path folder;

  @Test
  void theBugOf2014IsTwoStepsFromAKernelWithoutIt() {
    Ran ran =
        Ran.of(
            "explore",
            "--left=6.1,bug-2014",
            "--right=6.1",
            "--backing=anon_untouched",
            "--depth=2");

    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out())
        .contains("COMPLETE up to 2 operations")
        .contains("guest write: ok | mmiow")
        .contains("left   anon_untouched RO  RW :: R:ok[ZR|L3RWD] W:ok!ZERO[ZR|L3RWD]")
        .contains("right  anon_untouched RO  RW :: R:ok[ZR|L3R] W:mmiow[ZR|L3R]")
        .contains("ram-mapped-device: found | -");
  }

  @Test
  void theRunsAreATableThatConformReads() throws IOException {
    Path table =
        Files.createDirectories(folder.resolve("arm64-6.1-bug2014")).resolve("a.table.txt");
    Ran ran =
        Ran.of(
            "explore",
            "--left=6.1,bug-2014",
            "--right=6.1",
            "--backing=anon_untouched",
            "--depth=2",
            "-o",
            table.toString());

    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    assertThat(Ran.of("conform", table.toString()).code()).isZero();
    assertThat(Ran.of("conform", table.toString(), "--kernel=6.1", "--fix=none").code())
        .isEqualTo(1);
  }

  @Test
  void fixesAloneAreFixesOfTheKernelGiven() {
    Ran ran =
        Ran.of(
            "explore",
            "--kernel=3.17-rc",
            "--left=arch-pfn-valid",
            "--right=arch-pfn-valid",
            "--backing=anon_untouched",
            "--depth=2");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("arm64 3.17-rc +arch-pfn-valid").contains("No difference");
  }

  @Test
  void aSearchThatGaveUpSaysSoLoudly() {
    Ran ran =
        Ran.of(
            "explore",
            "--left=6.1",
            "--right=6.1",
            "--backing=anon_untouched",
            "--depth=9",
            "--states=50");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out())
        .contains("NOT COMPLETE")
        .contains("None found in what was searched; not complete.")
        .doesNotContain("No difference can be seen");
  }

  @Test
  void aSearchThatGaveUpBesideOthersIsNoProofEither() {
    String[] few = {"--among=6.1;6.1,bug-2014", "--depth=1"};

    Ran gaveUp = Ran.of(explore(few[0], few[1], "--states=10"));
    Ran found = Ran.of(explore(few[0], few[1], "--backing=anon_untouched"));

    assertThat(gaveUp.code()).isEqualTo(2);
    assertThat(gaveUp.out()).contains("None found in what was searched; not complete.");
    assertThat(found.code()).isEqualTo(1);
  }

  @Test
  void slotsThatCannotBeSearchedAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path table = folder.resolve("a.table.txt");
    Path runs = folder.resolve("runs");
    String[] files = {"--slots=2", "--backing=anon_untouched", "-o", "" + table, "--witnesses"};

    for (String limit : List.of("--depth=1", "--operations=RWF", "--operations=RW")) {
      Ran ran =
          Ran.of(
              Stream.of(
                      Stream.of("explore", "--left=6.1,bug-2014", "--right=6.1"),
                      Stream.of(files),
                      Stream.of(runs.toString(), limit))
                  .flatMap(words -> words)
                  .toArray(String[]::new));

      assertThat(ran.code()).as(limit).isEqualTo(2);
      assertThat(ran.err()).contains("several slots cannot be searched");
      assertThat(ran.out()).isEmpty();
    }
    assertThat(table).doesNotExist();
    assertThat(runs).doesNotExist();
  }

  @Test
  void severalSlotsAreForTwoSidesOnly() {
    Ran ran = Ran.of("explore", "--among=none;bug-2014", "--slots=2");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--slots compares two", "--left and --right");
  }

  @Test
  void severalSlotsAreInTheOneJsonDocument() throws IOException {
    String[] few = {
      "--backing=anon_untouched", "--operations=RWDc", "--depth=50", "--json", "--slots=2"
    };

    Ran ran = Ran.of(explore("--left=6.1", "--right=6.1,arch-writable-guard", few));

    JsonMapper json =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    JsonNode document = json.readTree(ran.out());
    assertThat(document.at("/slots/found/slots").asInt()).isEqualTo(2);
    assertThat(document.at("/slots/found/complete").asBoolean()).isTrue();
    few[4] = "--slots=1";
    Ran one = Ran.of(explore("--left=6.1", "--right=6.1,arch-writable-guard", few));
    assertThat(json.readTree(one.out()).has("slots")).isFalse();
  }

  @Test
  void severalSlotsAreSearchedWhereTheyLeaveEachOtherAlone() {
    String[] few = {"--backing=anon_untouched", "--operations=RWDc", "--depth=50", "--slots=4"};

    Ran apart = Ran.of(explore("--left=6.1", "--right=6.1,arch-writable-guard", few));
    Ran together = Ran.of(explore("--left=6.1", "--right=6.1,bug-2014", few));

    assertThat(apart.code()).as(apart.err()).isZero();
    assertThat(apart.lastLine()).startsWith("COMPLETE with 4 slots");
    assertThat(together.code()).isEqualTo(2);
    assertThat(together.err()).contains("writes the zero page");
  }

  @Test
  void severalFixesAreComparedEachWithEach() {
    Ran ran =
        Ran.of(
            "explore",
            "--among=6.1;6.1,bug-2014;6.1,bug-2014,arch-pfn-valid",
            "--backing=anon_untouched",
            "--depth=2");

    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out().lines().filter(line -> line.contains("| all up to 2 |"))).hasSize(3);
    assertThat(ran.out())
        .contains("| guest write | mmiow | ok | `anon_untouched RO RW` |")
        .contains("No difference can be seen.");
  }

  private static String[] explore(String left, String right, String... more) {
    return Stream.concat(Stream.of("explore", left, right), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertThat(Ran.of("explore", "--left=6.1", "--right=6.1", "--backing=tape").err())
        .contains("no backing \"tape\"");
    assertThat(Ran.of("explore", "--left=6.1", "--right=6.1", "--pages=3").code()).isEqualTo(2);
    assertThat(Ran.of("explore", "--left=6.1", "--right=9.9").err()).contains("no rules for");
  }
}
