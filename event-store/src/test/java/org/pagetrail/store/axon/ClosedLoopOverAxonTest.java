package org.pagetrail.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.text.TrailTextWriter;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineSnapshot;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.simulation.loop.ClosedLoop;
import org.pagetrail.simulation.loop.Outcome;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.MemoryTrailLog;
import org.pagetrail.store.contract.MemoryTrailLog.Memory;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.run.RunCommandRefused;

/** A machine whose commands go over Axon's bus is the machine without Axon. */
class ClosedLoopOverAxonTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bug-2014", "none"})
  void aRunWithAxonAndOneWithoutAreTheSameByteForByte(String fix) throws IOException {
    KernelModel kernel = Machine.kernel(fix);
    Trail plain = Objects.requireNonNull(ClosedLoop.machineOf(Machine.described(), kernel));
    Path file = folder.resolve("run.trail");

    Trail returned;
    try (TrailLog log = FileTrailLog.append(file, "run");
        TrailApplication axon = TrailApplication.start(log, List.of())) {
      returned = Objects.requireNonNull(axon.runMachineOf(Machine.described(), kernel));
    }

    Trail stored = new Trail();
    try (TrailLog log = FileTrailLog.open(file)) {
      for (Iterator<LogEntry> entries = log.read(0); entries.hasNext(); ) {
        stored.add(((Recorded) entries.next()).entry());
      }
    }
    assertThat(Outcome.of(stored)).isEqualTo(fix.equals("none") ? "shell" : "hang");
    assertThat(text(stored)).isEqualTo(text(plain));
    assertThat(text(returned)).isEqualTo(text(plain));
  }

  @Test
  void projectionsFollowARunAndKnowInTheEndWhatAFoldKnows() throws Exception {
    LiveProjection<MachineState> machine = new LiveProjection<>("machine", new MachineProjection());
    LiveProjection<FindingsState> findings =
        new LiveProjection<>("findings", new FindingsProjection());
    TrailLog log = MemoryTrailLog.write(new Memory(), "run");

    try (TrailApplication axon = TrailApplication.start(log, List.of(machine, findings))) {
      Trail trail =
          Objects.requireNonNull(
              axon.runMachineOf(Machine.described(), Machine.kernel("bug-2014")));
      machine.reached(trail.size() - 1).get(60, TimeUnit.SECONDS);
      findings.reached(trail.size() - 1).get(60, TimeUnit.SECONDS);

      assertThat(machine.look(MachineSnapshot::of).toString())
          .isEqualTo(MachineSnapshot.of(new MachineProjection().fold(trail.entries())).toString());
      assertThat(findings.look(FindingsState::findings))
          .isEqualTo(FindingsProjection.findingsOf(trail.entries()))
          .isNotEmpty();
    }
  }

  @Test
  void aMachineRunsIntoAnEmptyTrail() {
    TrailLog log = MemoryTrailLog.write(new Memory(), "run");
    log.append(
        List.of(
            new Recorded(
                new TrailEntry(
                    0, null, Standing.ASSUMED, new MarkerSeen("here"), List.of(), null, null))));

    try (TrailApplication axon = TrailApplication.start(log, List.of())) {
      assertThatThrownBy(() -> axon.runMachineOf(Machine.described(), Machine.kernel()))
          .isInstanceOf(RunCommandRefused.class)
          .hasMessageContaining("this one has 1 events");
    }
  }

  @Test
  void aRecordingWithoutAMachineIsNotRun() {
    TrailLog log = MemoryTrailLog.write(new Memory(), "run");

    try (TrailApplication axon = TrailApplication.start(log, List.of())) {
      assertThat(axon.runMachineOf(new Trail(), Machine.kernel())).isNull();
    }
    assertThat(log.size()).isZero();
  }

  private static String text(Trail trail) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TrailTextWriter writer = new TrailTextWriter(out)) {
      for (TrailEntry entry : trail.entries()) {
        writer.write(entry);
      }
    }
    return out.toString(StandardCharsets.US_ASCII);
  }
}
