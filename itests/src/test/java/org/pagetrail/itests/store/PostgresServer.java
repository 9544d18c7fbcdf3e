package org.pagetrail.itests.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The server that all tests share: in a container where Docker runs, else a PostgreSQL that is
 * unpacked and started here. Says on standard output which one it is.
 */
final class PostgresServer {
  private static final String IMAGE = "postgres:18-alpine";
  private static final PostgresServer SHARED = start();

  private final String url;
  private final String kind;
  private final AtomicInteger databases = new AtomicInteger();

  /**
   * A running server.
   *
   * @param url of its database {@code postgres}, with user and password
   */
  private PostgresServer(String url, String kind) {
    this.url = url;
    this.kind = kind;
  }

  /** The server, which runs until the tests end. */
  static PostgresServer shared() {
    return SHARED;
  }

  /** Which server this is, such as {@code PostgreSQL 18.6 started by the test}. */
  String kind() {
    return kind;
  }

  /** The URL of a new, empty database. */
  String newDatabase() {
    String name = "trails" + databases.incrementAndGet();
    execute("create database " + name);
    return url.replace("/postgres?", "/" + name + "?");
  }

  /** Runs a statement as the server's owner. */
  void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static PostgresServer start() {
    PostgresServer server =
        DockerClientFactory.instance().isDockerAvailable() ? container() : unpacked();
    System.out.println("PostgreSQL tests run on " + server.kind);
    return server;
  }

  @SuppressWarnings("resource") // runs until the tests end; its reaper removes it
  private static PostgresServer container() {
    PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withDatabaseName("postgres");
    container.start();
    String url =
        "jdbc:postgresql://"
            + container.getHost()
            + ":"
            + container.getFirstMappedPort()
            + "/postgres?user="
            + container.getUsername()
            + "&password="
            + container.getPassword();
    return new PostgresServer(url, "PostgreSQL " + versionOf(url) + " in a container");
  }

  private static PostgresServer unpacked() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
      String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres?user=postgres";
      return new PostgresServer(
          url, "PostgreSQL " + versionOf(url) + " started by the test (no Docker here)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String versionOf(String url) {
    try (Connection connection = DriverManager.getConnection(url)) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException(url, e);
    }
  }
}
