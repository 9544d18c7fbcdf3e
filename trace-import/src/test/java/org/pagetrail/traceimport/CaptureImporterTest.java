package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.InputRead;
import org.pagetrail.events.RunEvent.LinesNotUnderstood;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.Standing;
import org.pagetrail.events.host.FixWords;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.input.ImportException;

class CaptureImporterTest {
  private static final String MEMSLOT =
      "memslot: (f+0x0/0x1) slot=1 flags=0x2 gpa=0x4000000 size=0x2000 ua=0x7f0000";
  private static final String MEMSLOT_DONE = "memslot_ret: (g+0x0/0x1 <- f) ret=0";
  private static final String RUN =
      "{\"range\":\"gpa_0x4000000\",\"off\":\"0x1000\",\"pages\":1,\"present\":1,\"swap\":0,"
          + "\"file_or_shm\":0,\"excl\":0,\"first_pfn\":\"0x40a87\",\"pfns\":\"single\","
          + "\"flags\":\"ZERO_PAGE|RESERVED\"}";

  /** Knows a bug. */
  private static final FixWords BUG =
      new FixWords() {
        @Override
        public @Nullable List<String> standFor(String words) {
          return words.equals("bug2014") ? List.of("bug-2014") : null;
        }

        @Override
        public boolean areLike(String word) {
          return word.startsWith("fix");
        }
      };

  @TempDir Path temp;
  private CaptureFolder capture;

  @BeforeEach
  void aBoot() throws IOException {
    capture = new CaptureFolder(temp, "bug2014-6.1-example");
    capture
        .kernel(1, MEMSLOT)
        .kernel(2, MEMSLOT_DONE)
        .kernel(50, "tracing_mark_write: CONT")
        .kernel(60, "kvm_entry: PC: 0x0")
        .kernel(90, "kvm_exit: IRQ: HSR_EC: 0x0000 (UNKNOWN), PC: 0x0");
  }

  @Test
  void theHostIsAssumedFromTheFolderAndTheSwitchOfItsRule() throws IOException {
    capture.file("thp.txt", "always madvise [never]", "1", "1");
    capture.file("cmdline.txt", "qemu-system-aarch64 -M virt -bios efi.fd");

    Trail trail = capture.imported().trail();

    assertThat(trail.at(0).standing()).isEqualTo(Standing.ASSUMED);
    assertThat(trail.at(0).event())
        .isEqualTo(new HostDescribed("arm64", "6.1", List.of("bug-2014"), "never"));
    assertThat(CaptureFolder.events(trail, MachineDescribed.class))
        .singleElement()
        .extracting(MachineDescribed::board)
        .isEqualTo("virt");
  }

  @Test
  void theUserKnowsTheHostBetter() throws IOException {
    ImportOptions options = ImportOptions.DEFAULT.withKernel("3.18", List.of("writable-only"));

    assertThat(capture.imported(options).trail().at(0).event())
        .isEqualTo(new HostDescribed("unknown", "3.18", List.of("writable-only"), "unknown"));
  }

