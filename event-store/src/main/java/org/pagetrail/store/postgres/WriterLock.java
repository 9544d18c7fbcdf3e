package org.pagetrail.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.pagetrail.store.StoreException;

/**
 * The right to write a trail: an advisory lock that its connection holds until it ends, however it
 * ends.
 */
final class WriterLock {
  /** Tells our locks from those of other applications in the same database. */
  private static final int CLASS = 0x70747261;

  private static final String HOLDER =
      """
      select a.pid, a.application_name, coalesce(a.client_hostname, host(a.client_addr))
      from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted and l.objsubid = 2
        and l.database = (select oid from pg_database where datname = current_database())
        and l.classid::bigint = ? and l.objid::bigint = ?
      """;

  private WriterLock() {}

  /**
   * Takes the lock of a trail.
   *
   * @throws StoreException if another connection holds it, naming that one
   */
  static void take(Connection connection, int trail, String where) throws SQLException {
    if (tryTake(connection, trail)) {
      return;
    }
    throw new StoreException(
        where,
        "not opened to write",
        "it is being written by " + holder(connection, trail),
        "wait until that has ended, or give another run name",
        null);
  }

  private static boolean tryTake(Connection connection, int trail) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
      query.setInt(1, CLASS);
      query.setInt(2, trail);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private static String holder(Connection connection, int trail) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HOLDER)) {
      query.setLong(1, CLASS);
      query.setLong(2, trail);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return "a connection that this user may not see";
        }
        String host = rows.getString(3);
        return rows.getString(2)
            + " on "
            + (host == null ? "the server's own host" : host)
            + ", server process "
            + rows.getInt(1);
      }
    }
  }
}
