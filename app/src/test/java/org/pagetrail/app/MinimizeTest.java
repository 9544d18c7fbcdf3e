package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pagetrail minimize}, on boots that hang. */
class MinimizeTest {
  private static final Path BOOTS = Path.of("..", "captures", "boots");

  @TempDir private static Path folder;

  private static Path hang;

  @BeforeAll
  static void importAHangingBoot() {
    hang = folder.resolve("hang.trail");
    Path boot = BOOTS.resolve("bug2014-6.1-pflashcode-thpnever");
    assertThat(Ran.of("import", boot.toString(), "-o", hang.toString()).code()).isZero();
  }

  @Test
  void aFindingOfTheModelIsLeftWithTheReadThatMappedTheZeroPage() {
    Path small = folder.resolve("small.trail");

    Ran ran =
        Ran.of(
            "minimize",
            hang.toString(),
            "--finding=ram-mapped-device",
            "--output",
            small.toString());

    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out())
        .contains("4 stimuli left")
        .contains("stage 2 faulted: vcpu 0, access read")
        .contains("finding: ram-mapped-device at 0x4000000-0x4000fff, decided by");
    assertThat(Ran.of("replay", small.toString(), "--fix=bug-2014").out())
        .contains("ram-mapped-device");
    assertThat(Ran.of("minimize", small.toString(), "--finding=ram-mapped-device").out())
        .contains("4 stimuli left");
  }

  @Test
  void aFindingThatOnlyTheRecordingShowsIsLeftAsItWasRecorded() {
    Ran ran = Ran.of("minimize", hang.toString(), "--finding=shared-page-written");

    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out())
        .contains("3 stimuli left")
        .contains("content seen")
        .contains("as recorded");
  }

  @Test
  void eachSideMayBeAReleaseOfItsOwn() {
    Ran ran = Ran.of("minimize", hang.toString(), "--left=3.17-rc", "--right=6.1");

    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out()).contains("left: map").contains("right: map");
  }

  @Test
  void whereNothingIsFoundNothingIsLeft() {
    Ran none = Ran.of("minimize", hang.toString(), "--finding=stale-mapping");
    Ran alike = Ran.of("minimize", hang.toString(), "--left=6.1", "--right=6.1");

    assertThat(none.code()).isZero();
    assertThat(none.out()).startsWith("no stale-mapping is found");
    assertThat(alike.code()).isZero();
  }

  @Test
  void whatIsNoGoalIsRefused() {
    assertThat(Ran.of("minimize", hang.toString(), "--finding=bad-luck").err())
        .contains("no finding is called bad-luck");
    assertThat(Ran.of("minimize", hang.toString()).code()).isEqualTo(2);
    assertThat(Ran.of("minimize", hang.toString(), "--left=6.1").code()).isEqualTo(2);
    assertThat(
            Ran.of("minimize", hang.toString(), "--left=6.1", "--right=6.1", "--finding=x").code())
        .isEqualTo(2);
  }
}
