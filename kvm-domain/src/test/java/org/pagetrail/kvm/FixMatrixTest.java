package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/**
 * What each of the fixes of September 2014 does to each kind of memory, on the kernel of that month
 * and on the one that followed.
 */
class FixMatrixTest {
  private static final Gpa PAGE = VirtualMachine.GPA.plus(0x3f80);
  private static final String OVERWRITES = "zero page overwritten";
  private static final List<String> COLUMNS =
      List.of(
          "none",
          "arch-writable-guard",
          "generic-zero-page",
          "arch-pfn-valid",
          "device-read-only",
          "3.18");

  enum Memory {
    ZERO_PAGE,
    HUGE_ZERO_PAGE,
    WRITTEN,
    BAR,
    RESERVED_RAM,
    RAM
  }

  /** A row: memory, slot, accesses; then one outcome a column. */
  record Row(
      String name, Memory memory, boolean readOnlySlot, String accesses, List<String> outcomes) {}

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "S1 read of the zero page in a read-only slot",
            Memory.ZERO_PAGE,
            true,
            "R",
            "D rw",
            "N ro",
            "N ro",
            "N ro",
            "D ro",
            "N ro"),
        row(
            "S1w later write",
            Memory.ZERO_PAGE,
            true,
            "RW",
            OVERWRITES,
            "exit",
            "exit",
            "exit",
            "exit",
            "exit"),
        row(
            "S2 read of the zero page in a writable slot",
            Memory.ZERO_PAGE,
            false,
            "R",
            "D rw",
            "N ro",
            "N ro",
            "N ro",
            "D ro",
            "N ro"),
        row(
            "S2w later write",
            Memory.ZERO_PAGE,
            false,
            "RW",
            OVERWRITES,
            "N rw",
            "N rw",
            "N rw",
            "N rw",
            "N rw"),
        row(
            "S3 read of the huge zero page in a read-only slot",
            Memory.HUGE_ZERO_PAGE,
            true,
            "R",
            "N ro",
            "N ro",
            "N ro",
            "N ro",
            "N ro",
            "N ro"),
        row(
            "S3w later write",
            Memory.HUGE_ZERO_PAGE,
            true,
            "RW",
            "exit",
            "exit",
            "exit",
            "exit",
            "exit",
            "exit"),
        row(
            "S4 read of a real page in a read-only slot",
            Memory.WRITTEN,
            true,
            "R",
            "N ro",
            "N ro",
            "N ro",
            "N ro",
            "N ro",
            "N ro"),
        row(
            "S4w later write",
            Memory.WRITTEN,
            true,
            "RW",
            "exit",
            "exit",
            "exit",
            "exit",
            "exit",
            "exit"),
        row(
            "S5 write to a BAR",
            Memory.BAR,
            false,
            "W",
            "D rw",
            "D rw",
            "D rw",
            "D rw",
            "D rw",
            "D rw"),
        row(
            "S6 read of a BAR",
            Memory.BAR,
            false,
            "R",
            "D rw",
            "N ro",
            "D rw",
            "D rw",
            "D ro",
            "D rw"),
        row(
            "S6w later write",
            Memory.BAR,
            false,
            "RW",
            "D rw",
            "errno 14",
            "D rw",
            "D rw",
            "errno 14",
            "D rw"),
        row(
            "S7 read of a BAR in a read-only slot",
            Memory.BAR,
            true,
            "R",
            "D rw",
            "N ro",
            "D rw",
            "D rw",
            "D ro",
            "D ro"),
        row(
            "S7w later write",
            Memory.BAR,
            true,
            "RW",
            "D rw",
            "exit",
            "D rw",
            "D rw",
            "exit",
            "exit"),
        row(
            "S8 read of reserved RAM by its frames",
            Memory.RESERVED_RAM,
            false,
            "R",
            "D rw",
            "N ro",
            "D rw",
            "N ro",
            "D ro",
            "D rw"),
        row(
            "S8w write of reserved RAM by its frames",
            Memory.RESERVED_RAM,
            false,
            "W",
            "D rw",
            "D rw",
            "D rw",
            "N rw",
            "D rw",
            "D rw"),
        row(
            "S9 read of other RAM by its frames",
            Memory.RAM,
            false,
            "R",
            "BUG",
            "BUG",
            "BUG",
            "BUG",
            "BUG",
            "D rw"),
        row(
            "S10 fetch from the zero page",
            Memory.ZERO_PAGE,
            true,
            "X",
            "errno 14",
            "direct",
            "direct",
            "direct",
            "errno 14",
            "direct"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyFixDoesToThisMemoryWhatTheTableSays(Row row) {
    List<String> got = new ArrayList<>();
    for (String column : COLUMNS) {
      got.add(outcome(row, kernel(column)));
    }

    assertThat(got).as(row.name()).isEqualTo(row.outcomes());
  }

  private static String outcome(Row row, KernelModel kernel) {
    ThpMode thp = row.memory() == Memory.HUGE_ZERO_PAGE ? ThpMode.ALWAYS : ThpMode.NEVER;
    VirtualMachine vm = new VirtualMachine(kernel, Machine.DEFAULT, thp);
    switch (row.memory()) {
      case ZERO_PAGE, HUGE_ZERO_PAGE -> vm.withAnonymousMemory();
      case WRITTEN -> {
        vm.withAnonymousMemory();
        vm.perform(new KvmCommand.HostFill(VirtualMachine.range(), 0xff));
      }
      case BAR -> vm.withFrames(PageKind.DEVICE);
      case RESERVED_RAM -> vm.withFrames(PageKind.RESERVED_RAM);
      case RAM -> vm.withFrames(PageKind.UNKNOWN);
    }
    vm.withSlot(row.readOnlySlot() ? SlotFlags.READ_ONLY : SlotFlags.NONE);
    String end = "";
    for (char access : row.accesses().toCharArray()) {
      end =
          switch (access) {
            case 'R' -> vm.read(PAGE);
            case 'W' -> vm.write(PAGE, 0x98);
            default -> vm.access(AccessKind.EXECUTE, PAGE, null);
          };
    }
    if (!end.equals("direct")) {
      return end;
    }
    if (vm.state().host().zeroPageIsDirty()) {
      return OVERWRITES;
    }
    Stage2Leaves leaf = vm.entry(PAGE);
    boolean executed = row.accesses().endsWith("X") && leaf != null && leaf.perms().execute();
    return executed ? "direct" : vm.entryText(PAGE);
  }

  private static KernelModel kernel(String column) {
    return column.equals("3.18")
        ? Kernels.of(Arch.ARM64, "3.18")
        : Fixes.apply(Kernels.of(Arch.ARM64, "3.17-rc"), Fixes.parse(column));
  }

  private static Row row(
      String name, Memory memory, boolean readOnlySlot, String accesses, String... outcomes) {
    return new Row(name, memory, readOnlySlot, accesses, List.of(outcomes));
  }
}
