package org.pagetrail.traceimport.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;

class FtraceReaderTest {

  static List<Arguments> events() {
    return List.of(
        // arm, from 3.12 to 7.2
        Arguments.of("kvm_entry: PC: 0x4facf8d0", new KernelFact.Entered(-1, 0x4facf8d0L)),
        Arguments.of("kvm_exit: PC: 0x000000004facf8d0", exited("exit")),
        Arguments.of("kvm_exit: IRQ: HSR_EC: 0x0000 (UNKNOWN), PC: 0x4facf8d0", exited("IRQ")),
        Arguments.of(
            "kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x000000004facf8d0",
            exited("TRAP DABT_LOW")),
        Arguments.of(
            "kvm_guest_fault: ipa 0x4000000, hsr 0x93000006, hxfar 0x4000037, pc 0x0000004fc612d8",
            new KernelFact.ArmFault(0x4000000, 0x93000006L, 0x4000037, 0x4fc612d8L)),
        Arguments.of(
            "kvm_guest_fault: ipa 0xffffffffff000, hsr 0x82000005, hxfar 0xffffffffffffffff, pc"
                + " 0x0",
            new KernelFact.ArmFault(0xffffffffff000L, 0x82000005L, -1, 0)),
        Arguments.of(
            "kvm_unmap_hva: mmu notifier unmap hva: 0x007fc862200008",
            invalidation(0x7fc862200000L, 0x1000)),
        Arguments.of(
            "kvm_unmap_hva_range: mmu notifier unmap range: 0x00ffff8fe00000 -- 0x00ffff9fe00000",
            invalidation(0xffff8fe00000L, 0x10000000)),
        Arguments.of(
            "kvm_set_spte_hva: mmu notifier set pte hva: 0x00aaaadcfb0000",
            new KernelFact.EntryChange(new Hva(0xaaaadcfb0000L))),
        Arguments.of(
            "kvm_mmio: mmio write len 4 gpa 0x4000008 val 0x900090",
            new KernelFact.Mmio(MmioPhase.WRITE, new Gpa(0x4000008), 4, 0x900090)),
        Arguments.of(
            "kvm_mmio: mmio unsatisfied-read len 8 gpa 0x8 val 0x0",
            new KernelFact.Mmio(MmioPhase.UNSATISFIED_READ, new Gpa(8), 8, 0)),
        Arguments.of(
            "kvm_mmio: mmio read len 8 gpa 0x8 val 0xffffffffffffffff",
            new KernelFact.Mmio(MmioPhase.READ, new Gpa(8), 8, -1)),
        Arguments.of(
            "kvm_userspace_exit: reason KVM_EXIT_MMIO (6)",
            new KernelFact.LeftToUserspace("KVM_EXIT_MMIO", 0)),
        Arguments.of(
            "kvm_userspace_exit: reason restart (4)", new KernelFact.LeftToUserspace("restart", 4)),
        Arguments.of(
            "kvm_userspace_exit: reason error (14)", new KernelFact.LeftToUserspace("error", 14)),
        Arguments.of(
            "kvm_userspace_exit: reason 0x27 (39)", new KernelFact.LeftToUserspace("0x27", 0)),
        Arguments.of(
            "kvm_age_hva: mmu notifier age hva: 0x00007f -- 0x000080",
            new KernelFact.Noted("kvm_age_hva", "mmu notifier age hva: 0x00007f -- 0x000080")),
        Arguments.of(
            "kvm_access_fault: IPA: 4000000",
            new KernelFact.Noted("kvm_access_fault", "IPA: 4000000")),
        // x86
        Arguments.of("kvm_entry: vcpu 3", new KernelFact.Entered(3, 0)),
        Arguments.of(
            "kvm_entry: vcpu 3, rip 0xfff0 intr_info 0x00000000 error_code 0x00000000",
            new KernelFact.Entered(3, 0xfff0)),
        Arguments.of(
            "kvm_exit: reason EPT_VIOLATION rip 0xfff0 info 184 0",
            new KernelFact.Exited(-1, "EPT_VIOLATION", 0xfff0)),
        Arguments.of(
            "kvm_exit: vcpu 1 reason npf rip 0xfff0 info1 0x0000000100000014"
                + " info2 0x00000000fffff000 intr_info 0x00000000 error_code 0x00000000",
            new KernelFact.Exited(1, "npf", 0xfff0)),
        Arguments.of(
            "kvm_page_fault: address fffff000 error_code 14",
            new KernelFact.X86Fault(-1, 0xfffff000L, 0x14, 0)),
        Arguments.of(
            "kvm_page_fault: vcpu 1 rip 0xfff0 address 0x00000000fffffff0 error_code 0x100000014",
            new KernelFact.X86Fault(1, 0xfffffff0L, 0x100000014L, 0xfff0)),
        Arguments.of(
            "kvm_mmu_set_spte: gfn 40003 spte 8600000005a00867 (rwxu) level 1 at ffff888",
            new KernelFact.EntrySet(
                new KernelCall.Stage2Map(
                    new Gpa(0x40003000),
                    ByteSize.PAGE,
                    new Pfn(0x5a00),
                    Perms.RWX,
                    MemoryType.NONE))),
        Arguments.of(
            "kvm_mmu_set_spte: gfn 40000 spte 5a008f5 (r-xu) level 2 at ffff888",
            new KernelFact.EntrySet(
                new KernelCall.Stage2Map(
                    new Gpa(0x40000000),
                    ByteSize.BLOCK,
                    new Pfn(0x5a00),
                    Perms.RX,
                    MemoryType.NONE))),
        Arguments.of(
            "kvm_tdp_mmu_spte_changed: as id 0 gfn 40003 level 1 old_spte 5a00867 new_spte 5a0",
            called(new KernelCall.Stage2Unmap(page(0x40003000)))),
        Arguments.of(
            "kvm_tdp_mmu_spte_changed: as id 0 gfn 40003 level 1 old_spte 5a00867 new_spte 5a00865",
            called(new KernelCall.Stage2WriteProtect(page(0x40003000)))),
        Arguments.of(
            "kvm_tdp_mmu_spte_changed: as id 0 gfn 0 level 3 old_spte 0 new_spte 5a00867",
            new KernelFact.Noted(
                "kvm_tdp_mmu_spte_changed", "as id 0 gfn 0 level 3 old_spte 0 new_spte 5a00867")),
        Arguments.of(
            "mark_mmio_spte: sptep:0000 gfn 4 access 6 gen 2",
            new KernelFact.Noted("mark_mmio_spte", "sptep:0000 gfn 4 access 6 gen 2")),
        // Probes
        Arguments.of(
            "s2map: (kvm_pgtable_stage2_map+0x0/0x1a0) pgd=0xffff000000f7e000 ipa=0x4000000"
                + " size=0x1000 phys=0x40a87000 prot=0xe",
            called(
                new KernelCall.Stage2Map(
                    new Gpa(0x4000000),
                    ByteSize.PAGE,
                    new Pfn(0x40a87),
                    Perms.RW,
                    MemoryType.DEVICE))),
        Arguments.of(
            "s2map_ret: (kvm_set_spte_gfn+0x90/0xb0 <- kvm_pgtable_stage2_map) ret=-12",
            new KernelFact.Returned(ProbeMeaning.STAGE2_MAP, -12)),
        Arguments.of(
            "s2relax: (kvm_pgtable_stage2_relax_perms+0x0/0x80) ipa=0x40000000 prot=0x1",
            called(new KernelCall.Stage2Relax(new Gpa(0x40000000), new Perms(false, false, true)))),
        Arguments.of(
            "s2unmap: (kvm_pgtable_stage2_unmap+0x0/0x70) ipa=0x4000000 size=0x1000",
            called(new KernelCall.Stage2Unmap(page(0x4000000)))),
        Arguments.of(
            "s2unmap: ipa=0x4000000 size=0x1000",
            called(new KernelCall.Stage2Unmap(page(0x4000000)))),
        Arguments.of(
            "s2wp: (kvm_pgtable_stage2_wrprotect+0x0/0x70) ipa=0x4000000 size=0x1000",
            called(new KernelCall.Stage2WriteProtect(page(0x4000000)))),
        Arguments.of(
            "s2mkyoung: (kvm_pgtable_stage2_mkyoung+0x0/0x70) ipa=0x4000000",
            called(new KernelCall.Stage2MakeYoung(new Gpa(0x4000000)))),
        Arguments.of(
            "gfn2pfn: (__gfn_to_pfn_memslot+0x0/0xf0) gfn=0x4000 write=1",
            called(new KernelCall.LookUpPfn(new Gfn(0x4000), true))),
        Arguments.of(
            "gfn2pfn_ret: (kvm_handle_guest_abort+0x414/0xcec <- __gfn_to_pfn_memslot) pfn=0x87000",
            new KernelFact.Returned(ProbeMeaning.LOOK_UP_PFN, 0x87000)),
        Arguments.of(
            "memslot: (__kvm_set_memory_region+0x0/0x420) slot=65537 flags=0x2 gpa=0x0"
                + " size=0x4000000 ua=0xffff8bc00000",
            called(
                new KernelCall.SetMemslot(
                    new SlotId(1, 1),
                    SlotFlags.READ_ONLY,
                    new Gpa(0),
                    new ByteSize(0x4000000),
                    new Hva(0xffff8bc00000L)))),
        Arguments.of(
            "memslot: slot=1 flags=0x0 gpa=0x40000000 size=0x0",
            called(
                new KernelCall.SetMemslot(
                    SlotId.of(1), SlotFlags.NONE, new Gpa(0x40000000), ByteSize.ZERO, new Hva(0)))),
        Arguments.of(
            "device_in: (device_rule+0x0/0x20) pfn=0x40a87 writable=0",
            called(new KernelCall.AskDevice(new Pfn(0x40a87), false))),
        Arguments.of(
            "device_ret: (kvm_handle_guest_abort+0x4/0x8 <- device_rule) device=1",
            new KernelFact.Returned(ProbeMeaning.ASK_DEVICE, 1)),
        Arguments.of(
            "iomem: (io_mem_abort+0x0/0x310) ipa=0x4000008",
            called(new KernelCall.EmulateMmio(new Gpa(0x4000008)))),
        Arguments.of(
            "injdabt: (kvm_inject_dabt+0x0/0x10) addr=0x4000008",
            called(new KernelCall.InjectAbort(AbortKind.DATA, 0x4000008))),
        Arguments.of(
            "injpabt: (kvm_inject_pabt+0x0/0x10) addr=0x4000008",
            called(new KernelCall.InjectAbort(AbortKind.INSTRUCTION, 0x4000008))),
        Arguments.of(
            "abort_ret: (handle_exit+0x68/0x160 <- kvm_handle_guest_abort) ret=1",
            new KernelFact.Returned(ProbeMeaning.HANDLE_ABORT, 1)),
        // Others
        Arguments.of("tracing_mark_write: L2_CONT", new KernelFact.Marker("L2_CONT")),
        Arguments.of("print: tracing_mark_write: L2_CONT", new KernelFact.Marker("L2_CONT")),
        Arguments.of(
            "kvm_irq_line: Inject VGIC SPI interrupt (1), level: 1",
            new KernelFact.Noted("kvm_irq_line", "Inject VGIC SPI interrupt (1), level: 1")));
  }

