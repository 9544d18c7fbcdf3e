package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.RunEvent.ClockJoined;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;

/** A guest's write to its flash, told by both logs. */
class FlashWriteImportTest {
  private static final List<String> STORY =
      List.of(
          "MemslotSet",
          "MemslotRequested <- MemslotSet",
          "VcpuEntered",
          "VcpuExited <- VcpuEntered",
          "GuestAccessed <- VcpuEntered",
          "Stage2Faulted <- VcpuExited, GuestAccessed",
          "MmioExited <- MemslotSet, GuestAccessed, Stage2Faulted",
          "MmioAbortHandled <- Stage2Faulted, MmioExited",
          "AbortHandled <- Stage2Faulted, MmioAbortHandled",
          "RunReturned <- MmioExited, AbortHandled",
          "DeviceWritten <- MmioExited",
          "FlashWritten <- MmioExited, DeviceWritten",
          "FlatViewBuilt <- FlashWritten",
          "MemslotSet <- MmioExited, FlashWritten, FlatViewBuilt",
          "Stage2Unmapped <- MemslotSet",
          "MemslotRequested <- FlatViewBuilt, MemslotSet",
          "FlatViewDropped <- FlatViewBuilt",
          "FlashNoted <- MmioExited, FlashWritten",
          "GuestAccessCompleted <- GuestAccessed, MmioExited, DeviceWritten, FlashWritten",
          "VcpuEntered <- RunReturned",
          "VcpuExited <- VcpuEntered",
          "GuestAccessed <- VcpuEntered",
          "Stage2Faulted <- VcpuExited, GuestAccessed",
          "MmioExited <- GuestAccessed, Stage2Faulted",
          "MmioAbortHandled <- Stage2Faulted, MmioExited",
          "AbortHandled <- Stage2Faulted, MmioAbortHandled",
          "RunReturned <- MmioExited, AbortHandled",
          "FlashNoted <- MmioExited",
          "FlashRead <- MmioExited, FlashNoted",
          "DeviceRead <- MmioExited, FlashNoted, FlashRead",
          "MmioCompleted <- MmioExited, FlashRead, DeviceRead",
          "GuestAccessCompleted <- GuestAccessed, MmioCompleted",
          "VcpuEntered <- MmioCompleted");

  @TempDir Path temp;
  private CaptureFolder capture;

  @BeforeEach
  void aWriteAndARead() throws IOException {
    capture = new CaptureFolder(temp, "stock-6.1-example");
    capture
        .kernel(100, "memslot: (f+0x0/0x1) slot=1 flags=0x2 gpa=0x4000000 size=0x4000000 ua=0x7000")
        .kernel(200, "memslot_ret: (g+0x0/0x1 <- f) ret=0")
        .kernel(1000, "kvm_entry: PC: 0x4fc617f0")
        .kernel(1001, "kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x4fc617f0")
        .kernel(1002, "kvm_guest_fault: ipa 0x4000000, hsr 0x9381004e, hxfar 0x4000008, pc 0x4f")
        .kernel(1003, "iomem: (io_mem_abort+0x0/0x310) ipa=0x4000008")
        .kernel(1004, "kvm_mmio: mmio write len 4 gpa 0x4000008 val 0x900090")
        .kernel(1005, "iomem_ret: (h+0x0/0x1 <- io_mem_abort) ret=0")
        .kernel(1006, "abort_ret: (h+0x0/0x1 <- kvm_handle_guest_abort) ret=0")
        .kernel(1007, "kvm_userspace_exit: reason KVM_EXIT_MMIO (6)")
        .kernel(1100, "memslot: (f+0x0/0x1) slot=1 flags=0x0 gpa=0x4000000 size=0x0 ua=0x7000")
        .kernel(1200, "s2unmap: (kvm_pgtable_stage2_unmap+0x0/0x70) ipa=0x4000000 size=0x4000000")
        .kernel(1300, "memslot_ret: (g+0x0/0x1 <- f) ret=0")
        .kernel(2000, "kvm_entry: PC: 0x4fc617f4")
        .kernel(2001, "kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x4fc617f4")
        .kernel(2002, "kvm_guest_fault: ipa 0x4000000, hsr 0x93800006, hxfar 0x4000008, pc 0x4f")
        .kernel(2003, "iomem: (io_mem_abort+0x0/0x310) ipa=0x4000008")
        .kernel(2004, "kvm_mmio: mmio unsatisfied-read len 4 gpa 0x4000008 val 0x0")
        .kernel(2005, "iomem_ret: (h+0x0/0x1 <- io_mem_abort) ret=0")
        .kernel(2006, "abort_ret: (h+0x0/0x1 <- kvm_handle_guest_abort) ret=0")
        .kernel(2007, "kvm_userspace_exit: reason KVM_EXIT_MMIO (6)")
        .kernel(2100, "kvm_mmio: mmio read len 4 gpa 0x4000008 val 0x890089")
        .kernel(2101, "kvm_entry: PC: 0x4fc617f8");
  }

