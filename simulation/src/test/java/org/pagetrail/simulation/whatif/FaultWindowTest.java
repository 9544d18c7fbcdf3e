package org.pagetrail.simulation.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/** What is held back until it is known how a fault was handled. */
class FaultWindowTest {
  private final Trail recorded = new Trail();
  private final List<TrailEntry> taken = new ArrayList<>();
  private final List<RecordedFault> faults = new ArrayList<>();
  private final FaultWindow window =
      new FaultWindow((entry, fault) -> {
        taken.add(entry);
        if (fault != null) {
          faults.add(fault);
        }
      });

  @Test
  void aFaultIsTakenWhenItsHandlingIsKnownAndNotBefore() {
    read(fault(0));
    read(new VcpuEntered(1, 0));
    assertThat(taken).isEmpty();

    read(new AbortHandled(0, 1));

    assertThat(taken).hasSize(3);
    assertThat(faults.getFirst().outcome()).isEqualTo(new FaultOutcome.Retry());
  }

  @Test
  void theFaultOfAnotherVcpuDoesNotEndAHandling() {
    read(fault(0));
    read(fault(1));
    read(new AbortHandled(1, 1));
    assertThat(taken).isEmpty();

    read(new AbortHandled(0, 1));

    assertThat(taken).hasSize(4);
  }

  @Test
  void aFaultThatNobodyHandlesHoldsNothingBackForEver() {
    read(fault(0));
    for (int i = 0; i < OpenFault.ENTRIES_MAX; i++) {
      read(new VcpuEntered(1, 0));
    }
    assertThat(taken).isEmpty();

    read(new VcpuEntered(1, 0));

    assertThat(taken).hasSize(OpenFault.ENTRIES_MAX + 2);
    assertThat(faults.getFirst().outcome()).isInstanceOf(FaultOutcome.Unknown.class);
  }

  @Test
  void whatIsHeldBackAtTheEndIsTakenThen() {
    read(fault(0));
    read(new VcpuEntered(1, 0));

    window.end();

    assertThat(taken).isEqualTo(recorded.entries());
    assertThat(faults.getFirst().outcome()).isInstanceOf(FaultOutcome.Unknown.class);
  }

  @Test
  void theNextFaultOfTheVcpuEndsAHandlingThatNothingEndsAndWhatItLedToIsKnown() {
    read(fault(0));
    read(new MmioExited(0, new Gpa(0x4000000), 4, false, 0));

    read(fault(0));

    assertThat(faults.getFirst().outcome())
        .isEqualTo(new FaultOutcome.Mmio(false, 4, new Gpa(0x4000000)));
  }

  @Test
  void aMappingOfATraceWithoutLookupsTellsTheFrameThatWasFound() {
    read(fault(0));
    read(mapped(0x4000000, 0x5000));
    read(new AbortHandled(0, 1));

    assertThat(Objects.requireNonNull(faults.getFirst().lookup()).pfn()).isEqualTo(new Pfn(0x5000));
    assertThat(faults.getFirst().outcome()).isInstanceOf(FaultOutcome.Mapped.class);
  }

  @Test
  void whatAnotherVcpuDoesMeanwhileIsNotTheOutcome() {
    read(fault(0));
    read(mapped(0x8000000, 0x100));
    read(new MmioExited(1, new Gpa(0x9000000), 4, true, 0));
    read(new AbortHandled(0, 1));

    assertThat(faults.getFirst().lookup()).isNull();
    assertThat(faults.getFirst().outcome()).isEqualTo(new FaultOutcome.Retry());
  }

  @Test
  void aMappingThatAnAnnouncedChangeMadeIsNotTheFaults() {
    read(fault(0));
    read(new EntryChanged(new Hva(0x7000)));
    read(mapped(0x4000000, 0x5000));
    read(new AbortHandled(0, 1));

    assertThat(faults.getFirst().lookup()).isNull();
    assertThat(faults.getFirst().outcome()).isEqualTo(new FaultOutcome.Retry());
  }

  @Test
  void anExitIsAsWideAsTheRecordedOneToTheSameAddress() {
    FaultOutcome recorded = new FaultOutcome.Mmio(false, 1, new Gpa(0x1000));

    assertThat(new FaultOutcome.Mmio(false, 4, new Gpa(0x1000)).asWideAs(recorded))
        .isEqualTo(recorded);
    assertThat(new FaultOutcome.Mmio(true, 4, new Gpa(0x1000)).asWideAs(recorded))
        .isNotEqualTo(recorded);
    assertThat(new FaultOutcome.Retry().asWideAs(recorded)).isEqualTo(new FaultOutcome.Retry());
  }

  private static Event mapped(long gpa, long pfn) {
    return new Stage2Mapped(
        new Gpa(gpa), ByteSize.PAGE, new Pfn(pfn), Perms.R, MemoryType.NORMAL, 0);
  }

  private static Event fault(int vcpu) {
    return new Stage2Faulted(
        vcpu, AccessKind.READ, new Gpa(0x4000000), FaultType.TRANSLATION, -1, 0, 0);
  }

  private void read(Event event) {
    window.read(recorded.assumed(null, event, new TreeSet<>()));
  }
}
