package org.pagetrail.app.matrix;

import java.util.List;
import java.util.Locale;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.matrix.Matrix.Block;
import org.pagetrail.app.matrix.Matrix.Row;

/** A matrix as one web page that loads nothing. */
final class MatrixPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Fixes, architectures, scenarios</title>
      <style>
      body { font: 14px/1.4 sans-serif; margin: 2em; max-width: 70em; }
      table { border-collapse: collapse; margin: .5em 0; }
      th, td { border: 1px solid #999; padding: .2em .6em; text-align: left; }
      td { font-family: monospace; white-space: nowrap; }
      .found, .failed { background: #fdd; }
      .unknown, .refused, .no_slot { background: #eee; color: #555; }
      .good { background: #efe; }
      </style>
      </head>
      <body>
      """;

  private MatrixPage() {}

  static String of(List<Table> answers, Matrix matrix) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>Fixes, architectures, scenarios</h1>\n");
    for (Table table : answers) {
      page.append("<h2>").append(escaped(table.title())).append("</h2>\n<table>\n");
      page.append(row("th", table.header()));
      table.rows().forEach(cells -> page.append(row("td", cells)));
      page.append("</table>\n");
      table.notes().forEach(note -> page.append("<p>").append(escaped(note)).append("</p>\n"));
    }
    matrix.blocks().forEach(block -> page.append(grid(matrix, block)));
    return page.append("</body>\n</html>\n").toString();
  }

  private static String grid(Matrix matrix, Block block) {
    StringBuilder grid = new StringBuilder("<h2>").append(escaped(block.kernel()));
    grid.append("</h2>\n<table>\n<tr><th>scenario</th>");
    matrix
        .columns()
        .forEach(column ->
            grid.append("<th title=\"")
                .append(escaped(String.join(", ", column.fixes())))
                .append("\">")
                .append(escaped(column.label()))
                .append("</th>"));
    grid.append("</tr>\n");
    for (Row row : block.rows()) {
      grid.append("<tr><th title=\"").append(escaped(row.scenario().sentence())).append("\">");
      grid.append(escaped(row.scenario().name())).append("</th>");
      row.cells().forEach(cell -> grid.append(cell(cell)));
      grid.append("</tr>\n");
    }
    return grid.append("</table>\n").toString();
  }

  private static String cell(Cell cell) {
    String found = cell.findings().isEmpty() ? "" : String.join(", ", cell.findings()) + "; ";
    return "<td class=\""
        + cell.verdict().name().toLowerCase(Locale.ROOT)
        + "\" title=\""
        + escaped(found + cell.reason())
        + "\">"
        + escaped(cell.text())
        + "</td>";
  }

  private static String row(String tag, List<String> cells) {
    StringBuilder row = new StringBuilder("<tr>");
    cells.forEach(cell ->
        row.append('<')
            .append(tag)
            .append('>')
            .append(escaped(cell))
            .append("</")
            .append(tag)
            .append('>'));
    return row.append("</tr>\n").toString();
  }

  private static String escaped(String text) {
    return Printable.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
