package org.pagetrail.itests.boots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.projections.machine.KnownWord;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.simulation.loop.ClosedLoop;
import org.pagetrail.simulation.loop.Outcome;
import org.pagetrail.simulation.loop.RunOn;
import org.pagetrail.simulation.whatif.Replay;
import org.pagetrail.simulation.whatif.Survey;
import org.pagetrail.simulation.whatif.WhatIf;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;

/** The model against whole recorded boots of UEFI. */
class RecordedBootsTest {
  private static final Path BOOTS = Path.of("..", "captures", "boots");
  private static final Path HANG = BOOTS.resolve("bug2014-6.1-bios64-thpnever");
  private static final Gpa FLASH_1 = new Gpa(0x4000000);

  static Stream<Path> boots() throws IOException {
    try (Stream<Path> folders = Files.list(BOOTS)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("boots")
  void everyFaultIsDecidedAsTheRecordedKernelDecidedIt(Path boot) {
    Trail recorded = read(boot);

    Replay replay = WhatIf.replay(recorded, kernelOf(recorded));

    assertThat(replay.compared()).isGreaterThan(7000);
    assertThat(replay.disagreements()).isEmpty();
    assertThat(replay.exitsGone()).isZero();
    assertThat(replay.left()).isNull();
  }

  @ParameterizedTest
  @MethodSource("boots")
  void theModelsOwnRunOfTheMachineEndsAsTheRecordingDid(Path boot) throws IOException {
    Trail recorded = read(boot);

    Trail run = Objects.requireNonNull(ClosedLoop.machineOf(recorded, kernelOf(recorded)));

    String said = Files.readString(boot.resolve("outcome.txt"));
    assertThat(Outcome.of(run)).isEqualTo(said.contains("reached=shell") ? "shell" : "hang");
  }

  @Test
  void theGoodBootUnderTheRuleOf2014LosesItsFlashExitsAndTheirValuesLandInTheZeroPage() {
    Trail recorded = read(BOOTS.resolve("stock-6.1-bios64-thpnever"));

    Replay replay = WhatIf.replay(recorded, kernel("bug-2014"));

    assertThat(replay.exitsGone()).isEqualTo(8609);
    assertThat(
            replay.trail().entries().stream()
                .map(TrailEntry::event)
                .filter(event -> event instanceof PageWritten w && w.writer() == Writer.GUEST)
                .map(event -> ((PageWritten) event).value())
                .limit(4))
        .containsExactly(0x900090L, 0x200020L, 0xd000d0L, 0x700070L);
    assertThat(Objects.requireNonNull(replay.left()).reason()).contains("polls on");
  }

  @Test
  void whatTheZeroPageHoldsIsDerivedAsItWasObserved(@TempDir Path folder) throws IOException {
    Path blind = Files.createDirectory(folder.resolve("bug2014-6.1-bios64-thpnever"));
    try (Stream<Path> files = Files.list(HANG)) {
      for (Path file : files.filter(f -> !f.toString().contains("zero")).toList()) {
        Files.copy(file, blind.resolve(file.getFileName()));
      }
    }
    Trail recorded = read(blind);

    Trail behind =
        Objects.requireNonNull(
            RunOn.behindTheEnd(
                recorded.entries(), Survey.of(recorded.entries()), kernelOf(recorded), null));
    Trail longer = new Trail();
    recorded.entries().forEach(longer::add);
    behind.entries().forEach(longer::add);

    assertThat(words(longer))
        .allMatch(word -> word.origin().standing() == Standing.DERIVED)
        .extracting(KnownWord::offset, KnownWord::value)
        .isEqualTo(
            words(upToLastSighting(read(HANG))).stream()
                .map(word -> tuple(word.offset(), word.value()))
                .toList())
        .containsExactly(tuple(0, 0x700070L), tuple(8, 0x900090L));
  }

  private static List<KnownWord> words(Trail trail) {
    MachineState state = new MachineProjection().fold(trail.entries());
    var mapping = Objects.requireNonNull(state.stage2().at(FLASH_1));
    return Objects.requireNonNull(state.host().contentOf(mapping.pfn())).words().stream()
        .filter(word -> word.value() != 0)
        .toList();
  }

  /** The recording up to its last sighting of the words; the recorder then repaired the page. */
  private static Trail upToLastSighting(Trail recorded) {
    Trail seen = new Trail();
    long last =
        recorded.entries().stream()
            .filter(
                entry -> entry.event() instanceof ContentSeen content && !content.words().isEmpty())
            .mapToLong(TrailEntry::seq)
            .max()
            .orElseThrow();
    recorded.entries().subList(0, (int) last + 1).forEach(seen::add);
    return seen;
  }

  private static Trail read(Path boot) {
    return CaptureImporter.importFolder(boot, ImportOptions.DEFAULT).trail();
  }

  private static KernelModel kernelOf(Trail recorded) {
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof HostDescribed host) {
        return kernel(host.fixes().toArray(String[]::new));
      }
    }
    throw new AssertionError("the capture names no host");
  }

  private static KernelModel kernel(String... fixes) {
    KernelModel kernel = Kernels.of(Arch.of("arm64"), "6.1");
    for (String fix : fixes) {
      kernel = Fixes.named(fix).applyTo(kernel);
    }
    return kernel;
  }
}
