package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pagetrail reproduce}, and the runs that {@code pagetrail explore} writes. */
class ReproduceTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"run.trail", "run.jsonl"})
  void theTrailOfAScenarioIsReplayedAndDiffedAndAudited(String name) {
    String trail = folder.resolve(name).toString();

    Ran made =
        Ran.of(
            "reproduce",
            "anon_untouched RO RW",
            "--kernel=6.1",
            "--fix=bug-2014",
            "--output",
            trail);

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("R:ok[ZR|L3RWD] W:ok!ZERO[ZR|L3RWD]");
    assertThat(Ran.of("replay", trail, "--fix=none").out())
        .contains("2 recorded faults compared, 2 decided otherwise");
    assertThat(Ran.of("diff", trail, "--fix=bug-2014", "--fix=none").out())
        .contains("shared-page-written")
        .contains("arm64/device/mmio-predicate");
    assertThat(Ran.of("diff", trail, "--fix=none", "--fix=none").code()).isZero();
    assertThat(Ran.of("check", trail).err()).contains("made of a scenario");
    assertThat(Ran.of("audit", trail, "--gpa=0x40003000").out())
        .contains("mapped it rw- Device after a read of 0x40003f80");
  }

  @Test
  void aDiffWithOneFixComparesTheKernelOfTheRecordingWithIt() {
    String trail = folder.resolve("run.trail").toString();
    assertThat(Ran.of("reproduce", "anon_untouched RO RW", "--kernel=6.1", "-o", trail).code())
        .isZero();

    Ran one = Ran.of("diff", trail, "--fix=bug-2014");

    assertThat(one.code()).as(one.err()).isEqualTo(1);
    assertThat(one).isEqualTo(Ran.of("diff", trail, "--fix=none", "--fix=bug-2014"));
    assertThat(Ran.of("diff", trail, "--kernel=3.17-rc"))
        .isEqualTo(Ran.of("diff", trail, "--kernel=6.1", "--kernel=3.17-rc"));
    for (String itself : List.of("--fix=none", "--kernel=6.1")) {
      Ran same = Ran.of("diff", trail, itself);
      assertThat(same.code()).isEqualTo(2);
      assertThat(same.err()).contains("already one of arm64 6.1").contains("--fix A --fix B");
    }
  }

  @Test
  void anExploredRunIsATrailThatShowsTheDifferenceAndAProgram() throws IOException {
    Path runs = folder.resolve("runs");

    Ran explored =
        Ran.of(
            "explore",
            "--left=6.1,bug-2014",
            "--right=6.1",
            "--backing=anon_untouched",
            "--depth=3",
            "--witnesses=" + runs);

    assertThat(explored.code()).as(explored.err()).isEqualTo(1);
    long kinds = explored.out().lines().filter(line -> line.startsWith("    left")).count();
    assertThat(names(runs, ".c")).hasSize((int) kinds).isNotEmpty();
    assertThat(names(runs, ".trail")).hasSize((int) kinds);
    for (Path trail : names(runs, ".trail")) {
      assertThat(Ran.of("diff", trail.toString(), "--fix=bug-2014", "--fix=none").code())
          .as("%s", trail)
          .isEqualTo(1);
    }
    assertThat(Files.readString(names(runs, ".c").getFirst()))
        .contains("arm64 6.1 +bug-2014: anon_untouched RO")
        .contains("KVM_SET_USER_MEMORY_REGION");
  }

  @Test
  void aProgramOverDeviceMemoryAsksForTheDevice() throws IOException {
    Path program = folder.resolve("device.c");

    assertThat(Ran.of("reproduce", "devmem_flash RO RW", "-o", program.toString()).code()).isZero();

    assertThat(Files.readString(program))
        .contains("./reproducer DEVICE OFFSET")
        .contains("open(argv[1], O_RDWR | O_SYNC)");
  }

  @Test
  void whatNobodySawInATableIsNotCompared() throws IOException {
    Path table =
        Files.createDirectories(folder.resolve("arm64-6.1-bug2014")).resolve("a.table.txt");
    Files.writeString(table, "anon_untouched RO RW :: R:ok[ZR|?] W:ok!ZERO[?|?]\n");

    assertThat(Ran.of("conform", table.toString()).code()).isZero();
    assertThat(Ran.of("conform", table.toString(), "--kernel=6.1", "--fix=none").code())
        .isEqualTo(1);
  }

  @Test
  void whatIsNoScenarioIsRefused() {
    assertThat(Ran.of("reproduce", "anon_untouched").err()).contains("is no scenario");
    assertThat(Ran.of("reproduce", "tape RO R", "-o", folder.resolve("a.c").toString()).err())
        .containsIgnoringWhitespaces("no backing \"tape\"");
    assertThat(
            Ran.of("reproduce", "anon_untouched RO R", "-o", folder.resolve("a.txt").toString())
                .err())
        .containsIgnoringWhitespaces("neither a program nor a trail");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anon_bogus RO RW     | no backing \"anon_bogus\" | known are anon_untouched, ",
        "xyzzy RO R           | no backing \"xyzzy\"      | known are anon_untouched, ",
        "devmem_edu RO R      | no backing \"devmem_edu\" | devmem_flash",
        "anon_untouched RO QZ | no operation 'Q'          | known on arm64 are R W X",
        "anon_untouched RO I  | no operation 'I'          | known on arm64 are R W X",
        "anon_untouched RO R: | no operation ':'          | known on arm64 are R W X"
      })
  void whatNoTableHasIsRefusedWithWhatTheyHave(String scenario, String what, String known)
      throws IOException {
    for (String file : List.of("a.c", "a.trail")) {
      Ran ran = Ran.of("reproduce", scenario, "-o", folder.resolve(file).toString());

      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err()).containsIgnoringWhitespaces(what).containsIgnoringWhitespaces(known);
      assertThat(ran.out()).isEmpty();
    }
    assertThat(names(folder, "")).isEmpty();
  }

  @Test
  void anOperationOfX86IsPlayedOnX86() {
    assertThat(Ran.of("reproduce", "anon_untouched RO Q", "--arch=x86").code()).isZero();
  }

  private static List<Path> names(Path runs, String ending) throws IOException {
    try (Stream<Path> files = Files.list(runs)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
