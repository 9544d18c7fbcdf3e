package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.kvm.KvmCommand.AccessMemory;
import org.pagetrail.kvm.KvmCommand.Advice;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/**
 * The 65 cases of the kernel's own selftest page_fault_test for arm64: a guest with its own page
 * tables, which lie in a slot too, accesses one page of data; counted are MMIO exits, failures of
 * KVM_RUN, and pages that the host had to bring in.
 */
class PageFaultSelftestTest {
  private static final int ENOSYS = 38;
  private static final Hva DATA_HVA = new Hva(0x7f0000000000L);
  private static final Hva TABLE_HVA = new Hva(0x7f0000100000L);
  private static final Gpa DATA = new Gpa(0x8000_0000L);
  private static final Gpa TABLE = new Gpa(0x7000_0000L);
  private static final ByteSize TABLE_SIZE = new ByteSize(26L << 12);
  private static final SlotId DATA_SLOT = SlotId.of(1);
  private static final SlotId TABLE_SLOT = SlotId.of(2);

  /**
   * Number, access, access flag cleared before, slot flags, holes (Data, Page table); then exits,
   * failures, pages brought in, data page dirty, table page dirty.
   */
  private static final String CASES =
      """
       1 read64     yes 0      -  0 0 0 - -
       2 ld_preidx  yes 0      -  0 0 0 - -
       3 cas        yes 0      -  0 0 0 - -
       4 write64    yes 0      -  0 0 0 - -
       5 st_preidx  yes 0      -  0 0 0 - -
       6 dc_zva     yes 0      -  0 0 0 - -
       7 exec       yes 0      -  0 0 0 - -
       8 read64     no  0      D  0 0 0 - -
       9 cas        no  0      D  0 0 0 - -
      10 ld_preidx  no  0      D  0 0 0 - -
      11 write64    no  0      D  0 0 0 - -
      12 st_preidx  no  0      D  0 0 0 - -
      13 at         no  0      D  0 0 0 - -
      14 dc_zva     no  0      D  0 0 0 - -
      15 read64     yes 0      DP 0 0 2 - -
      16 read64     no  0      DP 0 0 2 - -
      17 cas        yes 0      DP 0 0 2 - -
      18 at         no  0      DP 0 0 1 - -
      19 ld_preidx  yes 0      DP 0 0 2 - -
      20 write64    yes 0      DP 0 0 2 - -
      21 dc_zva     yes 0      DP 0 0 2 - -
      22 st_preidx  yes 0      DP 0 0 2 - -
      23 exec       yes 0      DP 0 0 2 - -
      24 read64     yes LOG    -  0 0 0 0 1
      25 read64     no  LOG    -  0 0 0 0 0
      26 ld_preidx  yes LOG    -  0 0 0 0 1
      27 at         no  LOG    -  0 0 0 0 0
      28 exec       yes LOG    -  0 0 0 0 1
      29 write64    yes LOG    -  0 0 0 1 1
      30 cas        yes LOG    -  0 0 0 1 1
      31 dc_zva     yes LOG    -  0 0 0 1 1
      32 st_preidx  yes LOG    -  0 0 0 1 1
      33 read64     yes LOG    DP 0 0 2 0 1
      34 read64     no  LOG    DP 0 0 2 0 0
      35 ld_preidx  yes LOG    DP 0 0 2 0 1
      36 at         yes LOG    DP 0 0 1 0 1
      37 exec       yes LOG    DP 0 0 2 0 1
      38 write64    yes LOG    DP 0 0 2 1 1
      39 cas        yes LOG    DP 0 0 2 1 1
      40 dc_zva     yes LOG    DP 0 0 2 1 1
      41 st_preidx  yes LOG    DP 0 0 2 1 1
      42 read64     no  RO     -  0 0 0 - -
      43 ld_preidx  no  RO     -  0 0 0 - -
      44 at         no  RO     -  0 0 0 - -
      45 exec       no  RO     -  0 0 0 - -
      46 write64    no  RO     -  1 0 0 - -
      47 dc_zva     no  RO     -  0 1 0 - -
      48 cas        no  RO     -  0 1 0 - -
      49 st_preidx  no  RO     -  0 1 0 - -
      50 read64     no  RO+LOG -  0 0 0 0 -
      51 ld_preidx  no  RO+LOG -  0 0 0 0 -
      52 at         no  RO+LOG -  0 0 0 0 -
      53 exec       no  RO+LOG -  0 0 0 0 -
      54 write64    no  RO+LOG -  1 0 0 0 -
      55 dc_zva     no  RO+LOG -  0 1 0 - -
      56 cas        no  RO+LOG -  0 1 0 - -
      57 st_preidx  no  RO+LOG -  0 1 0 - -
      58 read64     no  RO     DP 0 0 2 - -
      59 ld_preidx  no  RO     DP 0 0 2 - -
      60 at         no  RO     DP 0 0 1 - -
      61 exec       no  RO     DP 0 0 2 - -
      62 write64    no  RO     DP 1 0 2 - -
      63 cas        no  RO     DP 0 1 2 - -
      64 dc_zva     no  RO     DP 0 1 1 - -
      65 st_preidx  no  RO     DP 0 1 1 - -
      """;

  private VirtualMachine vm = new VirtualMachine(Kernels.of(Arch.ARM64, "7.2"));
  private int exits;
  private int failures;
  private int broughtIn;

