package org.pagetrail.app.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.app.matrix.Cell.Verdict;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** What each of the fixes of September 2014 comes to, cell by cell. */
class MatrixTest {
  private static final List<String> FIXES =
      List.of(
          "none",
          "arch-writable-guard",
          "generic-zero-page",
          "arch-pfn-valid",
          "device-read-only",
          "arch-pfn-valid,device-read-only,ioremap-writable,map-at-creation");

  /** One outcome for each of {@link #FIXES}. */
  record Expected(String scenario, List<String> outcomes) {}

  static Stream<Expected> cellsOfArm() {
    return Stream.of(
        row("zero-page-read", "D rw", "N ro", "N ro", "N ro", "D ro", "N ro"),
        row("zero-page-written", "overwritten", "exit", "exit", "exit", "exit", "exit"),
        row("zero-page-rw-read", "D rw", "N ro", "N ro", "N ro", "D ro", "N ro"),
        row("zero-page-rw-written", "overwritten", "N rw", "N rw", "N rw", "N rw", "N rw"),
        row("huge-zero-read", "N ro", "N ro", "N ro", "N ro", "N ro", "N ro"),
        row("huge-zero-written", "exit", "exit", "exit", "exit", "exit", "exit"),
        row("real-page-read", "N ro", "N ro", "N ro", "N ro", "N ro", "N ro"),
        row("real-page-written", "exit", "exit", "exit", "exit", "exit", "exit"),
        row("device-written", "D rw", "D rw", "D rw", "D rw", "D rw", "D rw"),
        row("device-read", "D rw", "N ro", "D rw", "D rw", "D ro", "D rw"),
        row("device-read-written", "D rw", "EFAULT", "D rw", "D rw", "EFAULT", "D rw"),
        row("ro-device-read", "D rw", "N ro", "D rw", "D rw", "D ro", "D ro"),
        row("ro-device-written", "D rw", "exit", "D rw", "D rw", "exit", "exit"),
        row("reserved-ram-read", "D rw", "N ro", "D rw", "N ro", "D ro", "D rw"),
        row("reserved-ram-written", "D rw", "D rw", "D rw", "N rw", "D rw", "D rw"),
        row("ram-frames-read", "BUG", "BUG", "BUG", "BUG", "BUG", "D rw"),
        row("blank-rom-executed", "EFAULT", "runs", "runs", "runs", "EFAULT", "runs"));
  }

  @ParameterizedTest
  @MethodSource("cellsOfArm")
  void everyFixOf2014DoesToThisMemoryOnArmWhatItsCellSays(Expected expected) {
    for (Arch arch : List.of(Arch.ARM64, Arch.ARM)) {
      List<Cell> cells = cells(arch, "3.17-rc", expected.scenario(), FIXES);

      assertThat(cells).extracting(Cell::outcome).as(arch.word()).isEqualTo(expected.outcomes());
    }
  }

