package org.pagetrail.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.itests.store.Pagetrail.Ran;

/** Of a file only what is about a page is read for its audit; of a capture folder everything. */
class AuditOfAFileTest {
  private static final String BOOT =
      Path.of("..", "captures", "boots", "bug2014-6.1-pflashcode-thpnever").toString();

  @TempDir private static Path folder;

  private static Path trail;

  @BeforeAll
  static void importBoot() throws Exception {
    trail = folder.resolve("boot.trail");
    Ran ran = Pagetrail.run(folder, List.of(), "import", BOOT, "-o", trail.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x4000000", "0x0", "0x40000000"})
  void theAuditIsTheSame(String gpa) throws Exception {
    Ran ofFile = Pagetrail.run(folder, List.of(), "audit", trail.toString(), "--gpa", gpa);
    Ran ofFolder = Pagetrail.run(folder, List.of(), "audit", BOOT, "--gpa", gpa);

    assertThat(ofFile.out()).isEqualTo(ofFolder.out()).contains("Guest page " + gpa);
    assertThat(ofFile.code()).isEqualTo(ofFolder.code());
  }

  @Test
  void theStateAndTheFindingsAreTheSame() throws Exception {
    Ran ofFile = Pagetrail.run(folder, List.of(), "replay", trail.toString(), "--json");
    Ran ofFolder = Pagetrail.run(folder, List.of(), "replay", BOOT, "--json");

    assertThat(ofFile.out()).isEqualTo(ofFolder.out()).hasSizeGreaterThan(10_000);
    assertThat(ofFile.code()).isEqualTo(ofFolder.code());
  }
}
