package org.pagetrail.itests.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.record.Host;
import org.pagetrail.app.record.QemuCommand;
import org.pagetrail.app.record.Recorded;
import org.pagetrail.app.record.Recorder;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.RunEvent.ClockJoined;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;

/** A machine whose firmware is a dozen instructions, from its first to its last. */
class RecordedMachineTest {
  /** No guest here needs so long; one that hangs fails by how it ended. */
  private static final Duration LIMIT = Duration.ofSeconds(100);

  /**
   * For arm64, from address 0: asks the second flash who it is, leaves that mode, and switches the
   * machine off through PSCI.
   */
  private static final int[] ASKS_FLASH_AND_ENDS = {
    0xd2a08001, // movz x1, #0x400, lsl #16
    0x52801200, // movz w0, #0x90
    0xb9000020, // str w0, [x1]
    0xb9400022, // ldr w2, [x1]
    0x52801fe0, // movz w0, #0xff
    0xb9000020, // str w0, [x1]
    0x52b08000, // movz w0, #0x8400, lsl #16
    0x72800100, // movk w0, #0x8
    0xd4000002, // hvc #0
    0x14000000, // b .
  };

  /** For x86, from the reset vector: tells the debug device to end QEMU. */
  private static final byte[] ENDS = {
    (byte) 0xb0,
    0x00, // mov al, 0
    (byte) 0xe6,
    (byte) 0xf4, // out 0xf4, al
    (byte) 0xf4, // hlt
  };

  private static final int X86_FIRMWARE_BYTES = 1 << 16;

  @TempDir private Path folder;

  @Test
  void anEmulatedMachineIsRecordedUntilItsGuestSwitchesItOff() throws Exception {
    requireProgram("qemu-system-aarch64");
    Path firmware = folder.resolve("firmware.fd");
    ByteBuffer code =
        ByteBuffer.allocate(ASKS_FLASH_AND_ENDS.length * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(ASKS_FLASH_AND_ENDS);
    Files.write(firmware, code.array());

    Recorded recorded =
        record(
            "qemu-system-aarch64 -M virt -accel tcg -cpu cortex-a57 -m 64 -nodefaults"
                + " -display none -bios "
                + firmware);

    Trail trail = TrailFile.read(output());
    assertThat(recorded.end()).isEqualTo("shutdown");
    assertThat(recorded.missing()).containsOnlyKeys("kvm");
    assertThat(all(trail, FlashWritten.class))
        .extracting(FlashWritten::device, FlashWritten::value)
        .contains(tuple("virt.flash1", 0x90L), tuple("virt.flash1", 0xffL));
    assertThat(all(trail, MachineDescribed.class))
        .singleElement()
        .satisfies(machine -> assertThat(machine.board()).isEqualTo("virt"));
    assertThat(all(trail, FlatViewCommitted.class))
        .anySatisfy(view ->
            assertThat(view.ranges())
                .anySatisfy(range -> assertThat(range.region()).isEqualTo("virt.flash1")));
    assertThat(all(trail, RunEnded.class)).containsExactly(new RunEnded("shutdown"));
    assertThat(left()).containsExactly("firmware.fd", "run.trail");
  }

  @Test
  void underKvmTheKernelsTraceAndThePagesOfTheMemslotsAreInTheTrail() throws Exception {
    requireProgram("qemu-system-x86_64");
    assumeTrue(Files.isWritable(Path.of("/dev/kvm")), "no access to /dev/kvm");
    Path tracing = Path.of("/sys/kernel/tracing/instances");
    assumeTrue(Files.isWritable(tracing), "no access to the kernel's traces");
    Path firmware = folder.resolve("firmware.fd");
    byte[] code = new byte[X86_FIRMWARE_BYTES];
    System.arraycopy(ENDS, 0, code, X86_FIRMWARE_BYTES - 16, ENDS.length);
    Files.write(firmware, code);
    List<String> instances = names(tracing);

    Recorded recorded =
        record(
            "qemu-system-x86_64 -M q35 -accel kvm -m 64 -nodefaults -display none"
                + " -device isa-debug-exit,iobase=0xf4,iosize=4 -bios "
                + firmware);

    Trail trail = TrailFile.read(output());
    assertThat(recorded.end()).isEqualTo("left with exit code 1");
    assertThat(recorded.kernelSources()).startsWith("kvm, kvmmmu");
    assertThat(all(trail, MemslotRequested.class)).isNotEmpty();
    assertThat(all(trail, HostMapped.class)).isNotEmpty();
    assertThat(all(trail, PagesSeen.class)).isNotEmpty();
    assertThat(all(trail, ClockJoined.class)).isNotEmpty();
    assertThat(names(tracing)).isEqualTo(instances);
  }

  @Test
  void aCommandThatMakesNoMachineLeavesNothing() throws IOException {
    requireProgram("qemu-system-aarch64");
    List<String> instances = names(Path.of("/sys/kernel/tracing/instances"));

    assertThatThrownBy(() -> record("qemu-system-aarch64 -M no-such-machine"))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("exit code 1 before it made a machine");
    assertThat(left()).isEmpty();
    assertThat(names(Path.of("/sys/kernel/tracing/instances"))).isEqualTo(instances);
  }

  @Test
  void aRunningMachineIsRecordedAndStays() throws Exception {
    requireProgram("qemu-system-aarch64");
    Path socket = Path.of("/tmp", "pagetrail-test-" + ProcessHandle.current().pid());
    Path log = folder.resolve("own.log");
    Process machine =
        new ProcessBuilder(
                ("qemu-system-aarch64 -M virt -accel tcg -m 64 -nodefaults -display none -S -D "
                        + log
                        + " -msg timestamp=on -qmp unix:"
                        + socket
                        + ",server=on,wait=off")
                    .split(" ", -1))
            .start();
    try {
      while (!Files.exists(socket)) {
        assertThat(machine.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
      }
      Recorded recorded = recorder(Duration.ofMillis(200)).attach(machine.pid(), socket);

      assertThat(recorded.end()).isEqualTo("timeout");
      assertThat(recorded.missing()).containsKey("what was before");
      assertThat(all(TrailFile.read(output()), FlatViewCommitted.class)).isNotEmpty();
      assertThat(machine.isAlive()).isTrue();
    } finally {
      machine.destroy();
      Files.deleteIfExists(socket);
    }
  }

  private Recorded record(String command) throws InterruptedException {
    return recorder(LIMIT).record(new QemuCommand(List.of(command.split(" ", -1))));
  }

  private Recorder recorder(Duration limit) {
    return new Recorder(Host.own(), output(), null, limit);
  }

  private Path output() {
    return folder.resolve("run.trail");
  }

  private static <E> List<E> all(Trail trail, Class<E> type) {
    return trail.entries().stream()
        .map(entry -> entry.event())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static void requireProgram(String name) {
    @Nullable String path = System.getenv("PATH");
    assumeTrue(
        path != null
            && Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, name))),
        name + " is not installed");
  }

  private List<String> left() throws IOException {
    return names(folder);
  }

  private static List<String> names(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
