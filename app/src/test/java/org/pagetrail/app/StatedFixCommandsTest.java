package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that take a fix take one that is stated, alone, in a list or in a file. */
class StatedFixCommandsTest {
  private static final String HANG = "../captures/boots/bug2014-6.1-bios64-thpnever";
  private static final String GUARD = "bug-2014,mine: device := writable && device";

  @TempDir private Path folder;

  @Test
  void theHangingBootReplayedUnderAStatedPatchIsAsUnderTheBuiltInOne() {
    Ran ran = Ran.of("diff", HANG, "--fix", "bug-2014,arch-writable-guard", "--fix", GUARD);

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("do not differ");
  }

  @Test
  void aTrailReplayedUnderAStatedFixCarriesTheStatement() throws IOException {
    Path file =
        Files.writeString(folder.resolve("my.fix"), "mine: // why\n  device := writable && device");
    String trail = folder.resolve("replayed.trail").toString();

    Ran replay = Ran.of("replay", HANG, "--fix", "bug-2014,@" + file, "-o", trail);
    Files.delete(file);
    Ran again = Ran.of("diff", trail, "--fix", GUARD, "--fix", "bug-2014");

    assertThat(replay.err()).isEmpty();
    assertThat(again.code()).as(again.err()).isOne();
    assertThat(again.out()).contains("user/mine/device");
    assertThat(Ran.of("replay", trail, "--kernel", "6.1").err()).isEmpty();
    assertThat(Ran.of("audit", trail, "--gpa", "0x4000000").out()).contains("user/mine/device");
  }

  @Test
  void aWrongExpressionEndsWithTwoAndACaret() {
    Ran ran = Ran.of("rules", "--kernel", "6.1", "--fix", "mine: device := !pfn.vald");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith(
            """
            pagetrail: --fix: there is no input 'pfn.vald'
                mine: device := !pfn.vald
                                 ^
            """);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void aKernelThatNeverAsksRefusesTheFixAndSaysSo() {
    Ran ran =
        Ran.of("rules", "--arch", "riscv", "--kernel", "7.2", "--fix", "mine: device := true");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("riscv 7.2 never asks whether a frame is a device");
  }

  @Test
  void theRulesOfAKernelShowWhatIsStated() {
    Ran ran = Ran.of("rules", "--kernel", "6.1", "--fix", "mine: device := pfn.zero");

    assertThat(ran.out()).contains("user/mine/device").contains("device := pfn.zero");
  }
}