  private static KernelFact exited(String reason) {
    return new KernelFact.Exited(-1, reason, 0x4facf8d0L);
  }

  private static KernelFact invalidation(long hva, long size) {
    return new KernelFact.RangeInvalidation(new HvaRange(new Hva(hva), new ByteSize(size)));
  }

  private static GpaRange page(long gpa) {
    return GpaRange.pageOf(new Gpa(gpa));
  }

  private static KernelFact called(KernelCall call) {
    return new KernelFact.Called(call);
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsUnderstoodInEveryShapeOfTheLine(String event, KernelFact expected) {
    TextInput input =
        read(
            " qemu-system-aar-74      [001] .....    12.271388: " + event,
            "     qemu-system-74    [001] d..1 12.271388: " + event,
            "       CPU 0/KVM-74      (     70) [001] d..1.    12.271388: " + event,
            "  a - [7] name-74      (-------) [001] .....    12.271388: kvm:" + event,
            "            kx-74    [001]    12.271388: " + event);

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.capture.kernelTrace("trace.txt"))
        .hasSize(5)
        .allSatisfy(line -> {
          assertThat(line.fact()).isEqualTo(expected);
          assertThat(line.thread()).isEqualTo(74);
          assertThat(line.timeNanos()).isEqualTo(12_271_388_000L);
        })
        .extracting(KernelLine::process)
        .containsExactly(-1, -1, 70, -1, -1);
  }

