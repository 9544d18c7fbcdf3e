package org.pagetrail.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.itests.store.Pagetrail.Ran;

/** Commands on a trail that as event objects is several times as large as their heap. */
class LongTrailTest {
  private static final List<String> SMALL_HEAP = List.of("-Xmx64m");
  private static final int PAGES = 1 << 17;

  @TempDir private static Path folder;

  private static Path trail;

  @BeforeAll
  static void write() {
    trail = folder.resolve("long.trail");
    LongTrail.write(trail, PAGES, MemoryType.DEVICE);
  }

  @Test
  void replayShowsTheStateAtTheEndOfALongTrail() throws Exception {
    Ran ran = Pagetrail.run(folder, SMALL_HEAP, "replay", trail.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith("After event 655361 ")
        .contains("0x40000000-0x5fffffff", "ram-mapped-device");
    assertThat(ran.code()).isEqualTo(1);
  }
}
