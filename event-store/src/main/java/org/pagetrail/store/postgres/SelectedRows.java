package org.pagetrail.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.pagetrail.store.Selection;
import org.pagetrail.store.Tag;

/**
 * What a selection holds, read a page at a time. A page is found by an index that has its rows in
 * the trail's order: that of the first tag, of the types, or of the trail.
 */
final class SelectedRows<T> implements Iterator<T> {
  private static final int PAGE = 1000;

  /** Makes a value of a row. */
  @FunctionalInterface
  interface RowReader<T> {
    /** The value; its position is column 1. */
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final String where;
  private final int trail;
  private final Selection selection;
  private final String sql;
  private final RowReader<T> reader;
  private final long end;
  private final Queue<T> page = new ArrayDeque<>();
  private long from;

  /**
   * The rows from {@code from} up to before {@code end}.
   *
   * @param columns of an entry {@code e}, its seq first
   */
  SelectedRows(
      Connection connection,
      String where,
      int trail,
      Selection selection,
      long from,
      long end,
      String columns,
      RowReader<T> reader) {
    this.connection = connection;
    this.where = where;
    this.trail = trail;
    this.selection = selection;
    this.from = from;
    this.end = end;
    this.reader = reader;
    this.sql = sql(selection, columns);
  }

  private static String sql(Selection selection, String columns) {
    List<String> conditions = new ArrayList<>();
    String source = "entry e";
    String position = "e";
    if (!selection.tags().isEmpty()) {
      source = "tag t join entry e on e.trail = t.trail and e.seq = t.seq";
      position = "t";
      conditions.add("t.key = ?");
      conditions.add("t.value = ?");
    }
    for (int more = 1; more < selection.tags().size(); more++) {
      conditions.add(
          "exists (select from tag o where o.trail = e.trail and o.key = ? and o.value = ?"
              + " and o.seq = e.seq)");
    }
    if (!selection.types().isEmpty()) {
      conditions.add("e.type = any (?)");
    }
    conditions.add(position + ".trail = ?");
    conditions.add(position + ".seq >= ?");
    conditions.add(position + ".seq < ?");
    return "select "
        + columns
        + " from "
        + source
        + " where "
        + String.join(" and ", conditions)
        + " order by "
        + position
        + ".seq limit "
        + PAGE;
  }

  @Override
  public boolean hasNext() {
    if (page.isEmpty() && from < end) {
      readOn();
    }
    return !page.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no entry is selected before " + end);
    }
    return page.remove();
  }

  private void readOn() {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Tag tag : selection.tags()) {
        query.setString(parameter++, tag.key());
        query.setString(parameter++, tag.value());
      }
      if (!selection.types().isEmpty()) {
        query.setArray(parameter++, connection.createArrayOf("text", selection.types().toArray()));
      }
      query.setInt(parameter++, trail);
      query.setLong(parameter++, from);
      query.setLong(parameter, end);
      try (ResultSet rows = query.executeQuery()) {
        long last = end;
        while (rows.next()) {
          last = rows.getLong(1);
          page.add(reader.read(rows));
        }
        from = page.size() < PAGE ? end : last + 1;
      }
    } catch (SQLException e) {
      throw Server.trouble(where, "not read", "open the trail again", e);
    }
  }
}
