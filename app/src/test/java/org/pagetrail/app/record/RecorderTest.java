package org.pagetrail.app.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.store.TrailFile;

/** A recording of a program that behaves as QEMU does, on a host without tracefs. */
@EnabledOnOs(OS.LINUX)
class RecorderTest {
  @TempDir private Path folder;
  private Path output;
  private Host host;

  @BeforeEach
  void aHostWithProcessesAndNoTracing() throws IOException {
    output = folder.resolve("run.trail");
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("proc"), Path.of("/proc"));
    host = new Host(root, "arm64", KernelRelease.of("6.1"));
  }

  @AfterEach
  void theProcessesStayWhereTheyAre() throws IOException {
    Files.delete(host.root().resolve("proc"));
  }

  private QemuCommand command(String... more) {
    try {
      Path program = folder.resolve("qemu-system-fake");
      Files.writeString(
          program,
          "#!/bin/sh\nexec '"
              + Path.of(System.getProperty("java.home"), "bin", "java")
              + "' -XX:TieredStopAtLevel=1 -cp '"
              + Path.of(FakeQemu.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              + "' "
              + FakeQemu.class.getName()
              + " \"$@\"\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
      return new QemuCommand(
          Stream.concat(Stream.of(program.toString()), Stream.of(more)).toList());
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Recorder recorder(@Nullable Path keep) {
    return new Recorder(host, output, keep, null);
  }

  @Test
  void theTrailHasWhatQemuTracedAndTheReportSaysWhatIsMissing() throws Exception {
    Recorded recorded = recorder(null).record(command("-M", "virt"));

    assertThat(recorded.end()).isEqualTo("shutdown");
    assertThat(recorded.kernelSources()).isEmpty();
    assertThat(recorded.missing())
        .containsEntry("the monitor's view", "human-monitor-command: unknown command")
        .hasEntrySatisfying("the kernel's trace", why -> assertThat(why).contains("doctor"));
    assertThat(recorded.report().inputs())
        .extracting(input -> input.input())
        .contains("maps.after");
    List<Object> events =
        TrailFile.read(output).entries().stream().<Object>map(entry -> entry.event()).toList();
    assertThat(events).filteredOn(MemslotRequested.class::isInstance).hasSize(3);
    assertThat(events).contains(new RunEnded("shutdown"));
    assertThat(events).filteredOn(HostDescribed.class::isInstance).hasSize(1);
    assertThat(names()).containsExactly("qemu-system-fake", "root", "run.trail");
  }

  @Test
  void aGuestMayEndQemuBeforeQemuSaysThatItRuns() throws Exception {
    Recorded recorded = recorder(null).record(command("-leave"));

    assertThat(recorded.end()).isEqualTo("left with exit code 0");
    assertThat(TrailFile.read(output).entries())
        .filteredOn(entry -> entry.event() instanceof MemslotRequested)
        .hasSize(3);
  }

  @Test
  void whatWasRecordedStaysWhereTheUserWantsIt() throws Exception {
    Path keep = folder.resolve("kept");

    recorder(keep).record(command());

    assertThat(Files.readString(keep.resolve("slot-ranges.txt"))).isEqualTo("0x0 0x4000 0x10000\n");
    assertThat(Files.readString(keep.resolve("pagemap.after.jsonl")))
        .contains("\"range\":\"gpa_0x0\"", "\"pages\":4", "\"present\":0");
    assertThat(Files.readAllLines(keep.resolve("clock.jsonl"))).hasSize(10);
    assertThat(Files.readString(keep.resolve("hmp.log"))).startsWith("QEMU 9.2.1 monitor");

    assertThatThrownBy(() -> recorder(keep).record(command()))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void aProgramThatMakesNoMachineLeavesNothing() throws IOException {
    QemuCommand refusing = command("-refuse");

    assertThatThrownBy(() -> recorder(null).record(refusing))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("exit code 3 before it made a machine");
    assertThatThrownBy(() -> recorder(null).record(new QemuCommand(List.of("/no/such/program"))))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("cannot be started");
    assertThatThrownBy(() -> recorder(null).attach(Integer.MAX_VALUE, null))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("there is no process");
    assertThat(names()).containsExactly("qemu-system-fake", "root");
  }

  @Test
  void aRunningProcessIsFollowedUntilItLeaves() throws Exception {
    Process process = new ProcessBuilder("sleep", "0.5").start();

    Recorder recorder = recorder(folder.resolve("kept"));
    recorder.snapshot();
    assertThatThrownBy(() -> recorder.attach(process.pid(), null))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("what was recorded is in");

    assertThat(Files.readString(folder.resolve("kept/cmdline.txt"))).isEqualTo("sleep 0.5\n");
    assertThat(names()).contains("kept").doesNotContain("run.trail");
    try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
      assertThat(kept.map(file -> String.valueOf(file.getFileName())))
          .contains("maps.before")
          .anyMatch(name -> name.startsWith("maps.at-"));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
