package org.pagetrail.app.matrix;

import java.util.List;

/**
 * A table that every format can print.
 *
 * @param title what it answers
 * @param header one word for each column
 * @param rows the cells
 * @param notes sentences below it
 */
record Table(String title, List<String> header, List<List<String>> rows, List<String> notes) {
  Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
  }

  /** How many columns the widest row has. */
  int columns() {
    return Math.max(header.size(), rows.stream().mapToInt(List::size).max().orElse(0));
  }
}
