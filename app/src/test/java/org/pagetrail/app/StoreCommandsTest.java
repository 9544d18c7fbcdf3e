package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.TrailFile;

/** Trails in stores, here in packed files. */
class StoreCommandsTest {
  private static final String STOCK = "../captures/boots/stock-6.1-bios64-thpnever";
  private static final String HANG = "../captures/boots/bug2014-6.1-bios64-thpnever";

  @TempDir private Path folder;

  @Test
  void aRunThatGoesIntoAStoreIsTheRunThatIsWrittenAtItsEnd() {
    Path stored = folder.resolve("stored.trail");
    Path written = folder.resolve("written.trail");

    Ran ran = Ran.of("run", HANG, "--store", stored.toString(), "-o", written.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("outcome   hang (derived)");
    assertThat(TrailFile.read(stored).entries())
        .isEqualTo(TrailFile.read(written).entries())
        .hasSizeGreaterThan(500);
  }

  @Test
  void aTrailIsPutNotedAndGot() {
    Path run = folder.resolve("run.trail");
    Path stored = folder.resolve("stored.trail");
    Path got = folder.resolve("got.trail");
    assertThat(Ran.of("run", HANG, "-o", run.toString()).err()).isEmpty();

    Ran put = Ran.of("store", "put", run.toString(), stored.toString());
    Ran note = Ran.of("store", "note", stored.toString());
    Ran again = Ran.of("store", "note", stored.toString());
    Ran get = Ran.of("store", "get", stored.toString(), "-o", got.toString());

    assertThat(put.out()).endsWith("events in the run stored\n");
    assertThat(note.code()).isOne();
    assertThat(note.out()).matches("[1-9]\\d* findings noted\n");
    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo("0 findings noted\n");
    assertThat(get.code()).isZero();
    long before = TrailFile.read(run).size();
    assertThat(TrailFile.read(got).entries().subList(0, (int) before))
        .isEqualTo(TrailFile.read(run).entries());
    assertThat(TrailFile.read(got).size()).isGreaterThan(before);
  }

  @Test
  void aFixGoesOverTheBusIntoTheKernelOfAStoredTrail() {
    String stored = folder.resolve("stored.trail").toString();
    assertThat(Ran.of("import", STOCK, "-o", stored).err()).isEmpty();
    long before = TrailFile.read(Path.of(stored)).size();

    Ran fixed = Ran.of("store", "fix", stored, "bug-2014");
    Ran again = Ran.of("store", "fix", stored, "bug-2014");
    Ran unknown = Ran.of("store", "fix", stored, "no-such");
    Ran run = Ran.of("run", stored);

    assertThat(fixed.err()).isEmpty();
    assertThat(fixed.out()).isEqualTo("the kernel of the run has bug-2014\n");
    assertThat(again.err().replaceAll("\\s+", " "))
        .contains(
            stored
                + ": nothing written: the fix bug-2014 is in already leave it out; the kernel"
                + " has bug-2014");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(run.out()).contains("kernel    arm64 6.1 +bug-2014", "outcome   hang (derived)");
    TrailEntry last = TrailFile.read(Path.of(stored)).entries().getLast();
    assertThat(last.seq()).isEqualTo(before);
    assertThat(last.event()).isInstanceOf(HostDescribed.class);
    assertThat(last.standing()).isEqualTo(Standing.ASSUMED);
    assertThat(last.rule()).isNotNull();
  }

  @Test
  void aFixThatTheUserStatesGoesIntoAStoredTrail() {
    String stored = folder.resolve("stored.trail").toString();
    assertThat(Ran.of("import", STOCK, "-o", stored).err()).isEmpty();

    Ran fixed = Ran.of("store", "fix", stored, "mine: device := !pfn.valid && !pfn.zero");

    assertThat(fixed.err()).isEmpty();
    assertThat(fixed.out()).startsWith("the kernel of the run has mine: device :=");
    assertThat(Ran.of("run", stored).out()).contains("+mine: device :=");
  }

  @Test
  void aPlaceThatHasEventsIsNotWrittenOver() {
    String stored = folder.resolve("stored.trail").toString();
    assertThat(Ran.of("run", HANG, "--store", stored).err()).isEmpty();

    Ran run = Ran.of("run", HANG, "--store", stored);
    Ran put = Ran.of("store", "put", stored, stored);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().replaceAll("\\s+", " ")).contains("a machine runs into an empty trail");
    assertThat(put.code()).isEqualTo(2);
    assertThat(put.err().replaceAll("\\s+", " ")).contains("a capture goes into an empty trail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store fix CUT bug-2014",
        "store note CUT",
        "store put WHOLE CUT",
        "run WHOLE --store CUT"
      })
  void aTrailThatWasCutIsLeftForRepair(String command) throws IOException {
    Path whole = folder.resolve("whole.trail");
    Path cut = folder.resolve("cut.trail");
    assertThat(Ran.of("import", STOCK, "-o", whole.toString()).err()).isEmpty();
    byte[] bytes = Files.readAllBytes(whole);
    byte[] some = Arrays.copyOf(bytes, bytes.length * 2 / 3);
    Files.write(cut, some);

    Ran ran = Ran.ofWords(command, Map.of("WHOLE", whole, "CUT", cut));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains("the trail was not closed", "pagetrail repair " + cut);
    assertThat(cut).hasBinaryContent(some);
    assertThat(folder.resolve("cut.trail.writer")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store fix NEW bug-2014",
        "store note NEW",
        "store put TEXT NEW",
        "run TEXT --store NEW"
      })
  void aRefusedCommandMakesNoTrail(String command) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "{\"pagetrail\":1,\"run\":\"x\"}\nno\n");

    Ran ran = Ran.ofWords(command, Map.of("TEXT", text, "NEW", folder.resolve("new.trail")));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(folder).isDirectoryNotContaining("glob:**new.trail*");
  }

  @Test
  void aMachineThatIsNotDescribedMakesNoTrail() {
    Path markers = folder.resolve("markers.trail");
    TrailFile.write(markers, "markers", new Trail());

    Ran ran = Ran.of("run", markers.toString(), "--store", folder.resolve("new.trail").toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(folder.resolve("new.trail")).doesNotExist();
  }

  @Test
  void aServerNeedsARunAndAReason() {
    Ran unnamed = Ran.of("store", "get", "jdbc:postgresql://localhost:1/x", "-o", "x.trail");
    Ran absent =
        Ran.of(
            "store",
            "get",
            "jdbc:postgresql://localhost:1/x?password=secret#boot",
            "-o",
            "x.trail");

    assertThat(unnamed.code()).isEqualTo(2);
    assertThat(unnamed.err()).contains("does not say which run");
    assertThat(absent.code()).isEqualTo(2);
    assertThat(absent.err())
        .contains("postgresql://localhost:1/x: not opened")
        .doesNotContain("secret");
  }
}
