package org.pagetrail.store.postgres;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.pagetrail.store.StoreException;

/** A connection to a server's trails, and its errors in the words of the store. */
final class Server {
  /** The schema that holds the trails' tables. */
  static final String SCHEMA = "pagetrail";

  private static final String URL = "jdbc:postgresql:";

  private Server() {}

  /** The server and database of a URL, without user, password and options. */
  static String nameOf(String url) {
    String name = url.replaceFirst("[?].*", "").replaceFirst("//[^/@]*@", "//");
    return name.startsWith("jdbc:") ? name.substring("jdbc:".length()) : name;
  }

  /** Makes the tables, or brings those of an older release up to date. */
  static void migrate(String url) {
    try {
      Flyway.configure(Server.class.getClassLoader())
          .loggers("slf4j")
          .dataSource(url, null, null)
          .defaultSchema(SCHEMA)
          .createSchemas(true)
          .locations("classpath:org/pagetrail/store/postgres")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          nameOf(url),
          "not ready for trails",
          firstLine(e),
          "give a database in which this user may create the schema " + SCHEMA,
          e);
    }
  }

  /**
   * Connects.
   *
   * @param url a JDBC URL, which may name user and password
   */
  static Connection connect(String url) {
    if (!url.startsWith(URL)) {
      throw new StoreException(
          nameOf(url),
          "not opened",
          "this is no URL of PostgreSQL",
          "give one like " + URL + "//host/database?user=name",
          null);
    }
    Properties defaults = new Properties();
    defaults.setProperty("ApplicationName", "pagetrail[" + ProcessHandle.current().pid() + "]");
    defaults.setProperty("reWriteBatchedInserts", "true");
    try {
      Connection connection = DriverManager.getConnection(url, defaults);
      connection.setSchema(SCHEMA);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set synchronous_commit to on");
      }
      return connection;
    } catch (SQLException e) {
      throw trouble(
          nameOf(url), "not opened", "make sure that the server runs and lets this user in", e);
    }
  }

  /** True if the database has tables for trails. */
  static boolean hasTrails(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("select to_regclass('" + SCHEMA + ".trail') is not null");
        ResultSet rows = query.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /** What the server said, as an error of the store. */
  static StoreException trouble(String where, String what, String remedy, SQLException e) {
    SQLException said =
        e instanceof BatchUpdateException && e.getNextException() != null
            ? e.getNextException()
            : e;
    return new StoreException(where, what, firstLine(said), remedy, e);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given").strip();
  }
}
