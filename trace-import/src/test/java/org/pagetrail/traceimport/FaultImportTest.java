package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.ftrace.ProbeNames;

/** Faults, as the kernel's trace alone tells them. */
class FaultImportTest {
  private static final String FAULT =
      "kvm_guest_fault: ipa 0x4000000, hsr 0x93000006, hxfar 0x4000037, pc 0x4fc612d8";
  private static final String LOOKUP =
      "gfn2pfn: (__gfn_to_pfn_memslot+0x0/0xf0) gfn=0x4000 write=0";
  private static final String DONE = "abort_ret: (h+0x0/0x1 <- kvm_handle_guest_abort) ret=1";

  @TempDir Path temp;
  private CaptureFolder capture;

  @BeforeEach
  void aFolder() throws IOException {
    capture = new CaptureFolder(temp, "stock-6.1-example");
  }

  @Test
  void theZeroPageIsMappedAsADeviceByTheRuleOf2014() throws IOException {
    slot();
    fault();

    Trail trail = capture.imported().trail();

    assertThat(CaptureFolder.story(trail))
        .containsExactly(
            "MemslotSet",
            "GuestAccessed",
            "Stage2Faulted <- GuestAccessed",
            "PfnResolved <- MemslotSet, Stage2Faulted",
            "DeviceDecided <- PfnResolved",
            "Stage2Mapped <- MemslotSet, Stage2Faulted, PfnResolved, DeviceDecided",
            "AbortHandled <- Stage2Faulted, Stage2Mapped");
    Pfn zeroPage = new Pfn(0x40a87);
    assertThat(CaptureFolder.events(trail, PfnResolved.class))
        .containsExactly(
            new PfnResolved(
                new Gfn(0x4000), false, LookupResult.FOUND, zeroPage, PageKind.UNKNOWN, null));
    assertThat(CaptureFolder.events(trail, DeviceDecided.class))
        .containsExactly(new DeviceDecided(zeroPage, false, true));
    assertThat(CaptureFolder.events(trail, Stage2Mapped.class))
        .containsExactly(
            new Stage2Mapped(
                new Gpa(0x4000000), ByteSize.PAGE, zeroPage, Perms.RW, MemoryType.DEVICE, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "0x7ff0000000000000, FAULT",
    "0x7ff0000000000001, HWPOISON",
    "0x7ff0000000000002, RO_FAULT",
    "0x7ff0000000000003, SIGPENDING",
    "0x7ff0000000000004, NEEDS_IO",
    "0x8000000000000000, NOSLOT"
  })
  void anErrorValueIsNoFrame(String pfn, LookupResult result) throws IOException {
    capture
        .kernel(10, FAULT)
        .kernel(11, LOOKUP)
        .kernel(12, "gfn2pfn_ret: (h+0x0/0x1 <- f) pfn=" + pfn);

    assertThat(CaptureFolder.events(capture.imported().trail(), PfnResolved.class))
        .containsExactly(
            new PfnResolved(new Gfn(0x4000), false, result, null, PageKind.UNKNOWN, null));
  }

  @Test
  void aLookupForAStoreIsOneForWritingWhateverItsProbeSays() throws IOException {
    capture
        .kernel(10, FAULT.replace("0x93000006", "0x93000046"))
        .kernel(11, LOOKUP)
        .kernel(12, "gfn2pfn_ret: (h+0x0/0x1 <- f) pfn=0x5");

    assertThat(CaptureFolder.events(capture.imported().trail(), PfnResolved.class))
        .containsExactly(
            new PfnResolved(
                new Gfn(0x4000), true, LookupResult.FOUND, new Pfn(5), PageKind.UNKNOWN, null));
  }

  @Test
  void permissionsAreReadAsTheTracesOwnKernelNumbersThem() throws IOException {
    slot();
    capture
        .kernel(10, FAULT)
        .kernel(11, "s2map: (f+0x0/0x1) ipa=0x4000000 size=0x1000 phys=0x5000 prot=0xf")
        .kernel(12, "s2map_ret: (h+0x0/0x1 <- f) ret=0")
        .kernel(13, "s2map: (f+0x0/0x1) ipa=0x4000000 size=0x1000 phys=0x5000 prot=0xc")
        .kernel(14, "s2map_ret: (h+0x0/0x1 <- f) ret=0")
        .kernel(15, "s2map: (f+0x0/0x1) ipa=0x4000000 size=0x1000 phys=0x5000 prot=0x1c")
        .kernel(16, "s2map_ret: (h+0x0/0x1 <- f) ret=0");

    assertThat(CaptureFolder.events(capture.imported().trail(), Stage2Mapped.class))
        .extracting(Stage2Mapped::perms, Stage2Mapped::memoryType)
        .containsExactly(
            tuple(Perms.RWX, MemoryType.NORMAL),
            tuple(Perms.RW, MemoryType.NORMAL),
            tuple(Perms.RW, MemoryType.DEVICE));
  }

  @Test
  void aNotifierInsideAFaultFollowsFromItAndMapsAnew() throws IOException {
    slot();
    capture
        .kernel(10, FAULT)
        .kernel(11, LOOKUP)
        .kernel(12, "kvm_unmap_hva_range: mmu notifier unmap range: 0x7000 -- 0x8000")
        .kernel(13, "s2unmap: (f+0x0/0x1) ipa=0x4000000 size=0x1000")
        .kernel(14, "kvm_set_spte_hva: mmu notifier set pte hva: 0x00000000007000")
        .kernel(15, "s2map: (f+0x0/0x1) ipa=0x4000000 size=0x1000 phys=0x5000 prot=0x4")
        .kernel(16, "s2map_ret: (kvm_set_spte_gfn+0x0/0x1 <- f) ret=-12")
        .kernel(17, "gfn2pfn_ret: (h+0x0/0x1 <- f) pfn=0x5")
        .kernel(18, "s2map: (f+0x0/0x1) ipa=0x4000000 size=0x1000 phys=0x5000 prot=0x6")
        .kernel(19, "s2map_ret: (h+0x0/0x1 <- f) ret=0")
        .kernel(20, DONE);

    assertThat(CaptureFolder.story(capture.imported().trail()))
        .containsExactly(
            "MemslotSet",
            "GuestAccessed",
            "Stage2Faulted <- GuestAccessed",
            "RangeInvalidated <- Stage2Faulted",
            "Stage2Unmapped <- RangeInvalidated",
            "EntryChanged <- RangeInvalidated",
            "Stage2Mapped <- MemslotSet, EntryChanged",
            "PfnResolved <- MemslotSet, Stage2Faulted",
            "Stage2Mapped <- MemslotSet, Stage2Faulted, PfnResolved",
            "AbortHandled <- Stage2Faulted, Stage2Mapped");
  }

  @Test
  void aNotifierOfAnotherRangeDoesNotExplainAnUnmapping() throws IOException {
    slot();
    capture
        .kernel(9, 12, "kvm_unmap_hva_range: mmu notifier unmap range: 0x9007000 -- 0x9008000")
        .kernel(9, 13, "s2unmap: (f+0x0/0x1) ipa=0x4000000 size=0x1000");

    assertThat(CaptureFolder.story(capture.imported().trail()))
        .containsExactly("MemslotSet", "RangeInvalidated", "Stage2Unmapped");
  }

  @Test
  void twoVcpusKeepTheirOwnFaults() throws IOException {
    capture
        .kernel(8, 10, FAULT)
        .kernel(9, 11, FAULT.replace("0x4000037", "0x4000038"))
        .kernel(8, 12, LOOKUP)
        .kernel(9, 13, LOOKUP)
        .kernel(8, 14, "gfn2pfn_ret: (h+0x0/0x1 <- f) pfn=0x5")
        .kernel(9, 15, "gfn2pfn_ret: (h+0x0/0x1 <- f) pfn=0x5")
        .kernel(9, 16, DONE)
        .kernel(8, 17, DONE);

    Trail trail = capture.imported().trail();

    List<Long> faults =
        CaptureFolder.entries(trail, Stage2Faulted.class).stream()
            .map(entry -> entry.seq())
            .toList();
    assertThat(CaptureFolder.entries(trail, PfnResolved.class))
        .extracting(entry -> entry.causes().getFirst())
        .isEqualTo(faults);
    assertThat(CaptureFolder.events(trail, Stage2Faulted.class))
        .extracting(Stage2Faulted::vcpu)
        .containsExactly(0, 1);
  }

  @Test
  void anInjectedAbortEndsTheAccess() throws IOException {
    capture
        .kernel(10, FAULT)
        .kernel(11, "injdabt: (kvm_inject_dabt+0x0/0x1) addr=0x4000037")
        .kernel(12, DONE);

    Trail trail = capture.imported().trail();

    assertThat(CaptureFolder.story(trail))
        .containsExactly(
            "GuestAccessed",
            "Stage2Faulted <- GuestAccessed",
            "AbortInjected <- Stage2Faulted",
            "GuestAccessCompleted <- GuestAccessed, AbortInjected",
            "AbortHandled <- Stage2Faulted, AbortInjected");
    assertThat(CaptureFolder.events(trail, GuestAccessCompleted.class))
        .extracting(GuestAccessCompleted::completion)
        .containsExactly(Completion.ABORTED);
  }

  @ParameterizedTest
  @CsvSource({"error (14), 1", "restart (4), 0"})
  void anErrorOfKvmRunEndsTheAccessAndASignalDoesNot(String reason, int ended) throws IOException {
    capture.kernel(10, FAULT).kernel(11, "kvm_userspace_exit: reason " + reason);

    assertThat(CaptureFolder.events(capture.imported().trail(), GuestAccessCompleted.class))
        .hasSize(ended)
        .allMatch(completed -> completed.completion() == Completion.FAILED);
  }

  @Test
  void aWriteThatTheKernelItselfServesIsCompleteAtOnce() throws IOException {
    capture
        .kernel(10, FAULT.replace("0x93000006", "0x93810046"))
        .kernel(11, "iomem: (io_mem_abort+0x0/0x310) ipa=0x4000037")
        .kernel(12, "kvm_mmio: mmio write len 4 gpa 0x4000037 val 0x1")
        .kernel(13, "iomem_ret: (h+0x0/0x1 <- io_mem_abort) ret=1")
        .kernel(14, DONE);

    assertThat(CaptureFolder.story(capture.imported().trail()))
        .containsExactly(
            "GuestAccessed",
            "Stage2Faulted <- GuestAccessed",
            "MmioExited <- GuestAccessed, Stage2Faulted",
            "MmioAbortHandled <- Stage2Faulted, MmioExited",
            "GuestAccessCompleted <- GuestAccessed, MmioExited",
            "AbortHandled <- Stage2Faulted, MmioAbortHandled");
  }

  @Test
  void anX86GuestWritesToItsReadOnlyFlash() throws IOException {
    capture
        .kernel(10, "kvm_entry: vcpu 3, rip 0xfff0")
        .kernel(11, "kvm_exit: vcpu 3 reason npf rip 0xfff0 info1 0x7 info2 0xffc00008")
        .kernel(12, "kvm_page_fault: vcpu 3 rip 0xfff0 address 0x00000000ffc00008 error_code 0x7")
        .kernel(13, "kvm_mmio: mmio write len 1 gpa 0xffc00008 val 0x90")
        .kernel(14, "kvm_userspace_exit: reason KVM_EXIT_MMIO (6)")
        .kernel(20, "kvm_entry: vcpu 3, rip 0xfff1");

    Trail trail = capture.imported().trail();

    assertThat(CaptureFolder.story(trail))
        .containsExactly(
            "VcpuEntered",
            "VcpuExited <- VcpuEntered",
            "GuestAccessed <- VcpuEntered",
            "Stage2Faulted <- VcpuExited, GuestAccessed",
            "MmioExited <- GuestAccessed, Stage2Faulted",
            "RunReturned <- MmioExited",
            "GuestAccessCompleted <- GuestAccessed, MmioExited",
            "VcpuEntered <- RunReturned");
    assertThat(CaptureFolder.events(trail, Stage2Faulted.class).getFirst().vcpu()).isEqualTo(3);
  }

  @Test
  void aDeviceInTheKernelAnswersAReadOfX86AtOnce() throws IOException {
    capture
        .kernel(12, "kvm_page_fault: vcpu 0 rip 0xfff0 address 0x00000000fee000f0 error_code 0x4")
        .kernel(13, "kvm_mmio: mmio read len 4 gpa 0xfee000f0 val 0xff");

    assertThat(CaptureFolder.story(capture.imported().trail()))
        .containsExactly(
            "GuestAccessed",
            "Stage2Faulted <- GuestAccessed",
            "MmioExited <- GuestAccessed, Stage2Faulted",
            "MmioCompleted <- MmioExited",
            "GuestAccessCompleted <- GuestAccessed, MmioCompleted");
  }

  @Test
  void anX86FaultSetsAnEntry() throws IOException {
    capture
        .kernel(12, "kvm_page_fault: vcpu 0 rip 0xfff0 address 0x0000000040003008 error_code 0x6")
        .kernel(13, "kvm_mmu_set_spte: gfn 40003 spte 5a00867 (rwxu) level 1 at ffff888")
        .kernel(
            14,
            "kvm_tdp_mmu_spte_changed: as id 0 gfn 40003 level 1 old_spte 5a00867 new_spte 5a0");

    assertThat(CaptureFolder.story(capture.imported().trail()))
        .containsExactly(
            "GuestAccessed",
            "Stage2Faulted <- GuestAccessed",
            "Stage2Mapped <- Stage2Faulted",
            "Stage2Unmapped <- Stage2Faulted");
  }

  @Test
  void aMappingWhoseReturnWasDroppedIsAssumedToHaveWorked() throws IOException {
    fault();
    capture
        .kernel(30, FAULT)
        .kernel(31, "s2map: (f+0x0/0x1) ipa=0x4000000 size=0x1000 phys=0x5000 prot=0x4")
        .kernel(32, DONE);

    Import imported = capture.imported();

    assertThat(CaptureFolder.entries(imported.trail(), Stage2Mapped.class))
        .extracting(entry -> entry.standing())
        .containsExactly(Standing.OBSERVED, Standing.ASSUMED);
  }

  @Test
  void aReturnWithoutItsCallIsCounted() throws IOException {
    capture.kernel(10, "s2map_ret: (h+0x0/0x1 <- f) ret=0").kernel(11, LOOKUP).kernel(12, FAULT);

    assertThat(capture.imported().report().inputs().getFirst().notUnderstood())
        .containsOnlyKeys("return without its call", "call without its return: LOOK_UP_PFN");
  }

  @Test
  void whatARequestDoesToASlotIsToldFromTheSlotsSeen() throws IOException {
    String memslot = "memslot: (f+0x0/0x1) slot=1 flags=%s gpa=%s size=%s ua=0x7000";
    String done = "memslot_ret: (g+0x0/0x1 <- f) ret=";
    capture
        .kernel(10, memslot.formatted("0x2", "0x4000000", "0x1000"))
        .kernel(11, done + "0")
        .kernel(12, memslot.formatted("0x2", "0x4000000", "0x1000"))
        .kernel(13, done + "0")
        .kernel(14, memslot.formatted("0x3", "0x4000000", "0x1000"))
        .kernel(15, done + "0")
        .kernel(16, memslot.formatted("0x3", "0x5000000", "0x1000"))
        .kernel(17, done + "0")
        .kernel(18, memslot.formatted("0x0", "0x4000000", "0x0"))
        .kernel(19, done + "0")
        .kernel(20, memslot.formatted("0x0", "0x4000000", "0x1000"))
        .kernel(21, done + "0")
        .kernel(22, memslot.formatted("0x4", "0x4000000", "0x1000"))
        .kernel(23, done + "-22");

    assertThat(CaptureFolder.events(capture.imported().trail(), MemslotSet.class))
        .extracting(MemslotSet::change)
        .containsExactly(
            SlotChange.UNSTATED,
            SlotChange.NONE,
            SlotChange.FLAGS_ONLY,
            SlotChange.MOVE,
            SlotChange.DELETE,
            SlotChange.CREATE,
            SlotChange.REFUSED);
  }

  @Test
  void probesHaveTheNamesThatTheUserGives() throws IOException {
    capture
        .kernel(10, FAULT)
        .kernel(11, "look: (__gfn_to_pfn_memslot+0x0/0xf0) gfn=0x4000 write=0")
        .kernel(12, "look_ret: (h+0x0/0x1 <- f) pfn=0x5");
    ProbeNames names = new ProbeNames(Map.of("look", ProbeMeaning.LOOK_UP_PFN), Map.of(), Map.of());

    Trail trail = capture.imported(ImportOptions.DEFAULT.withProbes(names)).trail();

    assertThat(CaptureFolder.events(trail, PfnResolved.class)).hasSize(1);
  }

  private void slot() {
    capture
        .kernel(1, "memslot: (f+0x0/0x1) slot=1 flags=0x2 gpa=0x4000000 size=0x4000000 ua=0x7000")
        .kernel(2, "memslot_ret: (g+0x0/0x1 <- f) ret=0");
  }

  private void fault() {
    capture
        .kernel(10, FAULT)
        .kernel(11, LOOKUP)
        .kernel(12, "gfn2pfn_ret: (h+0x0/0x1 <- f) pfn=0x40a87")
        .kernel(13, "device_in: (d+0x0/0x1) pfn=0x40a87 writable=0")
        .kernel(14, "device_ret: (h+0x0/0x1 <- d) device=1")
        .kernel(15, "s2map: (f+0x0/0x1) ipa=0x4000000 size=0x1000 phys=0x40a87000 prot=0xe")
        .kernel(16, "s2map_ret: (h+0x0/0x1 <- f) ret=0")
        .kernel(17, DONE);
  }
}
