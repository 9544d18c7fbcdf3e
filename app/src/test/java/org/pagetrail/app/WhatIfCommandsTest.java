package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that decide a recorded run again, from its folder and from a stored trail. */
class WhatIfCommandsTest {
  private static final String HANG = "../captures/boots/bug2014-6.1-bios64-thpnever";

  @TempDir private Path folder;

  @Test
  void aReplayUnderTheKernelOfTheRecordingSaysWhichFindingsItCannotMake() {
    Ran ran = Ran.of("replay", HANG, "--kernel", "6.1", "--fix", "bug-2014");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("4 findings of the recording cannot be made here")
        .contains("guest-polls");
  }

  @Test
  void aReplayThatMakesAllFindingsOfItsRecordingSaysNothingOfThem() {
    Ran ran = Ran.of("replay", "../captures/boots/stock-6.1-bios64-thpnever", "--fix", "bug-2014");

    assertThat(ran.out()).doesNotContain("cannot be made here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay|--fix|none",
        "replay|--fix|none|--at|60000",
        "replay|--fix|none|--at|2.5s|--json",
        "replay|--fix|none|--gpa|0x4000000",
        "diff|--fix|bug-2014|--fix|bug-2014,arch-pfn-valid|--json",
        "audit|--gpa|0x4000000|--fix|none",
        "audit|--gpa|0x4000000"
      })
  void aStoredTrailIsDecidedAsItsCaptureFolder(String command) {
    String trail = folder.resolve("hang.trail").toString();
    Ran.of("import", HANG, "-o", trail);

    Ran stored = Ran.of(withInput(command, trail));

    Ran held = Ran.of(withInput(command, HANG));
    assertThat(stored.err()).isEqualTo(held.err());
    assertThat(stored.out()).isEqualTo(held.out());
    assertThat(stored.code()).isEqualTo(held.code());
  }

  @Test
  void aMomentThatTheReplayDoesNotReachIsRefused() {
    Ran ran = Ran.of("replay", HANG, "--fix", "none", "--at", "99999999");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("the replay has no event 99999999", "counted in the replay");
  }

  @Test
  void theSentencesOfAnAuditUnderAnotherKernelSayThatTheyAreNoRecording() {
    assertThat(Ran.of("audit", HANG, "--gpa", "0x4000000", "--fix", "none").out())
        .startsWith("As arm64 6.1 would have decided it, replayed and not recorded:");
    assertThat(Ran.of("audit", HANG, "--gpa", "0x4000000").out()).startsWith("Guest page");
  }

  @Test
  void withoutMapsOfTheMonitorNoKernelIsNamedAndAReplayWarns() {
    String trail = folder.resolve("bare.trail").toString();
    Ran.of("import", "--kernel", "6.1", HANG + "/trace.txt.xz", "-o", trail);

    Ran check = Ran.of("check", trail);
    Ran replay = Ran.of("replay", trail, "--fix", "bug-2014");

    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains("no maps of the monitor", "/proc/PID/maps");
    assertThat(replay.err()).contains("no maps of the monitor");
    assertThat(replay.out()).startsWith("what-if under arm64 6.1 +bug-2014");
  }

  @Test
  void aTimeBehindTheReplaysEndIsToldWithItsTimes() {
    Ran ran = Ran.of("replay", HANG, "--fix", "none", "--at", "9999s");

    assertThat(ran.err()).contains("the trail has nothing at 9999s; its times are ");
    assertThat(ran.out()).contains("After event ");
  }

  @Test
  void aDiffSaysWhereTheGuestOfASideWouldHaveLeftTheRecording() {
    assertThat(Ran.of("diff", HANG, "--fix", "bug-2014", "--fix", "none").out())
        .contains("\narm64 6.1: from recorded event 63584 on the stimuli are not what the guest")
        .doesNotContain("\narm64 6.1 +bug-2014: from recorded event");
  }

  @Test
  void aFixThatIsGivenTwiceIsRefused() {
    Ran ran = Ran.of("replay", HANG, "--fix", "bug-2014", "--fix", "bug-2014");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("the fix bug-2014 is given twice");
  }

  private static String[] withInput(String command, String input) {
    return command.replaceFirst("\\|", "|" + input + "|").split("\\|", -1);
  }
}
