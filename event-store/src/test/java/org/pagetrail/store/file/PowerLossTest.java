package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.UnsafeDisk.Killed;

/**
 * The power goes while a trail is written, or while one is opened again whose writer was killed.
 * {@code -Dpagetrail.images=N} looks at N images of the disk.
 */
class PowerLossTest {
  private static final int IMAGES = Integer.getInteger("pagetrail.images", 2000);
  private static final long SEED = Long.getLong("pagetrail.seed", 1);
  private static final Path NAME = Path.of("power.trail");
  private static final int SEGMENT_ENTRIES = 8;
  private static final int STEPS = 60;

  private final List<LogEntry> written = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(SEED);
  private AnyEntries any = new AnyEntries(SEED);
  private int images;
  private int acknowledged;
  private int asked;
  private int stepsToLive;

  @Test
  void whatWasAcknowledgedIsThereAndAnAppendIsAllOrNothing() throws IOException {
    for (long run = 0; images < IMAGES; run++) {
      random = new SplittableRandom(SEED + run);
      any = new AnyEntries(SEED + run);
      written.clear();
      acknowledged = 0;
      asked = 0;
      UnsafeDisk disk = new UnsafeDisk(emptyTrail());
      for (int session = 0; session < 4; session++) {
        disk = session(disk, "seed " + SEED + ", run " + run + ", session " + session + ", ");
      }
    }
    assertThat(images).isGreaterThanOrEqualTo(IMAGES);
  }

  private static byte[] emptyTrail() {
    ByteBuffer head = NewFile.head("power").toBytes();
    byte[] bytes = new byte[head.remaining()];
    head.get(bytes);
    return bytes;
  }

  /** One writer, which may be killed; returns what the next one finds. */
  private UnsafeDisk session(UnsafeDisk before, String about) throws IOException {
    stepsToLive = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(STEPS);
    UnsafeDisk disk = new UnsafeDisk(before, (now, step) -> watch(now, about + step));
    try {
      FileTrailLog log = FileTrailLog.append(NAME, disk, null);
      settle(Math.toIntExact(log.size()));
      Objects.requireNonNull(log.writer()).sealEvery(SEGMENT_ENTRIES);
      for (int appends = random.nextInt(5); appends > 0; appends--) {
        List<LogEntry> some = any.list(written.size(), 1 + random.nextInt(5));
        written.addAll(some);
        asked = written.size();
        log.append(some);
        acknowledged = asked;
      }
      log.close();
    } catch (Killed killed) {
      return disk;
    }
    return random.nextBoolean() ? disk : new UnsafeDisk(disk.afterPowerLoss(random));
  }

  /** A writer that opens a trail takes what it finds as there for good. */
  private void settle(int size) {
    assertThat(size).isIn(acknowledged, asked);
    acknowledged = size;
    asked = size;
    written.subList(size, written.size()).clear();
  }

  private void watch(UnsafeDisk disk, String about) throws IOException {
    if (random.nextInt(4) == 0) {
      lookAt(disk.afterPowerLoss(random), about);
    }
    if (stepsToLive-- <= 0) {
      stepsToLive = 0;
      throw new Killed();
    }
  }

  private void lookAt(byte[] image, String about) throws IOException {
    images++;
    UnsafeDisk found = new UnsafeDisk(image);
    List<LogEntry> all = new ArrayList<>();
    try (FileTrailLog log = FileTrailLog.append(NAME, found, null)) {
      int size = Math.toIntExact(log.size());
      assertThat(size).as(about).isIn(acknowledged, asked);
      all.addAll(written.subList(0, size));
      assertThat(log.read(0)).toIterable().as(about).isEqualTo(all);
      List<LogEntry> next = new AnyEntries(images).list(size, 1);
      log.append(next);
      all.addAll(next);
    }
    TrailReader reader = new TrailReader(NAME, found.view());
    assertThat(reader.isClosed()).as(about).isTrue();
    assertThat(reader.read(0)).toIterable().as(about).isEqualTo(all);
  }
}
