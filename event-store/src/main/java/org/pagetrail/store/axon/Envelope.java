package org.pagetrail.store.axon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;

/**
 * The envelope of a trail's entry as the metadata of a message. What else stands in a message's
 * metadata is not kept: of an event of the model, its causes say where it comes from.
 */
final class Envelope {
  /** Nanoseconds on the trail's clock; absent where no clock is known. */
  static final String TIME = "time";

  /**
   * A {@link Standing}. Without one an event is {@link Standing#ASSUMED}: nobody vouches for it.
   */
  static final String STANDING = "standing";

  /** Positions, with commas between; absent where there is none. */
  static final String CAUSES = "causes";

  /** A {@link Citation} as JSON. */
  static final String RULE = "rule";

  /** A {@link Source} as JSON. */
  static final String SOURCE = "source";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Envelope() {}

  /** The metadata of an entry's message. */
  static Map<String, String> of(TrailEntry entry) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(STANDING, entry.standing().name());
    if (entry.timeNanos() != null) {
      metadata.put(TIME, entry.timeNanos().toString());
    }
    if (!entry.causes().isEmpty()) {
      metadata.put(
          CAUSES, String.join(",", entry.causes().stream().map(Object::toString).toList()));
    }
    if (entry.rule() != null) {
      metadata.put(RULE, write(entry.rule()));
    }
    if (entry.source() != null) {
      metadata.put(SOURCE, write(entry.source()));
    }
    return metadata;
  }

  /**
   * The entry of an event with this metadata.
   *
   * @throws IllegalArgumentException if the metadata is no envelope that this position may have
   */
  static TrailEntry entry(long seq, Event event, Map<String, String> metadata) {
    String time = metadata.get(TIME);
    String standing = metadata.get(STANDING);
    try {
      return new TrailEntry(
          seq,
          time == null ? null : Long.valueOf(time),
          standing == null ? Standing.ASSUMED : Standing.valueOf(standing),
          event,
          causes(metadata.get(CAUSES)),
          read(metadata.get(RULE), Citation.class),
          read(metadata.get(SOURCE), Source.class));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          event.type() + " cannot be event " + seq + ": " + e.getMessage(), e);
    }
  }

  private static List<Long> causes(@Nullable String text) {
    List<Long> causes = new ArrayList<>();
    if (text != null) {
      for (String cause : text.split(",", -1)) {
        causes.add(Long.valueOf(cause));
      }
    }
    return causes;
  }

  private static String write(Record part) {
    try {
      return JSON.writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(part + " has no JSON form", e);
    }
  }

  private static <R extends Record> @Nullable R read(@Nullable String text, Class<R> type) {
    try {
      return text == null ? null : JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the metadata's " + type.getSimpleName() + " is not its JSON: " + e.getOriginalMessage(),
          e);
    }
  }
}
