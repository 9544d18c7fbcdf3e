package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands, on the recorded boot that hangs. */
class CommandsTest {
  private static final String HANG = "../captures/boots/bug2014-6.1-bios64-thpnever";
  private static final String TABLE =
      "../captures/tables/arm64-6.1-bug2014/kvmtab-v1-devmem_flash.table.txt";

  @TempDir private static Path folder;
  private static String trail = "";

  @BeforeAll
  static void importTheHangingBoot() {
    trail = folder.resolve("hang.trail").toString();
    assertThat(run("import", HANG, "-o", trail).code()).isZero();
  }

  @Test
  void importShowsWhatItReadAndOfWhichLinesItHasNoUse() {
    Ran ran = run("import", HANG, "-o", folder.resolve("again.trail").toString());

    assertThat(ran.out())
        .contains("trace.txt.xz")
        .contains("ftrace")
        .contains("every line understood")
        .contains("lines that are known and not used:");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void theAuditNamesTheZeroPageTheFaultTheRuleAndTheWritableMapping() {
    Ran ran = run("audit", trail, "--gpa", "0x4000000");

    assertThat(ran.code()).isOne();
    assertThat(ran.out().replace('\n', ' '))
        .contains("rw- Device to pfn 0x40a87, the host's zero page")
        .contains("after a read of 0x4000037")
        .contains("rule arm64/device/mmio-predicate")
        .contains("no write exit was recorded")
        .contains("0x0:0x700070 0x8:0x900090")
        .contains("trace.txt.xz:72960");
  }

  @Test
  void replayUnderTheKernelOfTheRecordingDecidesEveryFaultAsRecorded() {
    Ran ran = run("replay", trail, "--kernel", "6.1", "--fix", "bug-2014");

    assertThat(ran.out()).contains("7574 recorded faults compared, 0 decided otherwise");
  }

  @Test
  void replayWithoutAKernelShowsWhatWasRecordedAtAMoment() {
    Ran ran = run("replay", trail, "--at", "17.6s");

    assertThat(ran.out()).contains("0x40000000-0x4fffffff").doesNotContain("what-if");
  }

  @Test
  void theFirmwareRunsOnUnderAFixOnRequest() {
    Ran ran = run("replay", trail, "--fix", "bug-2014,arch-pfn-valid", "--run-on", "--json");

    assertThat(ran.out()).contains("\"text\" : \"shell\"");
  }

  @Test
  void diffFindsTheDeviceDecisionWithBothRulesAndExitsWithOne() {
    Ran ran = run("diff", trail, "--fix", "bug-2014", "--fix", "none");

    assertThat(ran.code()).isOne();
    assertThat(ran.out())
        .contains("arm64/device/mmio-predicate")
        .contains("arm64/device/not-map-memory")
        .contains("rw- DEVICE ZERO_PAGE");
  }

  @Test
  void diffOfAKernelWithItselfFindsNothingAndExitsWithZero() {
    assertThat(run("diff", trail, "--fix", "none", "--fix", "none").code()).isZero();
  }

  @Test
  void checkNamesTheDeviceRuleOf2014AndTheLineThatTellsItFromTheRelease() {
    Ran ran = run("check", trail, "--fix", "none", "--fix", "bug-2014");

    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(ran.out())
        .contains("1           0   arm64 6.1 + bug-2014\n")
        .contains("2           2   arm64 6.1\n")
        .contains("event 63584, trace.txt.xz:72958, READ fault at 0x4000037")
        .contains("generic/mmio-pfn/page-reserved: A frame is not ordinary memory");
  }

  @Test
  void checkOfATrailWithNothingToCompareIsNoApproval() throws IOException {
    Path empty = folder.resolve("empty.jsonl");
    Files.writeString(empty, run("trail", "cat", trail, "--to", "1").out());

    Ran ran = run("check", empty.toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("nothing in this trail can be put beside a model");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void checkOfAKernelThatLeavesSomethingUnexplainedExitsWithOne() {
    Ran alone = run("check", trail, "--fix", "none");

    assertThat(alone.code()).isOne();
    assertThat(alone.out()).contains("1 kernel tried in 1 replay. Kernels on one line");
    assertThat(run("check", trail, "--fix", "bug-2014").code()).isZero();
  }

  @Test
  void theMachineOfTheRecordingRunsFromPowerOn() {
    assertThat(run("run", trail).out()).contains("outcome   hang (derived)");
    assertThat(run("run", trail, "--fix", "none").out()).contains("outcome   shell (derived)");
  }

  @Test
  void theDemoShowsEveryFixAndTheAudit() {
    Ran ran = run("demo", "--home", "..");

    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines())
        .anyMatch(line -> line.matches("none +shell +ZERO_PAGE NORMAL r-- +0"))
        .anyMatch(line -> line.matches("bug-2014 \\(recorded\\) +hang +ZERO_PAGE DEVICE rw- +\\d"))
        .anyMatch(line -> line.matches("bug-2014,device-read-only +shell +ZERO_PAGE DEVICE r-- +1"))
        .anyMatch(line -> line.matches("bug-2014,arch-pfn-valid +shell +ZERO_PAGE NORMAL r-- +0"))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void conformComparesEveryStepAndEndsWithTheCount() {
    Ran ran = run("conform", TABLE);

    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines().toList().getLast()).matches("(\\d+) of \\1 steps match");
  }

  @Test
  void conformUnderAnotherKernelShowsTheMismatchesWithTheirRule() {
    Ran ran = run("conform", TABLE, "--kernel", "3.12");

    assertThat(ran.code()).isOne();
    assertThat(ran.out().replaceAll("\\s+", " "))
        .contains("expected")
        .contains("memslot failed: Invalid argument")
        .contains("by generic/slot/read-only-unsupported");
  }

  @Test
  void conformUnderAnotherArchitectureSaysWhereItsRulesAreNotKnown() {
    Ran ran = run("conform", TABLE, "--arch", "s390", "--kernel", "7.2");

    assertThat(ran.code()).isOne();
    assertThat(ran.out()).contains("got R:unknown").contains("by unknown/");
  }

  @Test
  void theRuleBookOfEveryArchitectureIsPrintedAndSaysWhatIsNotKnown() {
    assertThat(run("rules", "--arch", "riscv", "--kernel", "6.12").out())
        .contains("riscv/read-only-write/exits")
        .contains("unknown/entry-block")
        .endsWith("rules of riscv 6.12\n");
    assertThat(run("rules", "--arch", "s390", "--kernel", "7.2").code()).isZero();
  }

  @Test
  void aKernelWithoutKvmOnTheArchitectureIsRefusedAndToldWhy() {
    Ran ran = run("rules", "--arch", "riscv", "--kernel", "5.10");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("KVM came to riscv with 5.16");
  }

  @Test
  void theRuleBookSaysWhatChangedBetweenTwoReleasesAndByWhichCommit() {
    Ran ran = run("rules", "--diff", "4.4", "5.10");

    assertThat(ran.code()).isOne();
    assertThat(ran.out()).contains("--- arm64 4.4").contains("+++ arm64 5.10").contains("source: ");
    assertThat(run("rules", "--diff", "6.1", "6.1").code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit TRAIL --gpa 0x4000000",
        "check TRAIL --fix none --fix bug-2014",
        "replay TRAIL --fix none",
        "diff TRAIL --fix bug-2014 --fix none",
        "run TRAIL",
        "rules",
        "conform " + TABLE,
      })
  void twoRunsOfACommandPrintTheSameBytes(String words) {
    String[] arguments = words.replace("TRAIL", trail).split(" ", -1);

    assertThat(run(arguments).out()).isNotEmpty().isEqualTo(run(arguments).out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit TRAIL --gpa 0x4000000 --json",
        "check TRAIL --fix none --fix bug-2014 --json",
        "minimize TRAIL --left bug-2014 --right none --json",
        "replay TRAIL --json",
        "diff TRAIL --fix bug-2014 --fix none --json",
        "run TRAIL --json",
        "rules --json",
        "conform --json " + TABLE,
      })
  void everyResultIsAlsoJson(String words) {
    assertThat(run(words.replace("TRAIL", trail).split(" ", -1)).out().strip())
        .matches("(?s)[{\\[].*[}\\]]");
  }

  @Test
  void wrongInputEndsInASentenceOnStderrAndExitCodeTwo() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {0, 1, 2, (byte) 0xff, 10, 7});
    Path newer = Files.writeString(folder.resolve("newer"), "{\"pagetrail\":99}\n");

    for (Path wrong : new Path[] {empty, binary, newer, folder.resolve("absent")}) {
      Ran ran = run("replay", wrong.toString());
      assertThat(ran.code()).as(wrong.toString()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).contains(String.valueOf(wrong.getFileName())).doesNotContain("\tat ");
    }
    assertThat(run("replay", newer.toString()).err()).contains("newer Pagetrail");
  }

