package org.pagetrail.projections.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells under a heading, columns as wide as their widest cell; what does not fit the line
 * goes below, indented.
 */
final class Table {
  private static final String INDENT = "  ";
  private static final String BELOW = "        ";
  private static final int WIDTH_MAX = 40;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heading) {
    row(heading);
  }

  void row(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Plain.escaped(cell));
    }
    rows.add(row);
  }

  /** The lines, at most {@code rowsMax} rows and then how many more there are. */
  List<String> lines(int rowsMax) {
    int shown = (int) Math.min(rows.size(), rowsMax + 1L);
    int[] widths = widths(shown);
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows.subList(0, shown)) {
      lines.addAll(line(row, widths));
    }
    if (shown < rows.size()) {
      lines.add(INDENT + (rows.size() - shown) + " more");
    }
    return lines;
  }

  private int[] widths(int shown) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows.subList(0, shown)) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.min(WIDTH_MAX, Math.max(widths[i], row.get(i).length()));
      }
    }
    return widths;
  }

  private static List<String> line(List<String> row, int[] widths) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    String indent = INDENT;
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      if (!line.isEmpty() && indent.length() + line.length() + cell.length() > Plain.COLUMNS) {
        lines.addAll(broken(line.toString(), indent));
        indent = BELOW;
        line = new StringBuilder();
      }
      line.append(cell);
      if (i + 1 < row.size()) {
        line.append(" ".repeat(Math.max(0, widths[i] - cell.length()) + 2));
      }
    }
    lines.addAll(broken(line.toString(), indent));
    return lines;
  }

  /** A cell longer than a line is cut into lines. */
  private static List<String> broken(String text, String indent) {
    List<String> lines = new ArrayList<>();
    String rest = text.stripTrailing();
    String before = indent;
    while (before.length() + rest.length() > Plain.COLUMNS) {
      int room = Plain.COLUMNS - before.length();
      lines.add(before + rest.substring(0, room));
      rest = rest.substring(room);
      before = BELOW;
    }
    lines.add(before + rest);
    return lines;
  }
}