  private static final String[] QEMU = {
    "kvm_set_user_memory Slot#1 flags=0x2 gpa=0x4000000 size=0x4000000 ua=0x7000 ret=0",
    "memory_region_ops_write cpu 0 mr 0x5 addr 0x4000008 value 0x900090 size 4 name 'virt.flash1'",
    "pflash_io_write virt.flash1: offset:0x0008 size:4 value:0x900090 wcycle:0",
    "flatview_new 0xa (root 0xb)",
    "kvm_set_user_memory Slot#1 flags=0x0 gpa=0x4000000 size=0x0 ua=0x7000 ret=0",
    "flatview_destroy_rcu 0x9 (root 0xb)",
    "pflash_write virt.flash1: read device information",
    "pflash_device_info virt.flash1: read device information offset:0x0008",
    "pflash_io_read virt.flash1: offset:0x0008 size:4 value:0x890089 cmd:0x90 wcycle:0",
    "memory_region_ops_read cpu 0 mr 0x5 addr 0x4000008 value 0x890089 size 4 name 'virt.flash1'"
  };

  private static final long[] QEMU_MICROS = {
    210, 1010, 1011, 1050, 1301, 1302, 1303, 2010, 2011, 2012
  };

  private void qemuLater(long micros) {
    for (int i = 0; i < QEMU.length; i++) {
      capture.qemu(QEMU_MICROS[i] + micros, QEMU[i]);
    }
  }

  @Test
  void everyStepFollowsFromTheOneBefore() throws IOException {
    qemuLater(0);

    Import imported = capture.clock().imported();

    assertThat(CaptureFolder.story(imported.trail())).isEqualTo(STORY);
    assertThat(imported.report().warnings()).isEmpty();
  }

  @Test
  void valuesAndAddressesAreThoseOfTheLogs() throws IOException {
    qemuLater(0);

    Trail trail = capture.clock().imported().trail();

    Gpa gpa = new Gpa(0x4000008);
    assertThat(CaptureFolder.events(trail, GuestAccessed.class))
        .containsExactly(
            new GuestAccessed(0, AccessKind.WRITE, gpa, 4, 0x900090L),
            new GuestAccessed(0, AccessKind.READ, gpa, 4, null));
    assertThat(CaptureFolder.events(trail, GuestAccessCompleted.class))
        .containsExactly(
            new GuestAccessCompleted(0, AccessKind.WRITE, gpa, 4, 0x900090L, Completion.MMIO),
            new GuestAccessCompleted(0, AccessKind.READ, gpa, 4, 0x890089L, Completion.MMIO));
    assertThat(CaptureFolder.events(trail, MemslotSet.class))
        .extracting(MemslotSet::change)
        .containsExactly(SlotChange.UNSTATED, SlotChange.DELETE);
    Source source = CaptureFolder.entries(trail, Stage2Faulted.class).getFirst().source();
    assertThat(source).hasToString("trace.txt:5");
    assertThat(Files.readString(capture.path().resolve("trace.txt")).substring(offset(source)))
        .startsWith(" qemu-7  [000] ..... 10.001002: kvm_guest_fault:");
    assertThat(CaptureFolder.entries(trail, Stage2Faulted.class).getFirst().timeNanos())
        .isEqualTo(10_001_002_000L);
  }

