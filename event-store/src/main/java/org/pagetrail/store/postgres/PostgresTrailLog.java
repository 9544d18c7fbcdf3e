package org.pagetrail.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.Tag;
import org.pagetrail.store.TrailLog;

/**
 * A trail in a database of PostgreSQL, beside others. Several may be written at once, each by one
 * process; readers never wait. The tables are made when a trail is first opened to write.
 */
public final class PostgresTrailLog implements TrailLog {
  private static final String REOPEN =
      "open the trail again; its size then tells whether they were added";

  private final Connection connection;
  private final String where;
  private final String run;
  private final int trail;
  private final boolean writes;

  private PostgresTrailLog(
      Connection connection, String where, String run, int trail, boolean writes) {
    this.connection = connection;
    this.where = where;
    this.run = run;
    this.trail = trail;
    this.writes = writes;
  }

  /**
   * Opens a trail to append; makes an empty one if there is none.
   *
   * @param url a JDBC URL such as {@code jdbc:postgresql://host/database?user=name}
   * @throws StoreException if the server cannot be used, or somebody writes the trail; the message
   *     then says who: application, host and process
   */
  public static PostgresTrailLog write(String url, String run) {
    Connection connection = Server.connect(url);
    String where = where(url, run);
    try {
      Server.migrate(url);
      create(connection, run);
      int trail = find(connection, where, run);
      WriterLock.take(connection, trail, where);
      return new PostgresTrailLog(connection, where, run, trail, true);
    } catch (SQLException e) {
      throw closing(
          connection, Server.trouble(where, "not opened to write", "see what the server says", e));
    } catch (StoreException e) {
      throw closing(connection, e);
    }
  }

  /**
   * Opens a trail to read.
   *
   * @param url a JDBC URL such as {@code jdbc:postgresql://host/database?user=name}
   * @throws StoreException if the server cannot be used, or has no such trail
   */
  public static PostgresTrailLog read(String url, String run) {
    Connection connection = Server.connect(url);
    String where = where(url, run);
    try {
      connection.setReadOnly(true);
      if (!Server.hasTrails(connection)) {
        throw missing(where, "the database has no trails");
      }
      return new PostgresTrailLog(connection, where, run, find(connection, where, run), false);
    } catch (SQLException e) {
      throw closing(connection, Server.trouble(where, "not opened", "see what the server says", e));
    } catch (StoreException e) {
      throw closing(connection, e);
    }
  }

  private static String where(String url, String run) {
    return "trail " + run + " at " + Server.nameOf(url);
  }

  private static StoreException closing(Connection connection, StoreException trouble) {
    try {
      connection.close();
    } catch (SQLException e) {
      trouble.addSuppressed(e);
    }
    return trouble;
  }

  private static StoreException missing(String where, String why) {
    return new StoreException(
        where, "not opened", why, "import a capture into it, or give the name of a run", null);
  }

  private static void create(Connection connection, String run) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into trail (run) values (?) on conflict (run) do nothing")) {
      insert.setString(1, run);
      insert.executeUpdate();
    }
  }

  private static int find(Connection connection, String where, String run) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select id from trail where run = ?")) {
      query.setString(1, run);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw missing(where, "there is no such run");
        }
        return rows.getInt(1);
      }
    }
  }

  @Override
  public String run() {
    return run;
  }

  @Override
  public long size() {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select coalesce(max(seq) + 1, 0) from entry where trail = ?")) {
      query.setInt(1, trail);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw Server.trouble(where, "not read", "open the trail again", e);
    }
  }

  /**
   * {@inheritDoc} If the connection breaks while the server commits, nobody here can know whether
   * the entries were added; the error says so.
   */
  @Override
  public void append(List<? extends LogEntry> entries) {
    if (!writes) {
      throw new IllegalStateException(where + " was opened to read");
    }
    long next = size();
    for (LogEntry entry : entries) {
      if (entry.seq() != next++) {
        throw new IllegalArgumentException(
            "entry " + entry.seq() + " where " + (next - 1) + " is due");
      }
    }
    try {
      connection.setAutoCommit(false);
      try {
        insert(entries);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw Server.trouble(where, entries.size() + " entries not added", REOPEN, e);
    }
  }

  private void insert(List<? extends LogEntry> entries) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(EntryRows.INSERT);
        PreparedStatement tagging =
            connection.prepareStatement(
                "insert into tag (trail, key, value, seq) values (?, ?, ?, ?)")) {
      for (LogEntry entry : entries) {
        EntryRows.fill(insert, trail, entry);
        insert.addBatch();
        for (Tag tag : entry.tags()) {
          tagging.setInt(1, trail);
          tagging.setString(2, tag.key());
          tagging.setString(3, tag.value());
          tagging.setLong(4, entry.seq());
          tagging.addBatch();
        }
      }
      insert.executeBatch();
      tagging.executeBatch();
    }
  }

  @Override
  public Iterator<LogEntry> read(long from) {
    return read(Selection.ALL, from);
  }

  @Override
  public Iterator<LogEntry> read(Selection selection, long from) {
    return select(selection, from, EntryRows.COLUMNS, row -> EntryRows.read(row, where));
  }

  @Override
  public PrimitiveIterator.OfLong positions(Selection selection, long from) {
    Iterator<Long> positions = select(selection, from, "e.seq", row -> row.getLong(1));
    return new PrimitiveIterator.OfLong() {
      @Override
      public boolean hasNext() {
        return positions.hasNext();
      }

      @Override
      public long nextLong() {
        return positions.next();
      }
    };
  }

  @Override
  public LogEntry at(long seq) {
    Iterator<LogEntry> one =
        select(Selection.ALL, seq, EntryRows.COLUMNS, row -> EntryRows.read(row, where));
    if (!one.hasNext()) {
      throw new NoSuchElementException(where + " has no entry " + seq);
    }
    return one.next();
  }

  private <T> Iterator<T> select(
      Selection selection, long from, String columns, SelectedRows.RowReader<T> reader) {
    return new SelectedRows<>(connection, where, trail, selection, from, size(), columns, reader);
  }

  /** Ends the connection and with it the right to write. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was added is on the server; nothing depends on this.
    }
  }
}
