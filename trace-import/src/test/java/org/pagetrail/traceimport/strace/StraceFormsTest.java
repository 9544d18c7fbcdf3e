package org.pagetrail.traceimport.strace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.SystemCalls;

/** Lines as strace 6.1 prints them under its options. */
class StraceFormsTest {
  private static final String REGION =
      "guest_phys_addr=0xfffc0000, memory_size=262144, userspace_addr=0x7ff3a3200000}) = 0";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 1795440331.098178 ioctl(8, KVM_SET_USER_MEMORY_REGION, {slot=1, flags=KVM_MEM_READONLY,"
            + " ",
        "7 1795440331.098178 ioctl(8, 0x4020ae46, {slot=1, flags=0x2, ",
        "7 1795440331.098178 ioctl(8, 0x4020ae46 /* KVM_SET_USER_MEMORY_REGION */, {slot=1,"
            + " flags=0x2 /* KVM_MEM_READONLY */, ",
        "7 1795440331.098178 [00007f779172dd6b] ioctl(8, KVM_SET_USER_MEMORY_REGION, {slot=1,"
            + " flags=KVM_MEM_READONLY, ",
        "7 1795440331.098178 [  16] ioctl(8, KVM_SET_USER_MEMORY_REGION, {slot=1,"
            + " flags=KVM_MEM_READONLY, ",
        "7<qemu-system-x86> 1795440331.098178 ioctl(8, KVM_SET_USER_MEMORY_REGION, {slot=1,"
            + " flags=KVM_MEM_READONLY, ",
        "[pid     7<qemu>] 1795440331.098178 ioctl(8<anon_inode:kvm-vm>,"
            + " KVM_SET_USER_MEMORY_REGION, {slot=1, flags=KVM_MEM_READONLY, ",
        "7      0.000079 ioctl(8, KVM_SET_USER_MEMORY_REGION, {slot=1, flags=KVM_MEM_READONLY, ",
        "7 14:18:51.5 (+     0.000079) ioctl(8, KVM_SET_USER_MEMORY_REGION, {slot=1,"
            + " flags=KVM_MEM_READONLY, "
      })
  void aMemslotIsReadWhateverStandsBeforeItAndHoweverNumbersAreNamed(String start) {
    TextInput input = TextInput.read(new StraceReader(), "s", start + REGION);

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    List<KernelLine> lines = input.capture.systemCalls("s").lines();
    assertThat(lines).hasSize(2).extracting(KernelLine::thread).containsOnly(7);
    assertThat(lines.getFirst().fact())
        .isInstanceOfSatisfying(
            KernelFact.Called.class,
            called ->
                assertThat(called.call())
                    .isInstanceOfSatisfying(
                        KernelCall.SetMemslot.class,
                        set -> {
                          assertThat(set.gpa()).isEqualTo(Gpa.parse("0xfffc0000"));
                          assertThat(set.flags().bits()).isEqualTo(2);
                        }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7fae8db13000",
        "mmap(NULL, 8192, 0x3, 0x22, -1, 0) = 0x7fae8db13000",
        "mmap(0, 0x2000, 0x3, 0x22, 0xffffffff, 0) = 0x7fae8db13000",
        "mmap(NULL, 8192, 0x3 /* PROT_READ|PROT_WRITE */, 0x22 /* MAP_PRIVATE|MAP_ANONYMOUS */, -1,"
            + " 0) = 0x7fae8db13000"
      })
  void aMappingHasItsRightsAndBackingAlsoFromNumbers(String line) {
    TextInput input = TextInput.read(new StraceReader(), "s", line);

    assertThat(input.capture.systemCalls("s").lines())
        .extracting(KernelLine::fact)
        .filteredOn(
            fact -> fact instanceof KernelFact.OfHost of && of.event() instanceof HostMapped)
        .singleElement()
        .satisfies(fact -> {
          HostMapped mapped = (HostMapped) ((KernelFact.OfHost) fact).event();
          assertThat(mapped.backing()).isEqualTo(Backing.PRIVATE_ANONYMOUS);
          assertThat(mapped.perms()).hasToString("rw-");
        });
  }

  @Test
  void timesSinceTheLineBeforeAddUpEachInTheMiddleOfWhatItMayBe() {
    TextInput input =
        TextInput.read(
            new StraceReader(),
            "s",
            "7      0.000000 brk(NULL) = 0x1000",
            "7      0.000100 munmap(0x1000, 4096) = 0",
            "8     10.000001 ioctl(8, KVM_RUN, 0) = 0",
            "8      0.000000001 ioctl(8, KVM_RUN, 0) = 0");

    assertThat(input.capture.systemCalls("s").clock()).isEqualTo(SystemCalls.Clock.FIRST_LINE);
    assertThat(input.capture.systemCalls("s").lines())
        .extracting(KernelLine::timeNanos)
        .containsExactly(101_000L, 101_000L, 10_000_102_500L, 10_000_102_501L);
    assertThat(input.capture.systemCalls("s").runs())
        .containsExactly(
            new SystemCalls.Run(8, 10_000_102_500L, 10_000_102_501L),
            new SystemCalls.Run(8, 10_000_102_501L, null));
  }

  @Test
  void timesSinceTheLineBeforeSayNothingInAFileOfOneThread() {
    TextInput input =
        TextInput.read(new StraceReader(), "s.17", "     0.000100 munmap(0x1000, 4096) = 0");

    assertThat(input.capture.systemCalls("s.17").lines())
        .isNotEmpty()
        .extracting(KernelLine::timeNanos)
        .containsOnlyNulls();
  }

  @Test
  void callersOfACallAreKnownAndNotUsed() {
    TextInput input =
        TextInput.read(
            new StraceReader(),
            "s",
            "7 munmap(0x1000, 4096) = 0",
            " > /usr/lib/libc.so.6(munmap+0xb) [0x1ab70]",
            " > unexpected_backtracing_error [0x7ffd]");

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.lines.unused().byKind()).containsOnlyKeys("callers of a call");
  }

  @Test
  void aRegionThatStraceGivesByItsAddressOnlyIsCounted() {
    TextInput input =
        TextInput.read(new StraceReader(), "s", "ioctl(0x8, 0x4020ae46, 0x7ffc1000) = 0");

    assertThat(input.lines.misunderstood().byKind()).containsOnlyKeys("ioctl with other arguments");
  }
}
