package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;

/** What {@code trail verify} and {@code rebuild} say of a damaged trail, and which helps. */
class TrailDamageTest {
  private static final int EVENTS = 1000;

  /** The seal of the only segment: a head and a SHA-256. */
  private static final int SEAL_BYTES = 64 + 32;

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

  private static String oneLine(Ran ran) {
    return ran.out().replaceAll("\n +", " ");
  }

  /** Changes one byte, counted from the end if it is negative. */
  private byte[] change(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(trail);
    bytes[at < 0 ? bytes.length + at : at] ^= 4;
    Files.write(trail, bytes);
    return bytes;
  }

  private int inTheFirstBlock() throws IOException {
    String text = Files.readString(trail, StandardCharsets.ISO_8859_1);
    return text.indexOf("TBlk") + 100;
  }

  @Test
  void ofAWholeTrailVerifySaysSo() throws IOException {
    Ran ran = run("trail", "verify", trail);

    assertThat(ran.code()).isZero();
    assertThat(oneLine(ran))
        .endsWith(
            "run.trail is whole: 1000 events in 1 segment, " + Files.size(trail) + " bytes\n");
  }

  @Test
  void ofACutTrailVerifySaysThatItWasCut() throws IOException {
    byte[] whole = Files.readAllBytes(trail);
    Files.write(trail, Arrays.copyOf(whole, whole.length - SEAL_BYTES));

    Ran ran = run("trail", "verify", trail);

    assertThat(ran.code()).isOne();
    assertThat(oneLine(ran))
        .contains("the trail was not closed: it was cut, or")
        .contains("save what is left with: pagetrail repair " + trail + " -o FILE")
        .contains("whole events: 0 to 999 ")
        .contains("lost events: none known\n");
  }

  @Test
  void whereEventsAreDamagedVerifyNamesThemAndRepair() throws IOException {
    change(inTheFirstBlock());

    Ran ran = run("trail", "verify", trail);

    assertThat(ran.code()).isOne();
    assertThat(oneLine(ran))
        .containsPattern("run.trail, segment 0, byte \\d+: damaged: the checksum of a block's ")
        .contains("pagetrail repair")
        .contains("whole events: none known ")
        .contains("lost events: 0 to 999\n");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void whereOnlyTheSealIsDamagedVerifyNamesRebuildWhichMendsIt() throws IOException {
    byte[] whole = Files.readAllBytes(trail);
    change(-1);

    Ran verified = run("trail", "verify", trail);
    Ran looked = run("rebuild", "--dry-run", trail);
    Ran rebuilt = run("rebuild", trail);

    assertThat(verified.code()).isOne();
    assertThat(oneLine(verified))
        .contains("damaged: the checksum of the seal is wrong")
        .contains("compute it anew with: pagetrail rebuild " + trail)
        .doesNotContain("pagetrail repair")
        .contains("whole events: 0 to 999 ");
    assertThat(looked.code()).isOne();
    assertThat(oneLine(looked))
        .contains(
            "1000 events in 1 segment; the file was left as it is a damaged seal in segment 0");
    assertThat(rebuilt.code()).isOne();
    assertThat(oneLine(rebuilt)).contains("the file was replaced a damaged seal in segment 0");
    assertThat(trail).hasBinaryContent(whole);
    assertThat(oneLine(run("rebuild", trail)))
        .contains("indexes and checkpoints are as they are computed from 1000 events");
  }

  @Test
  void withoutTheHeadVerifySaysThatEverythingIsLost() throws IOException {
    change(500);

    Ran ran = run("trail", "verify", trail);
    Ran json = run("trail", "verify", trail, "--json");

    assertThat(ran.code()).isOne();
    assertThat(oneLine(ran))
        .contains("run.trail, head: damaged: the checksum of its head is wrong")
        .contains("restore a copy, or import the capture again")
        .contains("lost events: 0 to 999\n");
    assertThat(json.code()).isOne();
    assertThat(json.out())
        .contains("\"bytes\" : " + Files.size(trail))
        .contains("\"events\" : null");
  }

  @Test
  void aTrailOfAnotherFormatIsTroubleAndNotDamage() throws IOException {
    byte[] bytes = Files.readAllBytes(trail);
    bytes[8] = 2;
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = 16 + head.getInt(12);
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, end);
    head.putLong(end, sum.getValue());
    Files.write(trail, bytes);

    Ran ran = run("trail", "verify", trail);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\n +", " "))
        .contains("it has format 2, and this release reads format 1; use the release that wrote");
  }

  @Test
  void rebuildOfATrailWithDamagedEventsIsTrouble() throws IOException {
    byte[] changed = change(inTheFirstBlock());

    Ran ran = run("rebuild", trail);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\n +", " ")).contains("pagetrail repair");
    assertThat(trail).hasBinaryContent(changed);
  }
}
