package org.pagetrail.events.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.trail.TrailEntry;

/** What holds for every trail. */
class TrailTextProperties {
  private static final long SEED = 20140909;
  private static final int ROUNDS = 40;

  @Test
  void everyEventOfEveryTypeIsReadAsItWasWritten() throws IOException {
    List<TrailEntry> entries = entries();

    assertThat(TrailTextReader.readAll(in(written(entries)), "any").entries())
        .as("seed %d", SEED)
        .isEqualTo(entries);
  }

  @Test
  void whatWasReadIsWrittenByteForByte() throws IOException {
    byte[] bytes = written(entries());

    assertThat(written(TrailTextReader.readAll(in(bytes), "any").entries()))
        .as("seed %d", SEED)
        .isEqualTo(bytes);
  }

  @Test
  void aLineOfATrailIsItsEntry() throws IOException {
    List<TrailEntry> entries = entries();
    String[] lines = new String(written(entries), StandardCharsets.US_ASCII).split("\n", -1);

    for (TrailEntry entry : entries) {
      String line = lines[Math.toIntExact(entry.seq()) + 1];
      assertThat(TrailTextLine.of(entry)).as("seed %d", SEED).isEqualTo(line);
      assertThat(TrailTextLine.read(line, entry.seq())).as("seed %d", SEED).isEqualTo(entry);
    }
    assertThatThrownBy(() -> TrailTextLine.read(lines[1], 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("event 0 stands where event 7 is due");
    assertThatThrownBy(() -> TrailTextLine.read("{", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTrailIsPrintableAscii() throws IOException {
    assertThat(new String(written(entries()), StandardCharsets.ISO_8859_1))
        .as("seed %d", SEED)
        .matches("[\\x20-\\x7e\\n]*");
  }

  @Test
  void aDamagedTrailIsEitherReadOrRefusedWithTheLine() throws IOException {
    byte[] bytes = written(entries().subList(0, 100));
    SplittableRandom random = new SplittableRandom(SEED);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(TrailTextReader.readAll(in(damaged), "damaged").size()).isEqualTo(100);
      } catch (TrailFormatException e) {
        refused++;
        assertThat(e).as("seed %d", SEED).hasMessageMatching("damaged:\\d+: .*; .*");
      }
    }
    assertThat(refused).as("seed %d", SEED).isGreaterThan(500);
  }

  private static List<TrailEntry> entries() {
    AnyRecord any = new AnyRecord(new SplittableRandom(SEED));
    List<TrailEntry> entries = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (RecordShape shape : EventTypes.all()) {
        entries.add(any.entry(entries.size(), shape.type()));
      }
    }
    return entries;
  }

  private static byte[] written(List<TrailEntry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TrailTextWriter writer = new TrailTextWriter(out)) {
      for (TrailEntry entry : entries) {
        writer.write(entry);
      }
    }
    return out.toByteArray();
  }

  private static ByteArrayInputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}
