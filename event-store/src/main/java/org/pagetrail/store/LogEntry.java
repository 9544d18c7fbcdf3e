package org.pagetrail.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;

/** What stands at one position of a log. */
public sealed interface LogEntry {
  /** The position, dense from 0. */
  long seq();

  /**
   * The qualified name; of an event of the model its layer, a dot, its type: {@code
   * kvm.MemslotSet}.
   */
  String type();

  /** What the entry can be found by. */
  SortedSet<Tag> tags();

  /** An event of the model with its envelope. Its tags follow from it: {@link Tags#of}. */
  record Recorded(TrailEntry entry) implements LogEntry {
    @Override
    public long seq() {
      return entry.seq();
    }

    @Override
    public String type() {
      return entry.event().layer().name().toLowerCase(Locale.ROOT) + "." + entry.event().type();
    }

    @Override
    public SortedSet<Tag> tags() {
      return Tags.of(entry.event());
    }
  }

  /**
   * A message that is no event of the model: whatever else an application on the same log wrote.
   *
   * @param id the message's identifier
   * @param type its qualified name
   * @param version the version of its type
   * @param timestampNanos when it was made, nanoseconds since 1970, null if unknown
   * @param metadata free text beside the payload
   * @param payload the bytes; not copied, so do not change them
   * @param tags what it can be found by
   */
  @SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the content
  record Foreign(
      long seq,
      String id,
      String type,
      String version,
      @Nullable Long timestampNanos,
      SortedMap<String, String> metadata,
      byte[] payload,
      SortedSet<Tag> tags)
      implements LogEntry {

    /** Copies the map and the set. */
    public Foreign {
      metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
      tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Foreign that
          && seq == that.seq
          && id.equals(that.id)
          && type.equals(that.type)
          && version.equals(that.version)
          && Objects.equals(timestampNanos, that.timestampNanos)
          && metadata.equals(that.metadata)
          && Arrays.equals(payload, that.payload)
          && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
      return Objects.hash(seq, id, type);
    }
  }
}
