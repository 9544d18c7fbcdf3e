package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;

/** {@code trail cat} and {@code trail pack}, which undo each other. */
class TrailAsTextTest {
  private static final int EVENTS = 40_000;
  private static final String HEADER = "{\"pagetrail\":1,\"run\":\"a run\"}\n";

  @TempDir private Path folder;
  private Path trail = Path.of("");

  @BeforeEach
  void writeATrail() {
    trail = folder.resolve("run.trail");
    Trail markers = new Trail();
    for (int i = 0; i < EVENTS; i++) {
      Source source = new Source("markers \u00e9.txt", i + 1, 10L * i);
      String text = i % 3 == 0 ? "half \ud83d of a pair" : "\u0000 \"whole\" \ud83d\ude00 " + i;
      markers.observed(
          i % 7 == 0 ? null : 1000L + i, new MarkerSeen(text), new TreeSet<>(), source);
    }
    TrailFile.write(trail, "a run", markers);
  }

  private static Ran run(Object... words) {
    return Ran.of(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
  }

  private Path text() throws IOException {
    Ran ran = run("trail", "cat", trail);
    assertThat(ran.code()).isZero();
    return Files.writeString(folder.resolve("run.jsonl"), ran.out());
  }

  @Test
  void eventsBehindTheLastOneAreTroubleAndTheRangeIsSaid() {
    Ran ran = run("trail", "cat", trail, "--from", EVENTS);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("the trail has no events 40000 to its end\n  its events are 0 to 39999");
    assertThat(run("trail", "cat", trail, "--from", EVENTS - 1).code()).isZero();
  }

  @Test
  void aFolderIsNoTrailAndHowItBecomesOneIsSaid() {
    Ran ran = run("trail", "info", folder);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains(
            " is a folder and no trail a capture folder becomes a trail with: pagetrail import");
  }

  @Test
  void aPackedTextIsTheTrailThatItCameFromByteForByte() throws IOException {
    Path again = folder.resolve("again.trail");
    Ran ran = run("trail", "pack", text(), "-o", again);

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).isEqualTo(again + ": 40000 events\n");
    assertThat(again).hasSameBinaryContentAs(trail);
    assertThat(run("trail", "cat", again).out()).isEqualTo(Files.readString(text()));
  }

  @Test
  void theTextOfATrailThatWasAppendedToPacksToTheSameText() throws IOException {
    Path appended = folder.resolve("appended.trail");
    for (long seq = 0; seq < 3; seq++) {
      TrailEntry marker =
          new TrailEntry(seq, null, Standing.ASSUMED, new MarkerSeen("m"), List.of(), null, null);
      try (FileTrailLog log = FileTrailLog.append(appended, "appended")) {
        log.append(List.of(new LogEntry.Recorded(marker)));
      }
    }
    String text = run("trail", "cat", appended).out();
    Path file = Files.writeString(folder.resolve("appended.jsonl"), text);
    Path packed = folder.resolve("packed.trail");

    assertThat(run("trail", "pack", file, "-o", packed).code()).isZero();
    assertThat(run("trail", "cat", packed).out()).isEqualTo(text);
  }

  @Test
  void aPartIsPrintedAndIsNoWholeTrail() throws IOException {
    Ran ran = run("trail", "cat", trail, "--from", 10, "--to", 11);

    assertThat(ran.out().lines()).hasSize(3);
    assertThat(ran.out()).startsWith(HEADER + "{\"seq\":10,").contains("\n{\"seq\":11,");
    Path part = Files.writeString(folder.resolve("part.jsonl"), ran.out());
    Ran packed = run("trail", "pack", part, "-o", folder.resolve("part.trail"));
    assertThat(packed.code()).isEqualTo(2);
    assertThat(packed.err().replace("\n  ", " ")).contains("event 10 stands where event 0 is due");
    assertThat(folder.resolve("part.trail")).doesNotExist();
  }

  @Test
  void theRunIsNamedByTheUserElseByTheTextElseByTheFile() throws IOException {
    Path packed = folder.resolve("packed.trail");
    Path named = Files.writeString(folder.resolve("named"), HEADER);
    Path unnamed = Files.writeString(folder.resolve("unnamed"), "{\"pagetrail\":1}\n");

    assertThat(run("trail", "pack", named, "-o", packed, "--run", "mine").code()).isZero();
    assertThat(run("trail", "info", packed).out()).startsWith("run       mine\n");
    assertThat(run("trail", "pack", named, "-o", packed).code()).isZero();
    assertThat(run("trail", "info", packed).out()).startsWith("run       a run\n");
    assertThat(run("trail", "pack", unnamed, "-o", packed).code()).isZero();
    assertThat(run("trail", "info", packed).out()).startsWith("run       packed\n");
  }

  @Test
  void aTextThatWasCutLeavesTheOldTrail() throws IOException {
    Path old = folder.resolve("old.trail");
    assertThat(run("trail", "pack", text(), "-o", old).code()).isZero();
    String text = Files.readString(text());
    Path cut = Files.writeString(folder.resolve("cut.jsonl"), text.substring(0, 3_000_000));
    Ran ran = run("trail", "pack", cut, "-o", old);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("cut.jsonl:").contains("truncated");
    assertThat(old).hasSameBinaryContentAs(trail);
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".half"));
  }

  @Test
  void aCutTrailIsPrintedAsFarAsItGoesAndThenSaidToBeCut() throws IOException {
    byte[] whole = Files.readAllBytes(trail);
    Path cut = Files.write(folder.resolve("cut.trail"), Arrays.copyOf(whole, whole.length - 8));
    Ran ran = run("trail", "cat", cut);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEqualTo(Files.readString(text()));
    assertThat(ran.err().replace("\n  ", " ")).contains("the trail was not closed: it was cut");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trail cat ABSENT",
        "trail cat TEXT",
        "trail cat TRAIL --from 40001",
        "trail cat TRAIL --from -1",
        "trail cat TRAIL --from 5 --to 4",
        "trail pack ABSENT -o SAVED",
        "trail pack TRAIL -o SAVED",
        "trail pack FOLDER -o SAVED",
        "trail pack TEXT -o FOLDER",
        "trail pack TEXT -o ABSENT/saved.trail",
      })
  void whatCannotBeConvertedIsTrouble(String words) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), HEADER);
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
    assertThat(folder.resolve("saved")).doesNotExist();
  }
}
