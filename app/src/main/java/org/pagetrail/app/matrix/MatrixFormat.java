package org.pagetrail.app.matrix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.text.Columns;

/** How a matrix is printed. */
public enum MatrixFormat {
  /** Columns, at 80 characters. */
  TEXT,
  /** Tables for a mail or a page. */
  MARKDOWN,
  /** Every cell with its findings and its reason. */
  JSON,
  /** One page with everything in it. */
  HTML;

  /**
   * The matrix in this format.
   *
   * @param answers whether the questions are answered, and not every cell listed
   */
  public String print(Matrix matrix, boolean answers) {
    return switch (this) {
      case TEXT -> text(tables(matrix, answers));
      case MARKDOWN -> markdown(tables(matrix, answers));
      case JSON -> JsonOutput.of(matrix) + "\n";
      case HTML -> MatrixPage.of(MatrixAnswers.tables(matrix), matrix);
    };
  }

  private static List<Table> tables(Matrix matrix, boolean answers) {
    return answers ? MatrixAnswers.tables(matrix) : MatrixAnswers.grids(matrix);
  }

  private static String text(List<Table> tables) {
    List<String> parts = new ArrayList<>();
    for (Table table : tables) {
      StringBuilder part = new StringBuilder(table.title()).append("\n").append(columns(table));
      table.notes().forEach(note -> part.append(Columns.wrapped(Printable.of(note), "", "  ")));
      parts.add(part.toString());
    }
    return String.join("\n", parts);
  }

  /** Side by side what fits into a line; what does not below it, behind the first column again. */
  private static String columns(Table table) {
    List<String> parts = new ArrayList<>();
    int from = 1;
    do {
      int end = table.columns();
      String part = part(table, from, end);
      while (end > from + 1 && part.lines().anyMatch(line -> line.length() > Columns.WIDTH)) {
        end--;
        part = part(table, from, end);
      }
      parts.add(part);
      from = end;
    } while (from < table.columns());
    return String.join("\n", parts);
  }

  private static String part(Table table, int from, int end) {
    Columns columns = new Columns("");
    Stream.concat(Stream.of(table.header()), table.rows().stream())
        .forEach(row -> {
          List<String> cells = new ArrayList<>(row.subList(0, 1));
          cells.addAll(row.subList(Math.min(from, row.size()), Math.min(end, row.size())));
          columns.row(cells.toArray());
        });
    return columns.text();
  }

  private static String markdown(List<Table> tables) {
    List<String> parts = new ArrayList<>();
    for (Table table : tables) {
      StringBuilder part = new StringBuilder("**").append(table.title()).append("**\n\n");
      part.append(markdownRow(table.header()));
      part.append(markdownRow(Collections.nCopies(table.header().size(), "---")));
      table.rows().forEach(row -> part.append(markdownRow(row)));
      if (!table.notes().isEmpty()) {
        part.append('\n');
      }
      table.notes().forEach(note -> part.append("- ").append(escaped(note)).append('\n'));
      parts.add(part.toString());
    }
    return String.join("\n", parts);
  }

  private static String markdownRow(List<String> cells) {
    return "| " + String.join(" | ", cells.stream().map(MatrixFormat::escaped).toList()) + " |\n";
  }

  private static String escaped(String text) {
    return Printable.of(text).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }
}
