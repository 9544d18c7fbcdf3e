package org.pagetrail.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine has of what recordings are made of. */
class DoctorTest {
  @TempDir private Path root;

  @Test
  void anEmptyMachineLacksEverythingAndIsToldWhatToDo() {
    List<Source> sources = new Doctor(root, List.of(root.resolve("bin")), "25").examine();

    assertThat(sources).filteredOn(Source::there).extracting(Source::name).containsExactly("JDK");
    assertThat(sources)
        .filteredOn(source -> !source.there())
        .hasSizeGreaterThan(8)
        .allSatisfy(source -> assertThat(source.remedy()).isNotBlank());
  }

  @Test
  void whatIsThereIsFoundWhereItIs() throws IOException {
    file("proc/sys/kernel/osrelease", "6.1.0-50-arm64\n");
    file("proc/kpageflags", "");
    file("proc/self/pagemap", "");
    file("dev/kvm", "");
    file("sys/kernel/debug/tracing/trace", "");
    file("sys/kernel/debug/tracing/kprobe_events", "");
    file("sys/kernel/debug/tracing/events/kvm/enable", "0\n");
    for (String program : List.of("qemu-system-aarch64", "strace", "trace-cmd")) {
      assertThat(file("bin/" + program, "").toFile().setExecutable(true)).isTrue();
    }

    List<Source> sources = new Doctor(root, List.of(root.resolve("bin")), "25").examine();

    assertThat(sources).allSatisfy(source -> assertThat(source.there()).as(source.name()).isTrue());
    assertThat(sources)
        .extracting(Source::found)
        .contains("6.1.0-50-arm64", "qemu-system-aarch64", root.resolve("bin/strace").toString());
  }

  @Test
  void withoutTracefsItsEventsAreMissingForThatReason() throws IOException {
    file("sys/kernel/tracing/README", "");

    List<Source> sources = new Doctor(root, List.of(), "25").examine();

    assertThat(sources)
        .filteredOn(source -> source.name().equals("tracefs"))
        .singleElement()
        .satisfies(source -> assertThat(source.remedy()).contains("mount -t tracefs"));
    assertThat(sources)
        .filteredOn(source -> source.name().equals("kprobes"))
        .singleElement()
        .satisfies(source -> assertThat(source.found()).isEqualTo("needs tracefs"));
  }

  private Path file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, content);
  }
}
