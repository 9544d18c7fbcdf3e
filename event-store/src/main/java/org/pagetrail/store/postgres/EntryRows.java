package org.pagetrail.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.text.TrailTextLine;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Foreign;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.Tag;

/** Entries as rows of the table {@code entry} and back. */
final class EntryRows {
  /** The columns that {@link #read} wants, of an {@code entry} called {@code e}. */
  static final String COLUMNS = "e.seq, e.time_nanos, e.layer, e.type, e.body, e.payload";

  /** The statement that {@link #fill} fills. */
  static final String INSERT =
      "insert into entry (trail, seq, time_nanos, layer, type, standing, body, payload)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** A message's body: what has no column of its own. */
  private record Message(
      String id, String version, SortedMap<String, String> metadata, List<Tag> tags) {}

  private EntryRows() {}

  /** Fills the statement {@link #INSERT}. */
  static void fill(PreparedStatement insert, int trail, LogEntry entry) throws SQLException {
    insert.setInt(1, trail);
    insert.setLong(2, entry.seq());
    switch (entry) {
      case Recorded recorded -> {
        TrailEntry event = recorded.entry();
        setTime(insert, event.timeNanos());
        insert.setString(4, event.event().layer().name());
        insert.setString(6, event.standing().name());
        insert.setString(7, TrailTextLine.of(event));
        insert.setNull(8, Types.BINARY);
      }
      case Foreign foreign -> {
        setTime(insert, foreign.timestampNanos());
        insert.setNull(4, Types.VARCHAR);
        insert.setNull(6, Types.VARCHAR);
        insert.setString(7, bodyOf(foreign));
        insert.setBytes(8, foreign.payload());
      }
    }
    insert.setString(5, entry.type());
  }

  /**
   * The entry of a row with the {@link #COLUMNS}.
   *
   * @throws StoreException if somebody else has written the row
   */
  static LogEntry read(ResultSet row, String where) throws SQLException {
    long seq = row.getLong(1);
    String body = row.getString(5);
    try {
      if (row.getString(3) != null) {
        return new Recorded(TrailTextLine.read(body, seq));
      }
      long time = row.getLong(2);
      Long timeNanos = row.wasNull() ? null : time;
      Message message = JSON.readValue(body, Message.class);
      return new Foreign(
          seq,
          message.id(),
          row.getString(4),
          message.version(),
          timeNanos,
          message.metadata(),
          row.getBytes(6),
          new TreeSet<>(message.tags()));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      throw new StoreException(
          where,
          "event " + seq + " not readable",
          String.valueOf(e.getMessage()),
          "read it with the release that wrote it, or restore the database",
          e);
    }
  }

  private static void setTime(PreparedStatement insert, @Nullable Long nanos) throws SQLException {
    if (nanos == null) {
      insert.setNull(3, Types.BIGINT);
    } else {
      insert.setLong(3, nanos);
    }
  }

  private static String bodyOf(Foreign foreign) {
    try {
      return JSON.writeValueAsString(
          new Message(
              foreign.id(), foreign.version(), foreign.metadata(), List.copyOf(foreign.tags())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(foreign + " has no JSON form", e);
    }
  }
}
