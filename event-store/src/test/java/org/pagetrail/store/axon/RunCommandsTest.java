package org.pagetrail.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.projections.Projection;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.MemoryTrailLog;
import org.pagetrail.store.contract.MemoryTrailLog.Memory;
import org.pagetrail.store.run.RunCommand.ApplyFix;
import org.pagetrail.store.run.RunCommand.ImportCapture;
import org.pagetrail.store.run.RunCommand.NoteFinding;
import org.pagetrail.store.run.RunCommandRefused;

/** Commands to a trail as a whole, over Axon's bus and into the log. */
class RunCommandsTest {
  private final Memory memory = new Memory();
  private final TrailLog log = MemoryTrailLog.write(memory, "boot");
  private final TrailApplication axon = TrailApplication.start(log, List.of());

  @AfterEach
  void stop() {
    axon.close();
  }

  @Test
  void anImportIsWrittenAsItWasRead() {
    List<TrailEntry> entries = recorded(3000);

    axon.send(new ImportCapture(entries));

    assertThat(log.read(0))
        .toIterable()
        .extracting(entry -> ((Recorded) entry).entry())
        .containsExactlyElementsOf(entries);
  }

  @Test
  void aFixGoesIntoTheKernelOfTheRunOnce() {
    axon.send(new ImportCapture(recorded(2)));

    axon.send(new ApplyFix(List.of("bug-2014")));
    axon.send(new ApplyFix(List.of("arch-writable-guard")));

    TrailEntry last = entry(3);
    assertThat(last.event())
        .isEqualTo(
            new HostDescribed("arm64", "6.1", List.of("bug-2014", "arch-writable-guard"), "never"));
    assertThat(last.standing()).isEqualTo(Standing.ASSUMED);
    assertThat(last.causes()).containsExactly(2L);
    assertThat(last.rule()).satisfies(rule -> assertThat(rule.rule()).startsWith("fix/arch-"));
    assertThatThrownBy(() -> axon.send(new ApplyFix(List.of("bug-2014"))))
        .isInstanceOf(RunCommandRefused.class)
        .hasMessage(
            "the fix bug-2014 is in already; leave it out; the kernel has bug-2014,"
                + " arch-writable-guard");
    assertThat(log.size()).isEqualTo(4);
  }

  @Test
  void ofSeveralFixesAllGoInOrNone() {
    axon.send(new ImportCapture(recorded(2)));

    assertThatThrownBy(() -> axon.send(new ApplyFix(List.of("bug-2014", "no-such"))))
        .isInstanceOf(RunCommandRefused.class);
    assertThat(log.size()).isEqualTo(2);
    axon.send(new ApplyFix(List.of("bug-2014", "arch-writable-guard")));

    assertThat(log.size()).isEqualTo(4);
    assertThat(entry(3).event())
        .isEqualTo(
            new HostDescribed("arm64", "6.1", List.of("bug-2014", "arch-writable-guard"), "never"));
  }

  @Test
  void aStatedFixGoesInAsWhoeverStartsAxonReadsIt() {
    String statement = "mine: device := !pfn.valid";
    Fix known = Fixes.named("arch-pfn-valid");
    Fix stated =
        new Fix(statement, known.layer(), "stated", "a frame without struct page", known.change());
    TrailLog mine = MemoryTrailLog.write(new Memory(), "mine");
    try (TrailApplication reading =
        TrailApplication.start(
            mine, List.of(), text -> text.equals(statement) ? stated : Fixes.named(text))) {
      reading.send(new ImportCapture(recorded(2)));
      reading.send(new ApplyFix(List.of("bug-2014")));
      reading.send(new ApplyFix(List.of(statement)));

      assertThat(((Recorded) mine.at(3)).entry().event())
          .isEqualTo(new HostDescribed("arm64", "6.1", List.of("bug-2014", statement), "never"));
      assertThatThrownBy(() -> reading.send(new ApplyFix(List.of(statement))))
          .hasMessageStartingWith("the fix " + statement + " is in already; leave it out;");
    }
  }

  @Test
  void aFindingIsNotedWithItsEvidence() {
    axon.send(new ImportCapture(recorded(5)));
    NoteFinding note =
        new NoteFinding(FindingKind.SHARED_PAGE_WRITTEN, "gpa 0x4000000", List.of(4L, 1L));

    axon.send(note);

    assertThat(entry(5).event())
        .isEqualTo(new FindingNoted("shared-page-written", "gpa 0x4000000"));
    assertThat(entry(5).causes()).containsExactly(1L, 4L);
    assertThatThrownBy(() -> axon.send(note)).hasMessageContaining("noted already");
  }

  @Test
  void whatIsRefusedWritesNothing() {
    assertThatThrownBy(() -> axon.send(new ApplyFix(List.of("bug-2014"))))
        .isInstanceOf(RunCommandRefused.class)
        .hasMessageContaining("does not say which kernel");
    axon.send(new ImportCapture(recorded(2)));
    assertThatThrownBy(() -> axon.send(new ImportCapture(recorded(2))))
        .hasMessageContaining("this one has 2 events");
    assertThatThrownBy(() -> axon.send(new ApplyFix(List.of("no-such"))))
        .hasMessageContaining("no fix \"no-such\"");

    assertThat(log.size()).isEqualTo(2);
  }

  @Test
  void anotherProcessFollowsTheTrail() throws Exception {
    LiveProjection<MachineState> machine = new LiveProjection<>("machine", new MachineProjection());
    try (TrailApplication other =
        TrailApplication.follow(
            MemoryTrailLog.read(memory, "boot"), Duration.ofMillis(1), List.of(machine))) {
      axon.send(new ImportCapture(recorded(10)));
      machine.reached(9).get(60, TimeUnit.SECONDS);

      axon.send(new ApplyFix(List.of("bug-2014")));
      machine.reached(10).get(60, TimeUnit.SECONDS);

      assertThat(other.size()).isEqualTo(11);
      assertThat(machine.reached(3)).isCompleted();
    }
  }

  @Test
  void aProjectionThatFailsSaysWhere() {
    LiveProjection<Integer> fragile =
        new LiveProjection<>(
            "fragile",
            new Projection<>() {
              @Override
              public Integer initial() {
                return 0;
              }

              @Override
              public Integer apply(Integer seen, TrailEntry entry) {
                if (entry.seq() == 3) {
                  throw new UnsupportedOperationException("not this one");
                }
                return seen + 1;
              }
            });
    axon.send(new ImportCapture(recorded(5)));

    try (TrailApplication other =
        TrailApplication.start(MemoryTrailLog.read(memory, "boot"), List.of(fragile))) {
      assertThat(fragile.reached(4))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .withMessageContaining("not this one");
      assertThat(other.size()).isEqualTo(5);
    }
    assertThatThrownBy(() -> fragile.look(seen -> seen))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fragile failed at event 3");
    assertThat(fragile.reached(0)).isCompletedExceptionally();
  }

  private TrailEntry entry(long seq) {
    return ((Recorded) log.at(seq)).entry();
  }

  /** A host and then markers. */
  private static List<TrailEntry> recorded(int count) {
    List<TrailEntry> entries = new ArrayList<>();
    for (int seq = 0; seq < count; seq++) {
      entries.add(
          new TrailEntry(
              seq,
              seq * 1000L,
              Standing.OBSERVED,
              seq == 0
                  ? new HostDescribed("arm64", "6.1", List.of(), "never")
                  : new MarkerSeen("marker " + seq),
              seq == 0 ? List.of() : List.of(seq - 1L),
              null,
              new Source("trace.txt", seq + 1, seq * 40L)));
    }
    return entries;
  }
}
