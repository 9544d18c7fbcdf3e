package org.pagetrail.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.simulation.loop.ClosedLoop;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.axon.LiveProjection;
import org.pagetrail.store.axon.TrailApplication;
import org.pagetrail.store.postgres.PostgresTrailLog;
import org.pagetrail.store.run.RunCommand.ImportCapture;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;

/** A recorded boot and the model's own run of it, through Axon on a server. */
class PostgresRunTest {
  private static final Path HANG =
      Path.of("..", "captures", "boots", "bug2014-6.1-bios64-thpnever");

  private final String url = PostgresServer.shared().newDatabase();
  private final Trail recorded = CaptureImporter.importFolder(HANG, ImportOptions.DEFAULT).trail();

  @Test
  void aRecordedBootIsStoredEventForEvent() {
    try (TrailLog log = PostgresTrailLog.write(url, "boot");
        TrailApplication axon = TrailApplication.start(log, List.of())) {
      axon.send(new ImportCapture(recorded.entries()));

      assertThat(entries(log)).isEqualTo(recorded.entries());
    }
  }

  @Test
  void theRunIsTheOneWithoutAxonAndAnotherConnectionFollowsIt() throws Exception {
    KernelModel kernel = Fixes.named("bug-2014").applyTo(Kernels.of(Arch.of("arm64"), "6.1"));
    Trail plain = Objects.requireNonNull(ClosedLoop.machineOf(recorded, kernel));
    LiveProjection<FindingsState> findings =
        new LiveProjection<>("findings", new FindingsProjection());

    try (TrailLog log = PostgresTrailLog.write(url, "run");
        TrailLog other = PostgresTrailLog.read(url, "run");
        TrailApplication writer = TrailApplication.start(log, List.of());
        TrailApplication follower =
            TrailApplication.follow(other, Duration.ofMillis(20), List.of(findings))) {
      assertThat(writer.runMachineOf(recorded, kernel)).isNotNull();
      findings.reached(plain.size() - 1).get(120, TimeUnit.SECONDS);

      assertThat(entries(log)).isEqualTo(plain.entries());
      assertThat(findings.look(FindingsState::findings))
          .isEqualTo(FindingsProjection.findingsOf(plain.entries()))
          .isNotEmpty();
      assertThat(follower.size()).isEqualTo(plain.size());
    }
  }

  private static List<TrailEntry> entries(TrailLog log) {
    List<TrailEntry> entries = new ArrayList<>();
    for (Iterator<LogEntry> stored = log.read(0); stored.hasNext(); ) {
      entries.add(((Recorded) stored.next()).entry());
    }
    return entries;
  }
}
