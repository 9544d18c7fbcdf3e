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

  @Test
  void auditReadsOfALongTrailWhatIsAboutThePage() throws Exception {
    Ran ran = Pagetrail.run(folder, SMALL_HEAP, "audit", trail.toString(), "--gpa", "0x40001000");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith("Guest page 0x40001000, memslot 0 (writable)")
        .contains("2 maps it rw- Normal to pfn 0x1, an anonymous page.");
    assertThat(ran.code()).isZero();
  }

  @Test
  void diffOfTwoLongTrailsNamesTheFirstRecordThatDiffersAndThePagesBehindIt() throws Exception {
    Path other = folder.resolve("other.trail");
    LongTrail.write(other, PAGES, MemoryType.NORMAL);

    Ran ran = Pagetrail.run(folder, SMALL_HEAP, "diff", trail.toString(), other.toString());
    Ran same = Pagetrail.run(folder, SMALL_HEAP, "diff", trail.toString(), trail.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith("First divergence of 1")
        .contains("memory type device", "memory type normal", "stage2", "rw- DEVICE pfn");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(same.out()).isEqualTo("The trails do not differ.\n");
    assertThat(same.code()).isZero();
  }
}
