package org.pagetrail.app.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pagetrail.app.matrix.Cell.Verdict;
import org.pagetrail.app.matrix.Matrix.Block;
import org.pagetrail.app.matrix.Matrix.Row;

/**
 * What a matrix says to the two questions: is the zero page reserved everywhere, and who repairs?
 */
final class MatrixAnswers {
  /** The fault path that the patches of 2014 were written for. */
  private static final String PATCHED_ARCH = "arm64";

  /** How many scenarios fit into a line beside what was found. */
  private static final int HISTORY_MAX = 2;

  private MatrixAnswers() {}

  /** Three tables: the predicates, the repair, the price. */
  static List<Table> tables(Matrix matrix) {
    List<Table> tables = new ArrayList<>();
    tables.add(predicates(matrix));
    tables.add(repairs(matrix));
    matrix.blocks().stream()
        .filter(block -> block.arch().equals(PATCHED_ARCH))
        .findFirst()
        .ifPresent(block -> tables.add(price(matrix, block)));
    return tables;
  }

  private static Table predicates(Matrix matrix) {
    List<List<String>> rows = new ArrayList<>();
    for (Block block : matrix.blocks()) {
      ZeroPageFacts facts = block.zeroPage();
      rows.add(
          List.of(
              block.arch(),
              block.release(),
              yes(facts.valid()),
              yes(facts.reserved()),
              facts.mmio(),
              facts.mapped(),
              facts.askedFor().replaceFirst("^(" + block.arch() + "|arm64|unknown)/", "")));
    }
    boolean everywhere =
        matrix.blocks().stream()
            .allMatch(block -> block.zeroPage().valid() && block.zeroPage().reserved());
    return new Table(
        "What is the zero page to pfn_valid(), PageReserved() and kvm_is_mmio_pfn()?",
        List.of("arch", "kernel", "valid", "reserved", "mmio", "read", "type chosen by"),
        rows,
        List.of(
            everywhere
                ? "pfn_valid() and PageReserved() are both true for it on every architecture here."
                : "pfn_valid() and PageReserved() are not both true for it everywhere."));
  }

  private static Table repairs(Matrix matrix) {
    List<List<String>> rows = new ArrayList<>();
    for (Block block : matrix.blocks()) {
      List<String> row = new ArrayList<>();
      row.add(block.arch());
      for (int i = 0; i < matrix.columns().size(); i++) {
        row.add(repair(block, i));
      }
      rows.add(row);
    }
    return new Table(
        "Which fix repairs it? (the zero page read and written, both kinds of slot)",
        header("arch", matrix),
        rows,
        List.of());
  }

  private static String repair(Block block, int column) {
    int before = 0;
    int after = 0;
    int open = 0;
    int refused = 0;
    int cells = 0;
    for (Row row : block.rows()) {
      if (!row.scenario().isAboutZeroPage()) {
        continue;
      }
      Cell cell = row.cells().get(column);
      cells++;
      before += row.cells().getFirst().faults();
      after += cell.faults();
      open += cell.verdict() == Verdict.UNKNOWN ? 1 : 0;
      refused += cell.verdict() == Verdict.REFUSED ? 1 : 0;
    }
    if (cells == 0) {
      return "-";
    }
    if (refused > 0) {
      return "refused";
    }
    if (after > 0) {
      return column == 0 || after >= before ? "broken" : "in part";
    }
    return open > 0 ? ScenarioRun.UNKNOWN : before > 0 ? "repaired" : "fine";
  }