  @Test
  void aHostThatNothingNamesIsUnknownAndSaidSo() throws IOException {
    CaptureFolder nameless = new CaptureFolder(temp, "capture");
    nameless.kernel(1, "kvm_guest_fault: ipa 0x0, hsr 0x82000005, hxfar 0x0, pc 0x0");

    Import imported = nameless.imported();

    assertThat(imported.trail().at(0).event())
        .isEqualTo(new HostDescribed("arm64", "unknown", List.of(), "unknown"));
    assertThat(imported.report().warnings())
        .containsExactly("no input names the host's kernel; give its release as an option");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "bug2014-6.1-bios64-thpnever, 6.1, bug-2014, never, ''",
    "debian-6.12.117-bios64, 6.12, '', unknown, ''",
    "debian-arm64-6.12, 6.12, '', unknown, ''",
    "stock-3.17-rc5-pflash2, 3.17-rc, '', unknown, ''",
    "fixg-6.1-bios64, 6.1, '', unknown, '\"fixg\" in the folder''s name'",
    "arm64-6.1-fwb, 6.1, '', unknown, 'the folder''s name says fwb, which a trail does not hold'"
  })
  void withoutAFileTheFolderSaysReleaseFixesAndHugePages(
      String name, String release, String fix, String hugePages, String warning)
      throws IOException {
    CaptureFolder folder = new CaptureFolder(temp, name);
    folder.kernel(1, "kvm_guest_fault: ipa 0x0, hsr 0x82000005, hxfar 0x0, pc 0x0");

    Import imported = folder.imported(ImportOptions.DEFAULT.withFixWords(BUG));

    assertThat(imported.trail().at(0).event())
        .isEqualTo(
            new HostDescribed(
                "arm64", release, fix.isEmpty() ? List.of() : List.of(fix), hugePages));
    assertThat(String.join("\n", imported.report().warnings())).startsWith(warning);
    assertThat(imported.report().warnings()).hasSize(warning.isEmpty() ? 0 : 1);
  }

  @Test
  void snapshotsStandBeforeTheGuestRunsAndAfterTheLastLine() throws IOException {
    capture
        .file("maps.before", "007f0000-007f2000 rw-p 00000000 00:00 0 ")
        .file("maps.after", "007f0000-007f2000 rw-p 00000000 00:00 0 ")
        .file("pagemap.before.jsonl", RUN.replace("\"present\":1", "\"present\":0"))
        .file("pagemap.after.jsonl", RUN)
        .file("slot-ranges.txt", "0x4000000 0x2000 0x7f0000")
        .file(
            "hmp.log",
            "(qemu) info mtree -f",
            "FlatView #0",
            " AS \"memory\", root: system",
            "  0000000004000000-0000000004001fff (prio 0, romd): virt.flash1 KVM",
            "(qemu) info ramblock",
            "             virt.flash1    4 KiB  0x0000000010000000 0x0000000000002000"
                + " 0x0000000000002000");

    Trail trail = capture.imported().trail();

    assertThat(
            trail.entries().stream()
                .map(entry -> entry.event().type())
                .filter(type -> !type.equals("InputRead")))
        .containsExactly(
            "HostDescribed",
            "MemslotSet",
            "RamBlockAllocated",
            "FlatViewCommitted",
            "HostMapped",
            "PagesSeen",
            "MarkerSeen",
            "VcpuEntered",
            "VcpuExited",
            "PagesSeen");
    assertThat(CaptureFolder.events(trail, RamBlockAllocated.class))
        .containsExactly(
            new RamBlockAllocated("virt.flash1", new ByteSize(0x2000), new Hva(0x7f0000), null));
    HvaRange page = HvaRange.pageOf(new Hva(0x7f1000));
    assertThat(CaptureFolder.events(trail, PagesSeen.class))
        .containsExactly(
            new PagesSeen(
                page, PageKind.ABSENT, null, true, false, List.of("ZERO_PAGE", "RESERVED")),
            new PagesSeen(
                page,
                PageKind.ZERO_PAGE,
                new Pfn(0x40a87),
                true,
                false,
                List.of("ZERO_PAGE", "RESERVED")));
    assertThat(CaptureFolder.entries(trail, FlatViewCommitted.class).getFirst().timeNanos())
        .isNull();
    assertThat(CaptureFolder.events(trail, HostMapped.class)).hasSize(1);
  }

  @Test
  void pagesOfASlotThatNothingPlacesAreAWarning() throws IOException {
    capture.file("pagemap.after.jsonl", RUN.replace("0x4000000", "0x5000000"));

    assertThat(capture.imported().report().warnings())
        .containsExactly(
            "pagemap.after.jsonl:1: pages of a slot at 0x5000000, which no input places");
  }

  @Test
  void theZeroPageIsSeenAtTheTimeOfItsCheck() throws IOException {
    String check =
        "{\"zero_check\":\"watch\",\"mono\":10.000070,\"pfn_of_untouched_anon\":\"0x40a87\","
            + "\"nonzero_words_seen_by_this_process\":1,\"words\":{\"0x8\":\"0x900090\"}}";
    capture.file("zerowatch.jsonl", check, check.replace("10.000070", "99.0"));

    Trail trail = capture.imported().trail();

    assertThat(CaptureFolder.story(trail))
        .containsExactly(
            "MemslotSet",
            "VcpuEntered",
            "ZeroPageSeen",
            "ContentSeen",
            "VcpuExited <- VcpuEntered",
            "ContentSeen");
    assertThat(CaptureFolder.events(trail, ContentSeen.class).getFirst())
        .isEqualTo(new ContentSeen(new Pfn(0x40a87), true, List.of(new Word(8, 4, 0x900090))));
  }

  @Test
  void theOutcomeEndsTheRun() throws IOException {
    capture.file("outcome.txt", "ran 40 s reached=shell");

    Trail trail = capture.imported().trail();

    assertThat(CaptureFolder.events(trail, GuestReached.class))
        .containsExactly(new GuestReached("shell"));
    assertThat(CaptureFolder.events(trail, RunEnded.class)).containsExactly(new RunEnded("shell"));
  }

  @Test
  void aTimeoutReachesNothing() throws IOException {
    capture.file("outcome.txt", "ran 40 s reached=timeout");

    Trail trail = capture.imported().trail();

    assertThat(CaptureFolder.events(trail, GuestReached.class)).isEmpty();
    assertThat(CaptureFolder.events(trail, RunEnded.class))
        .containsExactly(new RunEnded("timeout"));
  }

  @Test
  void whatWasReadAndWhatWasNotUnderstoodIsInTheTrailAndTheReport() throws IOException {
    capture
        .kernel(95, "sched_switch: x")
        .kernel(96, "sched_switch: y")
        .file("trace.stats", "entries: 5", "overrun: 3")
        .file("notes.txt", "hello");

    Import imported = capture.imported();

    assertThat(CaptureFolder.events(imported.trail(), InputRead.class))
        .containsExactly(
            new InputRead("notes.txt", "unknown", 1, 0),
            new InputRead("trace.stats", "trace-stats", 2, 1),
            new InputRead("trace.txt", "ftrace", 7, 4));
    assertThat(CaptureFolder.events(imported.trail(), LinesNotUnderstood.class))
        .containsExactly(
            new LinesNotUnderstood("notes.txt", "line of an unknown format", 1, 1),
            new LinesNotUnderstood("trace.txt", "event sched_switch", 2, 6));
    assertThat(CaptureFolder.events(imported.trail(), EventsLost.class))
        .containsExactly(new EventsLost("trace.stats", 3));
    assertThat(imported.report().inputs())
        .extracting(InputReport::input)
        .containsExactly("notes.txt", "trace.stats", "trace.txt");
    assertThat(imported.report().missing()).contains("qemu-log", "maps").doesNotContain("ftrace");
  }

  @Test
  void ofTwoTracesTheLargerIsUsed() throws IOException {
    capture.file("trace-excerpt.txt", " qemu-7  [000] ..... 10.000001: kvm_entry: PC: 0x0");

    Import imported = capture.imported();

    assertThat(CaptureFolder.story(imported.trail())).hasSize(3);
    assertThat(imported.report().warnings())
        .containsExactly("more than one kernel trace; the largest is used: trace.txt");
  }

  @Test
  void anotherMonitorOnTheSameHostIsLeftOut() throws IOException {
    CaptureFolder shared = new CaptureFolder(temp, "x-6.1");
    shared.file(
        "trace.txt",
        " qemu-7  (   70) [000] ..... 10.000001: kvm_entry: PC: 0x0",
        " qemu-8  (   80) [000] ..... 10.000002: kvm_entry: PC: 0x0",
        " ksmd-9  (-----) [000] ..... 10.000003: kvm_unmap_hva_range: mmu notifier unmap range:"
            + " 0x1000 -- 0x2000");

    assertThat(CaptureFolder.story(shared.imported().trail()))
        .containsExactly("VcpuEntered", "RangeInvalidated");
    ImportOptions other = ImportOptions.DEFAULT.withProcess(80);
    assertThat(shared.imported(other).report().warnings())
        .containsExactly(
            "trace.txt: 1 lines belong to another process that runs vCPUs and are left out");
  }

  @Test
  void withoutAKernelTraceQemusLogTellsTheRun() throws IOException {
    CaptureFolder qemuOnly = new CaptureFolder(temp, "x-6.1");
    qemuOnly
        .qemu(1, "kvm_set_user_memory Slot#1 flags=0x2 gpa=0x4000000 size=0x2000 ua=0x7f0000 ret=0")
        .qemu(2, "kvm_run_exit cpu_index 0, reason 6")
        .qemu(3, "memory_region_ops_write cpu 0 mr 0x5 addr 0x4000008 value 0x9 size 4")
        .file("pagemap.before.jsonl", RUN);

    Trail trail = qemuOnly.imported().trail();

    assertThat(CaptureFolder.story(trail))
        .containsExactly("MemslotRequested", "RunReturned", "PagesSeen", "DeviceWritten");
    assertThat(CaptureFolder.events(trail, RunReturned.class))
        .containsExactly(new RunReturned(0, "KVM_EXIT_MMIO", 0));
    assertThat(CaptureFolder.events(trail, PagesSeen.class).getFirst().range().start())
        .isEqualTo(new Hva(0x7f1000));
  }

  @Test
  void aFolderWithoutAnyTraceIsNoCapture() throws IOException {
    CaptureFolder other = new CaptureFolder(temp, "x");
    other.file("notes.txt", "hello");

    assertThatThrownBy(other::imported)
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("not a capture: no file is a kernel trace or a log of QEMU")
        .hasMessageContaining("there is notes.txt; give a folder with a file such as");
  }

  @Test
  void aFolderThatIsMissingIsSaid() {
    assertThatThrownBy(
            () -> CaptureImporter.importFolder(temp.resolve("none"), ImportOptions.DEFAULT))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("none: capture not readable: there is no such file or folder")
        .hasMessageContaining("; give a file or folder that exists");
  }
}