  @Test
  void theScenariosOfTheReferenceAreAllOfThemButDax() {
    List<String> names = new ArrayList<>(cellsOfArm().map(Expected::scenario).toList());
    names.add("dax-read");

    assertThat(Scenarios.all()).extracting(Scenario::name).containsExactlyElementsOf(names);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "none, zero-page-written, shared-page-written write-did-not-exit read-only-slot-writable"
        + " ram-mapped-device reference-leaked",
    "arch-writable-guard, device-read, device-mapped-normal",
    "arch-writable-guard, zero-page-read, reference-leaked",
    "generic-zero-page, zero-page-read, ''",
    "generic-zero-page, ro-device-written, write-did-not-exit read-only-slot-writable",
    "device-read-only, zero-page-read, ram-mapped-device reference-leaked",
    "arch-pfn-valid, reserved-ram-read, ''"
  })
  void aCellHasTheFindingsOfItsRun(String fix, String scenario, String findings) {
    Cell cell = cells(Arch.ARM64, "3.17-rc", scenario, List.of(fix)).getFirst();

    assertThat(cell.findings())
        .containsExactlyInAnyOrderElementsOf(
            findings.isEmpty() ? List.of() : Arrays.asList(findings.split(" ", -1)));
    assertThat(cell.verdict()).isEqualTo(findings.isEmpty() ? Verdict.GOOD : Verdict.FOUND);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "3.12, D ro, true",
    "3.18, D ro, true",
    "4.1, D ro, true",
    "4.4, N ro, false",
    "4.18, N ro, false",
    "6.1, N ro, false"
  })
  void x86CouldNotCacheTheZeroPageUntilItHadAPredicateOfItsOwn(
      String release, String outcome, boolean uncached) {
    Cell cell = cells(Arch.X86, release, "zero-page-read", List.of("none")).getFirst();

    assertThat(cell.outcome()).isEqualTo(outcome);
    assertThat(cell.findings().contains("ram-mapped-device")).isEqualTo(uncached);
  }

  @Test
  void aFixThatAKernelCannotTakeIsRefusedWithItsReason() {
    Cell cell = cells(Arch.X86, "6.1", "zero-page-read", List.of("arch-pfn-valid")).getFirst();

    assertThat(cell.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(cell.reason()).contains("fault path of x86 6.1");
  }

  @Test
  void whatTheModelDoesNotKnowIsUnknownWithTheQuestionThatIsOpen() {
    Cell cell = cells(Arch.POWERPC, "3.12", "zero-page-rw-read", List.of("none")).getFirst();

    assertThat(cell.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(cell.outcome()).isEqualTo("unknown");
    assertThat(cell.reason()).isNotBlank();
  }

  @Test
  void everyCellOfEveryKernelHasAVerdictAndAReason() {
    List<KernelModel> kernels = new ArrayList<>();
    for (Arch arch : Arch.values()) {
      Kernels.releases(arch).forEach(release -> kernels.add(Kernels.of(arch, release)));
    }
    Matrix matrix =
        Matrix.of(List.of(FixColumn.of("none"), FixColumn.of("a")), kernels, Scenarios.all());

    assertThat(matrix.blocks()).hasSameSizeAs(kernels);
    assertThat(matrix.blocks())
        .flatExtracting(Matrix.Block::rows)
        .flatExtracting(Matrix.Row::cells)
        .hasSize(kernels.size() * Scenarios.all().size() * 2)
        .allSatisfy(cell -> {
          assertThat(cell.reason()).isNotBlank();
          assertThat(cell.outcome()).isNotBlank().isNotEqualTo("no entry");
          if (cell.verdict() == Verdict.GOOD) {
            assertThat(cell.findings()).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "device := device && writable, 1",
    "mmio := mmio && !pfn.zero, 2",
    "device := !pfn.valid, 3",
    "device.write := writable, 4"
  })
  void aStatedFixHasTheCellsOfTheBuiltInOne(String statement, int builtIn) {
    for (Scenario scenario : Scenarios.all()) {
      List<Cell> cells =
          cells(
              Arch.ARM64,
              "3.17-rc",
              scenario.name(),
              List.of(FIXES.get(builtIn), "mine: " + statement));

      assertThat(cells.getLast().outcome()).isEqualTo(cells.getFirst().outcome());
      assertThat(cells.getLast().findings()).isEqualTo(cells.getFirst().findings());
    }
  }

  private static List<Cell> cells(Arch arch, String release, String scenario, List<String> fixes) {
    Matrix matrix =
        Matrix.of(
            fixes.stream().map(FixColumn::of).toList(),
            List.of(Kernels.of(arch, release)),
            List.of(Scenarios.named(scenario)));
    return matrix.blocks().getFirst().rows().getFirst().cells();
  }

  private static Expected row(String scenario, String... outcomes) {
    return new Expected(scenario, List.of(outcomes));
  }
}
