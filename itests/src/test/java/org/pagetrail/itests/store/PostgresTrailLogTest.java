package org.pagetrail.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.Tag;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.Entries;
import org.pagetrail.store.contract.TrailLogContract;
import org.pagetrail.store.postgres.PostgresTrailLog;

/** What every log keeps, and what only a server can do. */
class PostgresTrailLogTest extends TrailLogContract {
  private final String url = PostgresServer.shared().newDatabase();

  @BeforeEach
  void sayWhichServer(TestReporter reporter) {
    reporter.publishEntry("server", PostgresServer.shared().kind());
  }

  @Override
  protected TrailLog write(String run) {
    return PostgresTrailLog.write(url, run);
  }

  @Override
  protected TrailLog read(String run) {
    return PostgresTrailLog.read(url, run);
  }

  @Test
  void aSecondWriterIsToldWhoTheFirstOneIs() {
    try (TrailLog first = PostgresTrailLog.write(url + "&ApplicationName=night-import", "boot")) {
      assertThatThrownBy(() -> write("boot"))
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "trail boot at postgresql://[^?]*: not opened to write: it is being written by"
                  + " night-import on \\S+, server process \\d+; wait until that has ended, .*");
      first.append(new Entries(1).next(1));
    }
    try (TrailLog first = write("boot")) {
      assertThatThrownBy(() -> write("boot"))
          .hasMessageContaining("pagetrail[" + ProcessHandle.current().pid() + "] on ");
      assertThat(first.size()).isEqualTo(1);
    }
  }

  @Test
  void aWriterWhoseConnectionBreaksLeavesNothingAndLetsTheNextOneIn() {
    List<LogEntry> entries = new Entries(2).next(9);
    try (TrailLog broken = write("boot")) {
      broken.append(entries.subList(0, 3));
      PostgresServer.shared()
          .execute(
              "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                  + url.replaceFirst(".*/(\\w+)[?].*", "$1")
                  + "'");

      assertThatThrownBy(() -> broken.append(entries.subList(3, 9)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("trail boot at postgresql://");
    }
    try (TrailLog next = write("boot")) {
      assertThat(next.read(0)).toIterable().containsExactlyElementsOf(entries.subList(0, 3));
      next.append(entries.subList(3, 9));
      assertThat(next.size()).isEqualTo(9);
    }
  }

  @Test
  void whatTheServerRefusesLeavesNothingAtAll() {
    List<LogEntry> entries = new Entries(3).next(4);
    LogEntry.Foreign bad =
        new LogEntry.Foreign(
            4, "id", "a\0b", "1", null, new TreeMap<>(), new byte[0], tags("k", "v"));
    try (TrailLog log = write("boot")) {
      assertThatThrownBy(() ->
              log.append(
                  List.of(entries.get(0), entries.get(1), entries.get(2), entries.get(3), bad)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("5 entries not added");
      assertThat(log.size()).isZero();
      assertThat(log.positions(Selection.tagged(new Tag("k", "v")), 0)).isExhausted();
      log.append(entries);
      assertThat(log.read(0)).toIterable().containsExactlyElementsOf(entries);
    }
  }

  @Test
  void trailsAreWrittenBesideEachOther() {
    List<LogEntry> entries = new Entries(4).next(2000);
    try (TrailLog one = write("one");
        TrailLog two = write("two")) {
      one.append(entries.subList(0, 50));
      two.append(entries);
      one.append(entries.subList(50, 2000));

      assertThat(one.read(0)).toIterable().containsExactlyElementsOf(entries);
      assertThat(two.read(1500))
          .toIterable()
          .containsExactlyElementsOf(entries.subList(1500, 2000));
    }
  }

  @Test
  void aReaderNeverWaitsForAWriterInTheMiddleOfAnAppend() throws SQLException {
    List<LogEntry> entries = new Entries(5).next(10);
    try (TrailLog log = write("boot")) {
      log.append(entries);
    }
    try (Connection writer = DriverManager.getConnection(url);
        Statement statement = writer.createStatement();
        TrailLog reader = read("boot")) {
      writer.setAutoCommit(false);
      statement.execute(
          "insert into pagetrail.entry (trail, seq, type, body) select trail, 10, type, body"
              + " from pagetrail.entry where seq = 0");

      assertThat(reader.size()).isEqualTo(10);
      assertThat(reader.read(0)).toIterable().containsExactlyElementsOf(entries);
      writer.rollback();
    }
  }

  @Test
  void anEntryIsALineOfTheTextFormWithColumnsToAskFor() throws SQLException {
    try (TrailLog log = write("boot")) {
      log.append(new Entries(6).next(100));
    }
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from pagetrail.entry where layer = 'KVM'"
                    + " and (body::json ->> 'seq')::bigint = seq"
                    + " and body::json ->> 'standing' = standing"
                    + " and 'kvm.' || (body::json ->> 'type') = type"
                    + " and (body::json ->> 't')::bigint is not distinct from time_nanos")) {
      rows.next();
      int kvm = rows.getInt(1);
      long written =
          new Entries(6)
              .next(100).stream().filter(entry -> entry.type().startsWith("kvm.")).count();
      assertThat(kvm).isEqualTo(written).isPositive();
    }
  }

  @Test
  void whatIsMissingIsSaidWithARemedyAndWithoutThePassword() {
    assertThatThrownBy(() -> read("none"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the database has no trails; import a capture into it");
    write("other").close();
    assertThatThrownBy(() -> read("none")).hasMessageContaining("there is no such run");
    assertThatThrownBy(() ->
            PostgresTrailLog.read(
                "jdbc:postgresql://localhost:1/x?user=me&password=secret", "boot"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("postgresql://localhost:1/x: not opened: ")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> PostgresTrailLog.write("jdbc:mysql://host/db", "boot"))
        .hasMessageContaining("this is no URL of PostgreSQL; give one like");
  }

  private static SortedSet<Tag> tags(String key, String value) {
    return new TreeSet<>(List.of(new Tag(key, value)));
  }
}
