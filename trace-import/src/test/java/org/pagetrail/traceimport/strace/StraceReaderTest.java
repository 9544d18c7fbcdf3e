package org.pagetrail.traceimport.strace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.pagetrail.traceimport.ImportedEvents.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.RunEvent.ClockJoined;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.Samples;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.SystemCalls;
import org.pagetrail.traceimport.input.ImportException;

/** What strace printed of a small monitor, and lines as they are known of others. */
class StraceReaderTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"strace-ttt.txt", "strace-tt.txt"})
  void everyIoctlOfAMemslotIsReadWithItsAnswer(String sample) {
    assertThat(events(Samples.imported(sample), MemslotSet.class))
        .extracting(MemslotSet::change, MemslotSet::ret)
        .containsExactly(
            tuple(SlotChange.UNSTATED, 0),
            tuple(SlotChange.UNSTATED, 0),
            tuple(SlotChange.REFUSED, -17),
            tuple(SlotChange.DELETE, 0),
            tuple(SlotChange.CREATE, 0));
  }

  @Test
  void theEndOfAVcpusRunHasItsReasonAlsoWhereStraceWasInterrupted() {
    assertThat(events(Samples.imported("strace-ttt.txt"), RunReturned.class))
        .extracting(RunReturned::reason)
        .containsExactly(
            "KVM_EXIT_MMIO", "KVM_EXIT_MMIO", "KVM_EXIT_MMIO", "KVM_EXIT_IO", "KVM_EXIT_HLT");
    assertThat(events(Samples.imported("strace-tt.txt"), RunReturned.class))
        .extracting(RunReturned::reason)
        .containsOnly("unstated")
        .hasSize(5);
  }

  @Test
  void onlyTheIoctlThatStraceDidNotDecodeIsNotUnderstood() {
    assertThat(Samples.imported("strace-ttt.txt").report().inputs().getFirst().notUnderstood())
        .hasSize(1)
        .containsKey("ioctl with other arguments");
  }

  @Test
  void callsAndTraceOfOneRunAreJoinedByTheEndsOfRunsThatBothSaw() {
    Import imported = Samples.imported("both-strace.txt", "both-trace.txt");

    ClockJoined joined = events(imported, ClockJoined.class).getFirst();
    assertThat(joined.from()).isEqualTo("system calls");
    assertThat(joined.samples()).isPositive();
    assertThat(joined.errorNanos()).isBetween(1_000L, 10_000_000L);
    assertThat(imported.trail().entries())
        .extracting(TrailEntry::timeNanos)
        .filteredOn(time -> time != null)
        .isSorted();
    assertThat(events(imported, RunReturned.class)).hasSize(5);
    assertThat(events(imported, MemslotSet.class)).hasSize(5);
  }

  @Test
  void clocksThatNothingJoinsAreRefusedUnlessTheUserSaysHow() throws IOException {
    Path calls = temp.resolve("calls");
    Files.writeString(calls, "7 1795394681.902808 munmap(0x7fc398000000, 4096) = 0\n");
    Path trace = temp.resolve("trace");
    Files.writeString(trace, " q-7  [000] ..... 10.000001: kvm_entry: vcpu 0, rip 0xfff0\n");

    assertThatThrownBy(
            () -> CaptureImporter.importInputs(List.of(calls, trace), ImportOptions.DEFAULT))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("clocks not joined")
        .hasMessageContaining("--offset");
    Import told =
        CaptureImporter.importInputs(
            List.of(calls, trace), ImportOptions.DEFAULT.withOffset(1795394671_000000000L));
    assertThat(told.trail().entries())
        .filteredOn(entry -> entry.event() instanceof HostCalled)
        .extracting(TrailEntry::timeNanos)
        .containsExactly(10_902808000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ioctl(11, KVM_RUN, 0) = -1 EINTR (Interrupted system call)",
        "17481 ioctl(11, KVM_RUN, 0) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
        "[pid 17481] 10:11:12 ioctl(11<anon_inode:kvm-vcpu:0>, KVM_RUN, 0) = -1 EINTR (Interrupted"
            + " system call) <0.000012>"
      })
  void anInterruptedRunIsARestart(String line) {
    TextInput input = TextInput.read(new StraceReader(), "s", line);

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.capture.systemCalls("s").lines())
        .extracting(KernelLine::fact)
        .containsExactly(new KernelFact.LeftToUserspace("restart", 4));
  }

  @Test
  void aCallThatSaysNothingOfMemoryMayReturnWhatItLikes() {
    TextInput input =
        TextInput.read(
            new StraceReader(),
            "s",
            "1795420689.535351 wait4(-1, 0x7ffd, WNOHANG, NULL) = -1 ECHILD (No child processes)"
                + " <0.000012>",
            "rt_sigreturn({mask=[]}) = 0",
            "exit_group(0) = ?");

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.lines.unused().byKind()).containsOnlyKeys("calls that change no memory");
  }

  @Test
  void aCallEndsWhenItsTimeIsOverAndTheThreadIsThatOfTheFile() {
    TextInput input =
        TextInput.read(
            new StraceReader(),
            "out.4711.gz",
            "1795394681.100000 ioctl(11, KVM_RUN, 0) = 0 (KVM_EXIT_MMIO) <0.250000>",
            "1795394681.500000 munmap(0x1000, 4096) = 0");

    SystemCalls calls = input.capture.systemCalls("out.4711.gz");
    assertThat(calls.lines()).extracting(KernelLine::thread).containsOnly(4711);
    assertThat(calls.lines())
        .extracting(KernelLine::timeNanos)
        .startsWith(1795394681_350000000L, 1795394681_500000000L);
    assertThat(calls.runs())
        .containsExactly(new SystemCalls.Run(4711, 1795394681_100000000L, 1795394681_350000000L));
  }

  @Test
  void aPathThatStraceShowsTellsTheBacking() {
    TextInput input =
        TextInput.read(
            new StraceReader(),
            "s",
            "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 9</memfd:ram (deleted)>, 0) = 0x7f0000000000",
            "mmap(NULL, 4097, PROT_READ, MAP_PRIVATE, 9</boot/efi.fd>, 0) = 0x7f0000001000",
            "mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = -1 ENOMEM (Cannot"
                + " allocate memory)");

    List<HostMapped> mapped =
        input.capture.systemCalls("s").lines().stream()
            .map(line -> ((KernelFact.OfHost) line.fact()).event())
            .filter(HostMapped.class::isInstance)
            .map(HostMapped.class::cast)
            .toList();
    assertThat(mapped)
        .extracting(HostMapped::backing)
        .containsExactly(Backing.MEMFD_SHARED, Backing.FILE_PRIVATE);
    assertThat(mapped.getLast().range().last()).isEqualTo(Hva.parse("0x7f0000002fff"));
  }

  @Test
  void midnightIsNoTimeThatRunsBack() {
    TextInput input =
        TextInput.read(
            new StraceReader(),
            "s",
            "7 23:59:59.999999 munmap(0x1000, 4096) = 0",
            "7 00:00:00.000001 madvise(0x1000, 4096, MADV_DONTNEED) = 0");

    assertThat(input.capture.systemCalls("s").lines())
        .extracting(KernelLine::timeNanos)
        .containsExactly(86399_999999000L, 86399_999999000L, 86400_000001000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "munmap(0xffffffffffffffff, 18446744073709551615) = 0",
        "munmap(0xfffffffffffff000, 8192) = 0",
        "mmap(NULL, 99999999999999999999, PROT_READ, MAP_PRIVATE, 3, 0) = 0x1000",
        "ioctl(4, KVM_SET_USER_MEMORY_REGION, {slot=1, flags=KVM_MEM_NEW, guest_phys_addr=0,"
            + " memory_size=0, userspace_addr=0}) = 0",
        "munmap(0x1000, 4096) = -1 ENEW (New error)"
      })
  void numbersBeyondTheirRangeAreCounted(String line) {
    TextInput input = TextInput.read(new StraceReader(), "s", line);

    assertThat(input.capture.systemCalls("s").lines()).isEmpty();
    assertThat(input.lines.misunderstood().byKind()).containsOnlyKeys("number out of range");
  }
}
