package org.pagetrail.traceimport.tracedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.traceimport.ImportedEvents.events;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.InputRead;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.Samples;

/**
 * Files that trace-cmd 3.1.6 recorded on Linux 6.18, beside what its {@code report -N -t} prints of
 * them. {@code dat-v7-*} are what its {@code convert} made of {@code dat-v6}.
 */
class TraceDatSamplesTest {
  /** Events whose print format has statements or names that only the kernel's source defines. */
  private static final Set<String> PRINTED_OTHERWISE =
      Set.of("kvm_mmu_get_page", "kvm_mmu_prepare_zap_page", "kvm_apicv_inhibit_changed");

  /** What an event says apart from its place in the input. */
  private record Said(@Nullable Long timeNanos, Event event, List<Long> causes) {}

  @ParameterizedTest
  @CsvSource({
    "dat-v6.dat.xz, dat.txt",
    "dat-v7-none.dat.xz, dat.txt",
    "dat-v7-zstd.dat, dat.txt",
    "dat-lost.dat, dat-lost.txt.xz",
    "dat-instance-v6.dat.xz, dat-instance-v6.txt",
    "dat-instance-v7.dat, dat-instance-v7.txt"
  })
  void theFileTellsWhatItsReportTells(String file, String report) {
    Import recorded = Samples.imported(file);
    Import printed = Samples.imported(report);

    assertThat(recorded.report().inputs().getFirst().format()).isEqualTo("trace-dat");
    assertThat(recorded.report().inputs().getFirst().notUnderstood()).isEmpty();
    assertThat(recorded.report().warnings()).isEmpty();
    assertThat(recorded.report().missing()).doesNotContain("ftrace").contains("monitor");
    assertThat(said(recorded)).hasSizeGreaterThan(100).isEqualTo(said(printed));
  }

  @Test
  void lostEventsStandWhereTheRingBufferLostThem() {
    assertThat(events(Samples.imported("dat-lost.dat"), EventsLost.class))
        .containsExactly(new EventsLost("dat-lost.dat", 0), new EventsLost("dat-lost.dat", 1664));
  }

  private static List<Said> said(Import imported) {
    return imported.trail().entries().stream()
        .filter(entry -> !(entry.event() instanceof InputRead))
        .map(entry -> new Said(entry.timeNanos(), withoutPlace(entry), entry.causes()))
        .toList();
  }

  private static Event withoutPlace(TrailEntry entry) {
    return switch (entry.event()) {
      case VcpuNoted noted when PRINTED_OTHERWISE.contains(noted.event()) ->
          new VcpuNoted(noted.vcpu(), noted.event(), "");
      case EventsLost lost -> new EventsLost("", lost.count());
      default -> entry.event();
    };
  }
}