  static Stream<List<String>> cases() {
    return CASES.lines().map(line -> List.of(line.strip().split(" +", -1)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCaseEndsAsTheSelftestExpects(List<String> row) {
    run(Kernels.of(Arch.ARM64, "7.2"), row);

    assertThat(List.of(exits, failures, isWatched(row) ? broughtIn : 0))
        .as("exits, failures and pages of case " + row)
        .isEqualTo(row.subList(5, 8).stream().map(Integer::valueOf).toList());
    assertDirty(row.get(8), DATA_SLOT, DATA);
    assertDirty(row.get(9), TABLE_SLOT, TABLE);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "arm64, 4.4, read",
    "arm64, 4.9, ENOSYS",
    "arm64, 4.18, ENOSYS",
    "arm64, 5.10, read",
    "arm64, 5.13, aborted",
    "arm64, 6.1, read",
    "arm, 4.9, read",
    "arm, 4.18, read"
  })
  void from2016UntilTheFixOf2022WalksOfTablesInReadOnlySlotsCountedAsWrites(
      String arch, String release, String outcome) {
    List<String> read = List.of("42", "read64", "no", "RO", "-", "0", "0", "0", "-", "-");

    run(Kernels.of(Arch.of(arch), release), read);
    failures = 0;
    boolean aborted = walk(AccessKind.WALK_READ).stream().anyMatch(AbortInjected.class::isInstance);

    assertThat(aborted ? "aborted" : failures > 0 ? "ENOSYS" : "read").isEqualTo(outcome);
  }

  /** Only where holes are in both, the selftest watches them with userfaultfd. */
  private static boolean isWatched(List<String> row) {
    return row.get(4).equals("DP");
  }

  private void run(KernelModel kernel, List<String> row) {
    vm = new VirtualMachine(kernel);
    map(DATA_HVA, ByteSize.PAGE);
    map(TABLE_HVA, TABLE_SIZE);
    SlotFlags flags = flags(row.get(3));
    vm.request(new KvmCommand.SetMemslot(DATA_SLOT, flags, DATA, ByteSize.PAGE, DATA_HVA));
    vm.request(new KvmCommand.SetMemslot(TABLE_SLOT, flags, TABLE, TABLE_SIZE, TABLE_HVA));
    boolean clearsAccessFlag = row.get(2).equals("yes");
    if (clearsAccessFlag) {
      access(AccessKind.WRITE, TABLE);
    }
    punch(row.get(4));
    exits = 0;
    failures = 0;
    broughtIn = 0;
    walk(AccessKind.WALK_READ);
    if (clearsAccessFlag) {
      walk(AccessKind.WALK_WRITE);
    }
    if (!row.get(1).equals("at")) {
      List<Event> events = access(kind(row.get(1)), DATA);
      if (events.stream().anyMatch(MmioExited.class::isInstance)) {
        // The monitor answers by storing into the slot's memory itself.
        perform(new KvmCommand.HostWrite(DATA_HVA, 8, 1));
        perform(new KvmCommand.CompleteMmio(0, DATA, 8, 0));
      }
    }
  }

  private List<Event> walk(AccessKind kind) {
    return access(kind, TABLE);
  }

  private List<Event> access(AccessKind kind, Gpa gpa) {
    List<Event> events =
        perform(new AccessMemory(0, kind, gpa, 8, kind.writes() ? Long.valueOf(1) : null));
    for (Event event : events) {
      switch (event) {
        case MmioExited ignored -> exits++;
        case RunReturned returned when returned.errno() == ENOSYS -> failures++;
        default -> {}
      }
    }
    return events;
  }

  /** Performs a command and counts the pages that were absent before it. */
  private List<Event> perform(KvmCommand command) {
    boolean data = isPresent(DATA_HVA);
    boolean table = isPresent(TABLE_HVA);
    List<Event> events = vm.perform(command);
    broughtIn += !data && isPresent(DATA_HVA) ? 1 : 0;
    broughtIn += !table && isPresent(TABLE_HVA) ? 1 : 0;
    return events;
  }

  private boolean isPresent(Hva hva) {
    return vm.state().host().pageAt(hva) != null;
  }

  private void map(Hva hva, ByteSize size) {
    HvaRange range = new HvaRange(hva, size);
    vm.perform(
        new KvmCommand.MapHost(
            range, Backing.PRIVATE_ANONYMOUS, Perms.RW, HugeAdvice.NONE, "", Details.NONE));
    vm.perform(new KvmCommand.HostFill(range, 1));
  }

  private void punch(String holes) {
    if (holes.contains("D")) {
      vm.perform(new KvmCommand.Madvise(new HvaRange(DATA_HVA, ByteSize.PAGE), Advice.DONTNEED));
    }
    if (holes.contains("P")) {
      vm.perform(new KvmCommand.Madvise(new HvaRange(TABLE_HVA, TABLE_SIZE), Advice.DONTNEED));
    }
  }

  private void assertDirty(String expected, SlotId slot, Gpa page) {
    if (!expected.equals("-")) {
      assertThat(vm.state().slots().dirty(slot).contains(page.gfn()))
          .as("page " + page + " is dirty")
          .isEqualTo(expected.equals("1"));
    }
  }

  private static SlotFlags flags(String text) {
    int bits = text.contains("RO") ? SlotFlags.READONLY : 0;
    return new SlotFlags(bits).withLogDirty(text.contains("LOG"));
  }

  private static AccessKind kind(String access) {
    return switch (access) {
      case "read64" -> AccessKind.READ;
      case "write64" -> AccessKind.WRITE;
      case "cas" -> AccessKind.ATOMIC;
      case "ld_preidx" -> AccessKind.READ_PAIR;
      case "st_preidx" -> AccessKind.WRITE_PAIR;
      case "dc_zva" -> AccessKind.ZERO_BLOCK;
      case "exec" -> AccessKind.EXECUTE;
      default -> throw new AssertionError(access);
    };
  }
}
