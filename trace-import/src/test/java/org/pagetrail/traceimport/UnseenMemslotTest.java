package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Trail;

/** Memslots that QEMU's log tells of and the kernel's trace does not. */
class UnseenMemslotTest {
  private static final String REQUEST =
      "kvm_set_user_memory Slot#1 flags=0x2 gpa=0x4000000 size=0x4000000 ua=0x7000 ret=";

  @TempDir Path temp;
  private CaptureFolder capture;

  @BeforeEach
  void aTraceOfAFaultWithoutAMemslot() throws IOException {
    capture = new CaptureFolder(temp, "stock-6.1-example");
  }

  private void guestRuns() {
    capture
        .kernel(1000, "kvm_entry: PC: 0x4fc617f0")
        .kernel(1001, "kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x4fc617f0")
        .kernel(1002, "kvm_guest_fault: ipa 0x4000000, hsr 0x93800006, hxfar 0x4000008, pc 0x4f");
  }

  @Test
  void qemusWordIsTakenForTheIoctl() throws IOException {
    guestRuns();
    capture.qemu(210, REQUEST + "0");

    Trail trail = capture.clock().imported().trail();

    assertThat(CaptureFolder.story(trail))
        .containsExactly(
            "MemslotRequested",
            "MemslotSet <- MemslotRequested",
            "VcpuEntered",
            "VcpuExited <- VcpuEntered",
            "GuestAccessed <- VcpuEntered",
            "Stage2Faulted <- VcpuExited, GuestAccessed");
    assertThat(CaptureFolder.entries(trail, MemslotSet.class))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.standing()).isEqualTo(Standing.ASSUMED);
          assertThat(entry.event()).hasFieldOrPropertyWithValue("ret", 0);
        });
  }

  @Test
  void aRequestThatQemuSaysWasRefusedSetsNothing() throws IOException {
    guestRuns();
    capture.qemu(210, REQUEST + "-17");

    Trail trail = capture.clock().imported().trail();

    assertThat(CaptureFolder.events(trail, MemslotSet.class)).isEmpty();
  }

  @Test
  void ofATraceThatBeginsLaterTheFirstMemslotsAreQemusWord() throws IOException {
    capture
        .kernel(800, "memslot: (f+0x0/0x1) slot=2 flags=0x0 gpa=0x40000000 size=0x1000 ua=0x9000")
        .kernel(810, "memslot_ret: (g+0x0/0x1 <- f) ret=0");
    guestRuns();
    capture
        .qemu(210, REQUEST + "0")
        .qemu(
            815, "kvm_set_user_memory Slot#2 flags=0x0 gpa=0x40000000 size=0x1000 ua=0x9000 ret=0");

    Trail trail = capture.clock().imported().trail();

    assertThat(CaptureFolder.entries(trail, MemslotSet.class))
        .extracting(entry -> entry.standing())
        .containsExactly(Standing.ASSUMED, Standing.OBSERVED);
  }
}