  private static Table price(Matrix matrix, Block block) {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : block.rows()) {
      if (row.scenario().isAboutZeroPage() || row.cells().stream().noneMatch(Cell::isBroken)) {
        continue;
      }
      List<String> line = new ArrayList<>();
      line.add(row.scenario().name());
      row.cells().forEach(cell -> line.add(cell.textWithoutLeak()));
      rows.add(line);
    }
    rows.add(leaks(block, Scenarios.ZERO_PAGE_READ, "zero page's reference"));
    rows.add(leaks(block, Scenarios.DAX_READ, "DAX page's reference"));
    rows.removeIf(List::isEmpty);
    return new Table(
        "What does each fix break, or leave broken, on " + block.kernel() + "?",
        header("scenario", matrix),
        rows,
        legend(matrix));
  }

  /** Whether the reference that the lookup took is dropped again; empty without the scenario. */
  private static List<String> leaks(Block block, String scenario, String label) {
    List<String> line = new ArrayList<>();
    for (Row row : block.rows()) {
      if (row.scenario().name().equals(scenario)) {
        line.add(label);
        row.cells().forEach(cell -> line.add(reference(cell)));
      }
    }
    return line;
  }

  private static String reference(Cell cell) {
    return switch (cell.verdict()) {
      case REFUSED, UNKNOWN, NO_SLOT -> cell.text();
      case GOOD, FOUND, FAILED -> cell.findings().contains(Matrix.LEAK) ? "leaks!" : "dropped";
    };
  }

  /**
   * One table a kernel: every scenario with every fix, and what was found. Of several kernels with
   * one column of fixes and few scenarios, one table with a line for each.
   */
  static List<Table> grids(Matrix matrix) {
    int scenarios = matrix.blocks().getFirst().rows().size();
    if (matrix.columns().size() == 1 && matrix.blocks().size() > 1 && scenarios <= HISTORY_MAX) {
      return List.of(history(matrix));
    }
    List<Table> tables = new ArrayList<>();
    for (Block block : matrix.blocks()) {
      List<List<String>> rows = new ArrayList<>();
      for (Row row : block.rows()) {
        List<String> line = new ArrayList<>();
        line.add(row.scenario().name());
        row.cells().forEach(cell -> line.add(cell.text()));
        rows.add(line);
      }
      List<String> notes = new ArrayList<>(notes(matrix, block));
      if (block.equals(matrix.blocks().getLast())) {
        notes.addAll(legend(matrix));
      }
      tables.add(new Table(block.kernel(), header("scenario", matrix), rows, notes));
    }
    return tables;
  }

  private static Table history(Matrix matrix) {
    List<String> header = new ArrayList<>(List.of("kernel"));
    matrix.blocks().getFirst().rows().forEach(row -> header.add(row.scenario().name()));
    header.add("found");
    List<List<String>> rows = new ArrayList<>();
    for (Block block : matrix.blocks()) {
      List<String> line = new ArrayList<>(List.of(block.kernel()));
      TreeSet<String> found = new TreeSet<>();
      for (Row row : block.rows()) {
        Cell cell = row.cells().getFirst();
        line.add(cell.text());
        found.addAll(cell.findings());
      }
      line.add(String.join(", ", found));
      rows.add(line);
    }
    String fixes = matrix.columns().getFirst().label();
    return new Table("Fixes: " + fixes, header, rows, legend(matrix));
  }

  /** What was found, is open or was refused, by column. */
  private static List<String> notes(Matrix matrix, Block block) {
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < matrix.columns().size(); i++) {
      Map<String, List<String>> said = new TreeMap<>();
      for (Row row : block.rows()) {
        Cell cell = row.cells().get(i);
        String name = row.scenario().name();
        for (String finding : cell.findings()) {
          said.computeIfAbsent("found " + finding, key -> new ArrayList<>()).add(name);
        }
        if (cell.verdict() == Verdict.UNKNOWN) {
          said.computeIfAbsent("unknown: " + cell.reason(), key -> new ArrayList<>()).add(name);
        }
        if (cell.verdict() == Verdict.REFUSED) {
          said.computeIfAbsent("refused: " + cell.reason(), key -> new ArrayList<>());
        }
      }
      String label = matrix.columns().get(i).label();
      said.forEach((what, where) ->
          notes.add(
              label
                  + ": "
                  + what
                  + (where.isEmpty() ? "" : " (" + String.join(", ", where) + ")")));
    }
    return notes;
  }

  private static List<String> legend(Matrix matrix) {
    List<String> legend = new ArrayList<>();
    for (FixColumn column : matrix.columns()) {
      if (!column.fixes().isEmpty() && !column.label().equals(String.join("+", column.fixes()))) {
        legend.add(column.label() + " = " + String.join(", ", column.fixes()));
      }
    }
    legend.add(
        "N Normal, D Device, ro and rw what the guest may do there; ! something is found; exit:"
            + " the monitor is asked; E...: KVM_RUN fails");
    return legend;
  }

  private static List<String> header(String first, Matrix matrix) {
    List<String> header = new ArrayList<>();
    header.add(first);
    matrix.columns().forEach(column -> header.add(column.label()));
    return header;
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
