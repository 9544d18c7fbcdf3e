package org.pagetrail.app.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.matrix.Cell.Verdict;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.FixRefused;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.findings.FindingKind;

/**
 * Fixes by kernels by scenarios, each cell played.
 *
 * @param columns the fixes
 * @param blocks one for each kernel
 */
public record Matrix(List<FixColumn> columns, List<Block> blocks) {
  static final String LEAK = FindingKind.REFERENCE_LEAKED.anchor();

  /** Copies the lists. */
  public Matrix {
    columns = List.copyOf(columns);
    blocks = List.copyOf(blocks);
  }

  /**
   * One kernel.
   *
   * @param zeroPage what the zero page is to it
   * @param rows one for each scenario
   */
  public record Block(String arch, String release, ZeroPageFacts zeroPage, List<Row> rows) {
    /** Copies the list. */
    public Block {
      rows = List.copyOf(rows);
    }

    /** The name of the kernel. */
    String kernel() {
      return arch + " " + release;
    }
  }

  /**
   * One scenario on one kernel.
   *
   * @param cells one for each column
   */
  public record Row(Scenario scenario, List<Cell> cells) {
    /** Copies the list. */
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** Plays every scenario on every kernel with every column of fixes. */
  public static Matrix of(
      List<FixColumn> columns, List<KernelModel> kernels, List<Scenario> scenarios) {
    List<List<Fix>> fixes = columns.stream().map(FixColumn::parsed).toList();
    List<Block> blocks = new ArrayList<>();
    for (KernelModel kernel : kernels) {
      List<Patched> patched = fixes.stream().map(column -> Patched.of(kernel, column)).toList();
      List<Row> rows = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        rows.add(
            new Row(scenario, patched.stream().map(column -> cell(column, scenario)).toList()));
      }
      blocks.add(new Block(kernel.arch().word(), kernel.release(), ZeroPageFacts.of(kernel), rows));
    }
    return new Matrix(columns, blocks);
  }

  /** A kernel with the fixes of a column in it; null if it cannot take them, and why. */
  private record Patched(@Nullable KernelModel kernel, String refusal) {

    static Patched of(KernelModel kernel, List<Fix> fixes) {
      try {
        return new Patched(Fixes.apply(kernel, fixes), "");
      } catch (FixRefused refused) {
        return new Patched(null, String.valueOf(refused.getMessage()));
      }
    }
  }

  /** Whether anything was found or failed. */
  public boolean hasBad() {
    return blocks.stream()
        .flatMap(block -> block.rows().stream())
        .flatMap(row -> row.cells().stream())
        .anyMatch(Cell::isBad);
  }

  private static Cell cell(Patched patched, Scenario scenario) {
    KernelModel kernel = patched.kernel();
    if (kernel == null) {
      return new Cell("refused", Verdict.REFUSED, List.of(), patched.refusal());
    }
    ScenarioRun.Result result = ScenarioRun.play(kernel, scenario);
    List<String> findings = result.findings().stream().map(FindingKind::anchor).toList();
    return new Cell(
        result.outcome(), verdict(result.outcome(), findings), findings, result.reason());
  }

  private static Verdict verdict(String outcome, List<String> findings) {
    if (outcome.equals(ScenarioRun.UNKNOWN)) {
      return Verdict.UNKNOWN;
    }
    if (outcome.startsWith("slot ")) {
      return Verdict.NO_SLOT;
    }
    boolean failed =
        outcome.startsWith("E")
            || outcome.startsWith("SIG")
            || List.of("BUG", "abort", "internal error", "no entry").contains(outcome);
    return failed ? Verdict.FAILED : findings.isEmpty() ? Verdict.GOOD : Verdict.FOUND;
  }
}
