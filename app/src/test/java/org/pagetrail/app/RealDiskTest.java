package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;

/** Commands in their own process, where the kernel refuses what they write. */
class RealDiskTest {
  private static final int EVENTS = 60_000;
  private static final String IN_A_MOUNT =
      "mount -t tmpfs -o %s tmpfs \"$1\" && cd \"$1\" && shift && { \"$@\"; code=$?; ls -A; exit"
          + " $code; }";

  @TempDir private Path folder;
  private Path big = Path.of("");

  @BeforeEach
  void writeATrailThatIsTooBig() throws IOException {
    big = folder.resolve("big.trail");
    Trail markers = new Trail();
    for (int i = 0; i < EVENTS; i++) {
      Source source = new Source("markers.txt", i + 1, 10L * i);
      String noise = Long.toHexString(i * 0x9e3779b97f4a7c15L);
      markers.observed(null, new MarkerSeen(noise), new TreeSet<>(), source);
    }
    TrailFile.write(big, "big", markers);
    assertThat(Files.size(big)).isGreaterThan(500_000);
  }

  private record Result(int code, String out, String err) {}

  private Result run(List<String> words) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int code = process.waitFor();
    return new Result(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8).replace("\n  ", " "));
  }

  private static List<String> pagetrail(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "org.pagetrail.app.Main"));
    command.addAll(List.of(words));
    return command;
  }

  private static List<String> shell(String script, String argument, List<String> command) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh", argument));
    words.addAll(command);
    return words;
  }

  /** A name space of its own may mount a small disk; where the kernel has none, nothing is run. */
  private List<String> mounted(String options, List<String> command) throws Exception {
    Path mount = Files.createDirectory(folder.resolve("disk"));
    assumeThat(Path.of("/usr/bin/unshare")).isExecutable();
    List<String> words = new ArrayList<>(List.of("/usr/bin/unshare", "-r", "-m"));
    assumeThat(run(join(words, shell("mount -t tmpfs tmpfs \"$1\"", mount.toString(), List.of()))))
        .extracting(Result::code)
        .isEqualTo(0);
    words.addAll(shell(IN_A_MOUNT.replace("%s", options), mount.toString(), command));
    return words;
  }

  private static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"repair BIG -o new.trail", "store put BIG new.trail"})
  void aFullDiskIsSaidAndNothingOfTheTrailStays(String command) throws Exception {
    String[] words = command.replace("BIG", big.toString()).split(" ", -1);

    Result result = run(mounted("size=128k", pagetrail(words)));

    assertThat(result.err())
        .isEqualTo(
            "pagetrail: new.trail: trail not written: No space left on device; make sure that its"
                + " folder exists, may be written and has room\n");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aReadOnlyDiskIsSaid() throws Exception {
    Result result = run(mounted("ro", pagetrail("repair", big.toString(), "-o", "new.trail")));

    assertThat(result.err())
        .startsWith("pagetrail: new.trail: trail not written: Read-only file system; ");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aLimitOnFileSizesIsSaidAndNothingOfTheTrailStays() throws Exception {
    Path target = Files.createDirectory(folder.resolve("limited")).resolve("new.trail");
    String script = "ulimit -f 200; shift; exec \"$@\"";
    List<String> command = pagetrail("repair", big.toString(), "-o", target.toString());
    Result result = run(shell(script, "", command));

    assertThat(result.err())
        .startsWith("pagetrail: " + target + ": trail not written: File too large; make sure");
    assertThat(result.code()).isEqualTo(2);
    assertThat(target.getParent()).isEmptyDirectory();
  }

  @Test
  void standardOutputOnAFullDiskIsTrouble() throws Exception {
    List<String> command = pagetrail("trail", "info", big.toString());
    Result result = run(shell("shift; exec \"$@\" > /dev/full", "", command));

    assertThat(result.err())
        .isEqualTo("pagetrail: standard output is not whole: No space left on device\n");
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoTrouble() throws Exception {
    List<String> command = pagetrail("trail", "cat", big.toString());
    Result result = run(shell("shift; { \"$@\"; echo code $? >&2; } | head -n 2", "", command));

    assertThat(result.out()).startsWith("{\"pagetrail\":1,\"run\":\"big\"}\n{\"seq\":0,");
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.err()).isEqualTo("code 0\n");
  }

  @Test
  void aTextIsPackedFromStandardInput() throws Exception {
    Path again = folder.resolve("again.trail");
    String cat = "shift; \"$@\" trail cat " + big + " | \"$@\" trail pack - -o " + again;
    Result result = run(shell(cat, "", pagetrail()));

    assertThat(result.out()).isEqualTo(again + ": 60000 events\n");
    assertThat(again).hasSameBinaryContentAs(big);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import $1 -o new.trail",
        "import /dev/stdin -o new.trail",
        "trail verify $1",
        "trail info $1",
        "replay $1",
        "audit $1 --gpa 0x0",
        "repair $1 -o new.trail",
        "store fix $1 bug-2014",
        "store put big.trail $1"
      })
  void aPipeIsRefusedAndNotWaitedFor(String command) throws Exception {
    Path pipe = folder.resolve("pipe");
    String script =
        "mkfifo $1; pipe=$1; shift; : | \"$@\" "
            + command.replace("$1", "$pipe").replace("big.trail", big.toString());
    Result result = run(shell(script, pipe.toString(), pagetrail()));

    assertThat(result.err().replaceAll("\\s+", " "))
        .contains("regular file", "write it into a file first");
    assertThat(result.code()).isEqualTo(2);
  }
}