  @Test
  void ofACutTraceTheBeginningIsImportedAndTheReportSaysSo() throws IOException {
    Path capture = Files.createDirectory(folder.resolve("cut-6.1-x"));
    byte[] whole = Files.readAllBytes(Path.of(HANG, "trace.txt.xz"));
    Files.write(capture.resolve("trace.txt.xz"), Arrays.copyOf(whole, 5000));

    Ran ran = run("import", capture.toString(), "-o", folder.resolve("cut.trail").toString());

    assertThat(ran.code()).isZero();
    assertThat(ran.out().replaceAll("\\s+", " "))
        .contains("warning: trace.txt.xz: the compressed data is damaged or cut; it is imported up")
        .containsPattern("trace.txt.xz ftrace [1-9]\\d\\d+ [1-9]\\d\\d+");
  }

  @Test
  void aCaptureOfWhichNothingCanBeReadEndsInASentence() throws IOException {
    Path capture = Files.createDirectory(folder.resolve("damaged-6.1-x"));
    byte[] whole = Files.readAllBytes(Path.of(HANG, "trace.txt.xz"));
    Files.write(capture.resolve("trace.txt.xz"), Arrays.copyOf(whole, 20));

    Ran ran = run("import", capture.toString(), "-o", folder.resolve("damaged.trail").toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains("trace.txt.xz (damaged or cut)")
        .doesNotContain("[")
        .doesNotContain(" at ");
    assertThat(folder.resolve("damaged.trail")).doesNotExist();
  }

  @Test
  void whatCannotBeReadOrWrittenIsNamedAsTheUserNamedIt() throws IOException {
    String absent = folder.resolve("absent").toString();
    String inNoFolder = folder.resolve("absent/hang.trail").toString();

    assertThat(run("import", absent, "-o", trail + "2").err().replaceAll("\\s+", " "))
        .startsWith("pagetrail: " + absent + ": capture not readable: ")
        .doesNotContain("Exception");
    assertThat(run("import", HANG, "-o", inNoFolder).err())
        .contains("absent")
        .doesNotContain("Exception")
        .doesNotContain(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void whatIsKnownAndNotUsedIsToldApartFromWhatIsNotUnderstood() {
    String out = run("import", HANG, "-o", folder.resolve("known.trail").toString()).out();

    assertThat(out).contains("lines that are known and not used:");
    assertThat(out.substring(0, out.indexOf("lines that are known")))
        .doesNotContain("unknown")
        .doesNotContain("zero_repair");
  }

  @Test
  void diffTellsEventsInWords() {
    assertThat(run("diff", trail, "--fix", "bug-2014", "--fix", "none").out())
        .contains("guest accessed: vcpu 0, access read, gpa 0x4000037")
        .contains("device decided: pfn 0x40a87, not writable, not device")
        .doesNotContain("DeviceDecided[");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay TRAIL --fix no-such-fix",
        "replay TRAIL --kernel 99.1",
        "replay TRAIL --at never",
        "replay TRAIL --at 99999999",
        "replay TRAIL --run-on",
        "audit TRAIL --gpa hello",
        "check TRAIL --fix no-such-fix",
        "check TRAIL --kernel 99.1",
        "diff TRAIL",
        "diff TRAIL --fix a --fix b --fix c",
        "conform TRAIL --kernel 6.1",
        "conform no/such.table.txt --kernel 6.1",
      })
  void aWrongOptionIsExplained(String words) {
    Ran ran = run(words.replace("TRAIL", trail).split(" ", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("pagetrail: ").doesNotContain("internal error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000s", "0.001s"})
  void aMomentOutsideOfTheTrailsTimesIsSaidTo(String at) {
    Ran ran = run("replay", trail, "--at", at);

    assertThat(ran.err())
        .matches("pagetrail: the trail has nothing at " + at + "; its times are .*s to .*s\n");
    assertThat(ran.out()).startsWith("After event ");
    assertThat(run("replay", trail, "--at", "0").err()).isEmpty();
  }

  @Test
  void aPageInNoMemslotIsSaidToBeInNone() {
    Ran ran = run("audit", trail, "--gpa", "0x900000000");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .startsWith("Guest page 0x900000000 is in no memslot then: KVM has no memory")
        .doesNotContain("contradicts");
  }

  @Test
  void controlCharactersOfAnInputDoNotReachTheTerminal() throws IOException {
    Path hostile =
        Files.writeString(
            folder.resolve("hostile"), "\u001b[2J\u202e not a trail\n", StandardCharsets.UTF_8);

    assertThat(run("replay", hostile.toString()).err())
        .doesNotContain("\u001b")
        .doesNotContain("\u202e")
        .contains("\\u{1b}[2J\\u{202e}");
  }

  private static Ran run(String... arguments) {
    return Ran.of(arguments);
  }
}
