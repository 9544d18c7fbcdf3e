package org.pagetrail.app.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed in columns as wide as their widest cell. */
public final class Columns {
  /** How wide output may be. */
  public static final int WIDTH = 80;

  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;

  /** Columns that begin with {@code indent}. */
  public Columns(String indent) {
    this.indent = indent;
  }

  /** Adds a row; rows may differ in length. */
  public Columns row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell.toString());
    }
    rows.add(row);
    return this;
  }

  /** The rows as lines, numbers to the right, everything else to the left. */
  public String text() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = row.get(i).length();
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String padding = " ".repeat(widths.get(i) - cell.length());
        line.append(i == 0 ? "" : "  ");
        line.append(isNumber(cell) ? padding + cell : cell + padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty() && cell.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** A paragraph broken at blanks so that no line is wider than 80 columns where that can be. */
  public static String wrapped(String paragraph, String firstIndent, String nextIndent) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(firstIndent);
    boolean fresh = true;
    for (String word : paragraph.split(" ", -1)) {
      if (!fresh && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(nextIndent);
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    return text.append(line).append('\n').toString();
  }
}