  @Test
  void aMemoryTypeIsReadFromEntriesOfAMachineWithEpt() {
    TextInput input =
        read(
            line("kvm_exit: reason EPT_VIOLATION rip 0xfff0 info 184 0"),
            line("kvm_mmu_set_spte: gfn 40003 spte 5a00837 (rwxu) level 1 at ffff888"),
            line("kvm_mmu_set_spte: gfn 40003 spte 5a00807 (rwxu) level 1 at ffff888"));

    assertThat(input.capture.kernelTrace("trace.txt"))
        .filteredOn(line -> line.fact() instanceof KernelFact.EntrySet)
        .extracting(line -> ((KernelFact.EntrySet) line.fact()).entry().memoryType())
        .containsExactly(MemoryType.NORMAL, MemoryType.DEVICE);
  }

  @Test
  void lostEventsAndCountingClocksAreUnderstood() {
    TextInput input =
        read(
            "# tracer: nop",
            "#",
            "cpus=2",
            "CPU:1 [LOST 123 EVENTS]",
            "  kx-7     [001] ..... 123456789: kvm_entry: vcpu 0");

    assertThat(input.capture.kernelTrace("trace.txt"))
        .extracting(KernelLine::fact)
        .containsExactly(new KernelFact.Lost(123), new KernelFact.Entered(0, 0));
    assertThat(input.capture.kernelTrace("trace.txt"))
        .<@Nullable Long>extracting(KernelLine::timeNanos)
        .containsExactly(null, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kvm_mmio: mmio blah len 4 gpa 0x0 val 0x0|kvm_mmio with other arguments",
        "kvm_guest_fault: ipa 0x4000000, hsr 0x930|kvm_guest_fault with other arguments",
        "s2map: (kvm_pgtable_stage2_map+0x0/0x1a0) ipa=0x4000000|s2map with other arguments",
        "memslot: slot=1 flags=0x0 gpa=0x40000000 size=0x1000|memslot with other arguments",
        "s2unmap: (f+0x0/0x70) ipa=0xfffffffffffff000 size=0x2000|s2unmap with a number out of"
            + " range",
        "s2map: (f+0x0/0x1) ipa=0x0 size=0x8000000000000000 phys=0x0 prot=0x4"
            + "|s2map with a number out of range",
        "kvm_unmap_hva_range: mmu notifier unmap range: 0x2000 -- 0x1000"
            + "|kvm_unmap_hva_range with a number out of range",
        "sched_switch: prev_comm=x|event sched_switch",
        "myprobe: (f+0x0/0x1) ipa=0x0|event myprobe"
      })
  void whatIsNotUnderstoodIsCountedByKind(String event, String kind) {
    TextInput input = read(line(event), "no line at all");

    assertThat(input.capture.kernelTrace("trace.txt")).isEmpty();
    assertThat(input.lines.misunderstood().byKind()).containsOnlyKeys(kind, "text");
  }

  @Test
  void aUserNamesProbes() {
    ProbeNames names = ProbeNames.DEFAULT.with("my_map", ProbeMeaning.STAGE2_MAKE_YOUNG);

    TextInput input =
        TextInput.read(
            new FtraceReader(names),
            "trace.txt",
            line("my_map: (f+0x0/0x1) ipa=0x3000"),
            line("my_map_ret: (g+0x4/0x8 <- f) ret=0"));

    assertThat(input.capture.kernelTrace("trace.txt"))
        .extracting(KernelLine::fact)
        .containsExactly(
            called(new KernelCall.Stage2MakeYoung(new Gpa(0x3000))),
            new KernelFact.Returned(ProbeMeaning.STAGE2_MAKE_YOUNG, 0));
  }

  private static String line(String event) {
    return " qemu-system-aar-74      [001] .....    12.271388: " + event;
  }

  private static TextInput read(String... lines) {
    return TextInput.read(new FtraceReader(ProbeNames.DEFAULT), "trace.txt", lines);
  }
}