  private static int offset(@Nullable Source source) {
    return source == null ? -1 : Math.toIntExact(source.byteOffset());
  }

  @Test
  void theOrderStaysWhereTheClocksAreOffWithinTheirError() throws IOException {
    // QEMU's clock is 6 us behind: by time the write would precede the exit.
    qemuLater(-6);
    capture.file(
        "clock.jsonl", "{\"mono_before\":9.0,\"realtime\":1009.00001,\"mono_after\":9.00002}");

    Import imported = capture.imported();

    assertThat(CaptureFolder.story(imported.trail())).isEqualTo(STORY);
    assertThat(imported.report().warnings()).isEmpty();
  }

  @Test
  void theOrderStaysAndAWarningIsGivenWhereTheClocksContradictThePairs() throws IOException {
    qemuLater(700_000);

    Import imported = capture.clock().imported();

    assertThat(CaptureFolder.story(imported.trail())).isEqualTo(STORY);
    assertThat(imported.report().warnings())
        .singleElement()
        .asString()
        .contains("the clock samples contradict the order of the events");
  }

  @ParameterizedTest
  @CsvSource({"1000000000000, 0", "1000500000000, 2", "9223372036854775807, 2"})
  void aGivenOffsetIsUsedAndWhatContradictsItIsSaid(long offset, int warnings) throws IOException {
    qemuLater(0);

    Import imported = capture.clock().imported(ImportOptions.DEFAULT.withOffset(offset));

    assertThat(CaptureFolder.events(imported.trail(), ClockJoined.class))
        .extracting(ClockJoined::offsetNanos)
        .containsExactly(offset);
    assertThat(imported.report().warnings())
        .filteredOn(warning -> warning.contains("the given offset of "))
        .hasSize(warnings);
  }

  @Test
  void withoutClockSamplesThePairsJoinTheClocks() throws IOException {
    qemuLater(0);

    Trail trail = capture.imported().trail();

    assertThat(CaptureFolder.story(trail)).isEqualTo(STORY);
    assertThat(CaptureFolder.entries(trail, ClockJoined.class))
        .singleElement()
        .satisfies(entry -> {
          ClockJoined joined = (ClockJoined) entry.event();
          assertThat(entry.standing()).isEqualTo(Standing.ASSUMED);
          assertThat(Math.abs(joined.offsetNanos() - 1_000_000_000_000L))
              .isLessThanOrEqualTo(joined.errorNanos());
        });
  }

  @Test
  void aLogWithoutTimesIsPlacedByItsPairs() throws IOException {
    for (String event : QEMU) {
      capture.qemuLine(event);
    }

    Trail trail = capture.clock().imported().trail();

    assertThat(CaptureFolder.story(trail)).isEqualTo(STORY);
  }

  @Test
  void aLogWithIsoTimesAndNoThreadIdsIsPairedByVcpu() throws IOException {
    for (int i = 0; i < QEMU.length; i++) {
      capture.qemuLine(
          String.format(Locale.ROOT, "1970-01-01T00:16:50.%06dZ %s", QEMU_MICROS[i], QEMU[i]));
    }

    Trail trail = capture.clock().imported().trail();

    assertThat(CaptureFolder.story(trail)).isEqualTo(STORY);
  }

  @Test
  void theSameCaptureGivesTheSameTrail() throws IOException {
    qemuLater(0);

    Trail first = capture.clock().imported().trail();

    assertThat(capture.imported().trail().entries()).isEqualTo(first.entries());
  }
}
