package org.pagetrail.traceimport.ftrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pagetrail.traceimport.ImportedEvents.events;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.Samples;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputLines;

/**
 * The forms in which the kernel's tools print its events, as they were printed and as documented.
 */
class KernelTextFormsTest {
  private static final FtraceReader READER = new FtraceReader(ProbeNames.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace.txt",
        "trace-noirq.txt",
        "trace_pipe.txt",
        "perf.txt",
        "perf-ns.txt",
        "perf-pid.txt",
        "report.txt",
        "report-l.txt",
        "report-ns.txt"
      })
  void everyFormTellsTheSameGuestAccesses(String sample) {
    Import imported = Samples.imported(sample);

    assertThat(imported.report().inputs().getFirst().format()).isEqualTo("ftrace");
    assertThat(imported.report().inputs().getFirst().notUnderstood()).isEmpty();
    assertThat(events(imported, MmioExited.class))
        .containsExactly(
            new MmioExited(0, Gpa.parse("0x20010"), 1, true, 0x77),
            new MmioExited(0, Gpa.parse("0xa0008"), 1, false, 0),
            new MmioExited(0, Gpa.parse("0xa0009"), 1, true, 0x5a));
    assertThat(events(imported, MmioCompleted.class))
        .containsExactly(new MmioCompleted(0, Gpa.parse("0xa0008"), 1, 0x5a));
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace.txt", "trace-noirq.txt", "report.txt", "report-l.txt"})
  void eventsThatQemuWroteIntoTheTraceAreQemusAndKeepTheirPlace(String sample) {
    Import imported = Samples.imported(sample);

    assertThat(events(imported, MemslotRequested.class)).hasSize(5);
    List<TrailEntry> entries = imported.trail().entries();
    TrailEntry served =
        entries.stream()
            .filter(entry -> entry.event() instanceof DeviceWritten)
            .findFirst()
            .orElseThrow();
    assertThat(served.causes())
        .singleElement()
        .extracting(cause -> imported.trail().at(cause).event())
        .isEqualTo(new MmioExited(0, Gpa.parse("0x20010"), 1, true, 0x77));
    assertThat(entries)
        .filteredOn(entry -> entry.source() != null && entry.timeNanos() != null)
        .extracting(entry -> Objects.requireNonNull(entry.source()).line())
        .isSorted();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CPU:0 [LOST 920 EVENTS]|920",
        "CPU:13 [LOST EVENTS]|0",
        "CPU:1 [5 EVENTS DROPPED]|5",
        "CPU:1 [EVENTS DROPPED]|0",
        "qemu 12 [001] 24.000001: PERF_RECORD_LOST lost 7|7"
      })
  void whatTheRecorderLostIsAnEventWhereItWasLost(String line, long count) {
    TextInput input = TextInput.read(READER, "t", line);

    assertThat(input.capture.kernelTrace("t"))
        .extracting(KernelLine::fact)
        .containsExactly(new KernelFact.Lost(count));
  }

  @Test
  void aRingBufferThatWasOverwrittenLostItsFirstEvents() {
    TextInput input =
        TextInput.read(READER, "t", "# entries-in-buffer/entries-written: 65604/98725   #P:2");

    assertThat(input.capture.dropped()).singleElement().extracting("count").isEqualTo(33121L);
    assertThat(events(Samples.imported("trace_pipe-lost.txt"), EventsLost.class))
        .containsExactly(new EventsLost("trace_pipe-lost.txt", 920));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "CONT", "kvm_set_user_memory of a joker", "vcpu 0: flash"})
  void aMarkerThatOnlyLooksLikeAnEventOfQemuStaysAMarker(String text) {
    TextInput input =
        TextInput.read(READER, "t", " q-7  [000] ..... 10.000001: tracing_mark_write: " + text);

    assertThat(input.capture.qemuLogs()).isEmpty();
    assertThat(input.capture.kernelTrace("t"))
        .extracting(KernelLine::fact)
        .containsExactly(new KernelFact.Marker(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check_mmio_spte: spte ffff kvm_gen 1 spte-gen 2 valid 1",
        "fast_page_fault: vcpu 0 gva fee00000 error_code P|W sptep 00000000aa old 0x1 new 2"
            + " spurious 0 fixed 1",
        "handle_mmio_page_fault: addr:fee00000 gfn fee00 access 3",
        "kvm_access_fault: IPA: 40000000",
        "kvm_age_hva: mmu notifier age hva: 0x007fc862200000 -- 0x007fc862201000",
        "kvm_test_age_hva: mmu notifier test age hva: 0x007fc862200000",
        "kvm_mmio_emulate: Emulate MMIO at: 0x00001000 (instr: b9000001, cpsr: 600001c5)",
        "kvm_mmio_nisv: ipa 0x00000009000000, esr 0x00000093000046, far 0x00000009000000, pc 0x0",
        "kvm_mmu_spte_requested: gfn 40 pfn 1234 level 1",
        "kvm_mmu_spte_requested: gfn 40 pfn 1234 level 1 access 7",
        "kvm_set_way_flush: S/W flush at 0x0000000040000000 (cache on)",
        "kvm_toggle_cache: VM op at 0x0000000040000000 (cache was off, now on)",
        "mark_mmio_spte: sptep:00000000aa gfn fee00 access 6 gen 4",
        "kvm_entry: PC: 0x40000000",
        "kvm_entry: PC: 0x0000000040000000",
        "kvm_entry: vcpu 0",
        "kvm_entry: vcpu 0, rip 0xfff0",
        "kvm_entry: vcpu 0, rip 0xfff0 intr_info 0x00000000 error_code 0x00000000",
        "kvm_exit: PC: 0x40000000",
        "kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x40000000",
        "kvm_exit: IRQ: HSR_EC: 0x0000 (UNKNOWN), PC: 0x0000000040000000",
        "kvm_exit: reason EPT_VIOLATION rip 0xfff0 info 184 0",
        "kvm_exit: vcpu 0 reason EPT_VIOLATION rip 0xfff0 info1 0x0000000000000184 info2"
            + " 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000",
        "kvm_exit: vcpu 0 reason EPT_VIOLATION rip 0xfff0 info1 0x0000000000000184 info2"
            + " 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000 requests"
            + " 0x0000000000000000",
        "kvm_guest_fault: ipa 0x9000000, hsr 0x93810046, hxfar 0x9000018, pc 0x40001000",
        "kvm_guest_fault: ipa 0x9000000, hsr 0x93810046, hxfar 0x9000018, pc 0x00000040001000",
        "kvm_mmio: mmio unsatisfied-read len 4 gpa 0x9000018 val 0x0",
        "kvm_mmu_set_spte: gfn 40 spte 86000000012347f7 (rwxu) level 1 at 1b800",
        "kvm_tdp_mmu_spte_changed: as id 0 gfn 40 level 1 old_spte 0 new_spte 600000012347f7",
        "kvm_page_fault: address fee00000 error_code 182",
        "kvm_page_fault: vcpu 0 rip 0xfff0 address 0x00000000fee00000 error_code 0x182",
        "kvm_set_spte_hva: mmu notifier set pte hva: 0x007fc862200000",
        "kvm_unmap_hva: mmu notifier unmap hva: 0x7fc862",
        "kvm_unmap_hva_range: mmu notifier unmap range: 0x7fc862 -- 0x7fd862",
        "kvm_unmap_hva_range: mmu notifier unmap range: 0x007fc862200000 -- 0x007fc862201000",
        "kvm_userspace_exit: reason KVM_EXIT_MMIO (6)",
        "kvm_userspace_exit: reason restart (4)",
        "kvm_userspace_exit: reason 0x27 (39)"
      })
  void everyFormatOfTheReferenceIsUnderstoodInEveryForm(String event) {
    TextInput input =
        TextInput.read(
            READER,
            "t",
            "          <...>-15984   [000] ...1  1830.784363: " + event,
            "           CPU 0/KVM-15984   ( 15980) [000] d..2.  1830.784363: " + event,
            "CPU 0/KVM-15984   0d..1. 1830.784363: " + event,
            "     CPU 0/KVM 15984 [000]  1830.784363:        kvm:" + event,
            "     CPU 0/KVM 15980/15984 [000]  1830.784363123:      kvm:" + event);

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    List<KernelLine> lines = input.capture.kernelTrace("t");
    assertThat(lines).extracting(KernelLine::thread).containsOnly(15984).hasSize(5);
    assertThat(lines).extracting(KernelLine::fact).containsOnly(lines.getFirst().fact());
    assertThat(lines).extracting(KernelLine::process).containsExactly(-1, 15980, -1, -1, 15980);
    assertThat(lines.getLast().timeNanos()).isEqualTo(1830_784363123L);
  }

  /** Heads as Linux 6.18, perf 6.1 and trace-cmd 3.1 print them, by what their options leave. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // trace: default, record-tgid, without irq-info, both, process not recorded
        "           sleep-6318    [000] d..2. 46997.299055: |6318|-1|46997299055000",
        "           sleep-6318    (   6318) [000] d..2. 46997.299055: |6318|6318|46997299055000",
        "           sleep-6318    [000]  46997.299055: |6318|-1|46997299055000",
        "           sleep-6318    (   6310) [000]  46997.299055: |6318|6310|46997299055000",
        "           <...>-6318    (-------) [000] d..2. 46997.299055: |6318|-1|46997299055000",
        "           <...>-6318    (-----) [000] d..2 46997.299055: |6318|-1|46997299055000",
        // the option latency-format, in microseconds, with and without a mark for the delay
        "   sleep-6318      0d..2. 46997299055us+: |6318|-1|46997299055000",
        "migratio-6318      0d..2. 46997299055us : |6318|-1|46997299055000",
        "migratio-6318      0..... 46997299055us!: |6318|-1|46997299055000",
        // a clock that counts
        "            java-6318    [000] d..2.            4: |6318|-1|",
        "    java-6318      0d..2.    3: |6318|-1|",
        "            java-6318  [000]180422288618337: |6318|-1|",
        // trace-cmd report, its -l and -t; a command with blanks, dashes and numbers in it
        "            java-6318  [000] 46997.299055: |6318|-1|46997299055000",
        "            java-6318  [000] 46997.299055123: |6318|-1|46997299055123",
        "CPU 0/KVM-6318    0d..2. 46997.299055: |6318|-1|46997299055000",
        "CPU 0-1 [2] 7-6318  [000] 46997.299055: |6318|-1|46997299055000",
        // perf script, by its fields
        "     migration/0  6318 [000] 46997.299055: sched:|6318|-1|46997299055000",
        "     migration/0  6318 [000] 46997.299055030: sched:|6318|-1|46997299055030",
        "            java  5786/6318  [000] 46997.299055: sched:|6318|5786|46997299055000",
        "            java  6318 46997.299055: sched:|6318|-1|46997299055000",
        " 6318 46997.299055: sched:|6318|-1|46997299055000",
        "6318 [000] 46997.299055: sched:|6318|-1|46997299055000",
        "            java  6318 [000] K     46997.299055: sched:|6318|-1|46997299055000",
        "            java  6318 [000] 46997.299055:          1 sched:|6318|-1|46997299055000",
      })
  void everyHeadOfALineIsUnderstood(String head, int thread, int process, @Nullable Long nanos) {
    TextInput input =
        TextInput.read(
            READER,
            "t",
            head + "kvm_mmio: mmio write len 1 gpa 0x10 val 0x77",
            head + "kvm_ack_irq: irqchip IOAPIC pin 3");

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(READER.recognises("t", List.of(head + "kvm_mmio: mmio write"))).isTrue();
    assertThat(input.capture.kernelTrace("t"))
        .hasSize(2)
        .allSatisfy(line -> {
          assertThat(line.thread()).isEqualTo(thread);
          assertThat(line.process()).isEqualTo(process);
          assertThat(line.timeNanos()).isEqualTo(nanos);
        });
    assertThat(input.capture.kernelTrace("t").getFirst().fact())
        .isEqualTo(new KernelFact.Mmio(MmioPhase.WRITE, Gpa.parse("0x10"), 1, 0x77));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // perf script without the thread, the options raw, verbose and context-info of ftrace
        "46965.989747: kvm:kvm_mmio: mmio write len 1 gpa 0x10 val 0x77",
        "[000] 46965.989747: kvm:kvm_mmio: mmio write len 1 gpa 0x10 val 0x77",
        "6318 0 46997299054650 type: 372",
        "   sleep    6318   0 1 00000002 00000002 [af1] 46997299.055ms (+0.021ms): kvm_mmio: mmio",
        "kvm_mmio: mmio write len 1 gpa 0x10 val 0x77",
        "2026-11-23T07:00:00.000001Z kvm_run_exit cpu_index 0, reason 6",
        "17813 1795394922.163038 mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, -1, 0) = 0x7fc1f8e97000",
        "step 5 of 17: memory: write"
      })
  void aLineWithoutThreadOrTimeIsCountedAndNoTraceByItself(String line) {
    TextInput input = TextInput.read(READER, "t", line);

    assertThat(input.capture.kernelTrace("t")).isEmpty();
    assertThat(input.lines.misunderstood().total()).isOne();
    assertThat(READER.recognises("t", List.of(line))).isFalse();
  }

  @Test
  void aUsersNamesOfProbesAndTheirArgumentsMeanWhatHisFileSays() {
    ProbeNames names =
        probes(
            """
            # where the page goes
            my_map      stage2-map         addr=ipa len=size pa=phys attr=prot
            my_map_end  stage2-map return
            """);

    TextInput input =
        TextInput.read(
            new FtraceReader(names),
            "t",
            " q-7 [000] 1.000001: my_map: (kvm_pgtable_stage2_map+0x0/0x1c4) addr=0x4000000"
                + " len=0x1000 pa=0x40a87000 attr=0x4",
            " q-7 [000] 1.000002: my_map_end: (user_mem_abort+0x1/0x2 <- f) arg1=0x0",
            " q 7 [000] 1.000003: probes:s2unmap: (ffff800010) ipa=0x0 size=0x1000");

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    List<KernelFact> facts = input.capture.kernelTrace("t").stream().map(KernelLine::fact).toList();
    assertThat(((KernelFact.Called) facts.getFirst()).call())
        .isInstanceOfSatisfying(
            KernelCall.Stage2Map.class,
            map -> assertThat(map.gpa()).isEqualTo(Gpa.parse("0x4000000")));
    assertThat(facts.get(1)).isEqualTo(new KernelFact.Returned(ProbeMeaning.STAGE2_MAP, 0));
    assertThat(facts.get(2)).isInstanceOf(KernelFact.Called.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_map", "my_map no-such-meaning", "my_map stage2-map addr", "a b c=d"})
  void aLineOfSuchAFileThatSaysNothingIsRefusedWithWhatItMaySay(String line) {
    assertThatThrownBy(() -> probes("# names\n" + line + "\n"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("names:2: names of probes not understood")
        .hasMessageContaining("stage2-map, stage2-relax");
  }

  private static ProbeNames probes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ProbeFile.read(new InputLines("names", new ByteArrayInputStream(bytes), false, 100));
  }
}
