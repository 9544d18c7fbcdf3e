package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;

/** The commands about the trail file itself, and repair. */
class TrailCommandsTest {
  private static final int EVENTS = 1000;

  @TempDir private Path folder;
  private Path trail = Path.of("");

  @BeforeEach
  void writeATrail() {
    trail = folder.resolve("run.trail");
    Trail markers = new Trail();
    for (int i = 0; i < EVENTS; i++) {
      Source source = new Source("markers.txt", i + 1, 10L * i);
      markers.observed(1_000_000_000L + i, new MarkerSeen("m" + i), new TreeSet<>(), source);
    }
    TrailFile.write(trail, "a run", markers);
  }

  private static Ran run(Object... words) {
    return Ran.of(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
  }

  private Path cut() throws IOException {
    byte[] whole = Files.readAllBytes(trail);
    return Files.write(folder.resolve("cut.trail"), Arrays.copyOf(whole, whole.length - 100));
  }

  private Path changed(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(trail);
    bytes[at] ^= 4;
    return Files.write(folder.resolve("changed.trail"), bytes);
  }

  @Test
  void infoTellsWhatIsInATrail() throws IOException {
    Ran ran = run("trail", "info", trail);

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("run       a run\nevents    1000\nsegments  1\nbytes     " + Files.size(trail))
        .contains("closed    yes\ntime      1.000000000 s to 1.000000999 s\n");
  }

  @Test
  void infoOfATrailThatIsBeingWrittenNamesTheWriter() {
    Path live = folder.resolve("live.trail");
    try (FileTrailLog log = FileTrailLog.append(live, "live")) {
      assertThat(log.size()).isZero();
      assertThat(run("trail", "info", live).out())
          .contains(
              "closed    no: it is being written by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void repairOfAWholeTrailCopiesItAndExitsWithZero() throws IOException {
    Path copy = folder.resolve("copy.trail");
    Ran ran = run("repair", trail, "-o", copy);

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("not saved  nothing: the trail was whole");
    assertThat(copy).hasSameBinaryContentAs(trail);
  }

  @Test
  void repairSavesWhatIsLeftAndSaysWhatIsNot() throws IOException {
    Path cut = cut();
    long before = Files.size(cut);
    Path saved = folder.resolve("saved.trail");
    Ran ran = run("repair", cut, "-o", saved);

    assertThat(ran.code()).isOne();
    assertThat(ran.out().replaceAll("\n +", " "))
        .containsPattern("cut.trail, segment 0, byte \\d+: no block begins here\n")
        .containsPattern("saved +1000 events, from the first \\d+ bytes, in .*saved.trail\n")
        .containsPattern("not saved +the last \\d+ bytes, which do not say how many events\n");
    assertThat(run("trail", "verify", saved).code()).isZero();
    assertThat(cut).hasSize(before);
  }

  @Test
  void repairDoesNotWriteOverItsInput() throws IOException {
    Path cut = cut();
    long before = Files.size(cut);
    Ran ran = run("repair", cut, "-o", cut);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replace("\n  ", " ")).contains("it is the damaged trail itself");
    assertThat(cut).hasSize(before);
  }

  @Test
  void repairOfATrailWithADamagedHeadIsTrouble() throws IOException {
    Path saved = folder.resolve("saved.trail");
    Ran ran = run("repair", changed(500), "-o", saved);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replace("\n  ", " ")).contains("the checksum of its head is wrong");
    assertThat(saved).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trail info ABSENT",
        "trail verify ABSENT",
        "repair ABSENT -o SAVED",
        "trail info TEXT",
        "trail verify TEXT",
        "repair TEXT -o SAVED",
        "repair FOLDER -o SAVED",
        "trail pack FOLDER -o SAVED",
        "rebuild FOLDER",
        "rebuild TEXT",
        "repair TRAIL -o ABSENT/saved.trail",
        "repair TRAIL -o FOLDER",
      })
  void whatIsNoPackedTrailOrCannotBeWrittenIsTrouble(String words) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "{\"pagetrail\":1}\n");
    Map<String, Path> places =
        Map.of(
            "ABSENT", folder.resolve("absent"),
            "TEXT", text,
            "TRAIL", trail,
            "SAVED", folder.resolve("saved"),
            "FOLDER", folder);
    Ran ran = Ran.ofWords(words, places);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("pagetrail: ").doesNotContain("internal error");
    assertThat(ran.err()).doesNotContain(".half").doesNotContain(".writer");
    assertThat(folder.resolve("saved")).doesNotExist();
  }

  @Test
  void everyResultIsAlsoJson() throws IOException {
    assertThat(run("trail", "info", trail, "--json").out()).contains("\"events\" : 1000");
    assertThat(run("trail", "verify", cut(), "--json").out()).contains("\"damage\" : \"");
    assertThat(run("repair", cut(), "-o", folder.resolve("saved"), "--json").out())
        .contains("\"damages\" : [");
  }
}
