package org.pagetrail.store.axon;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Foreign;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.Tag;
import org.pagetrail.store.Tags;

/**
 * Entries of a log as Axon's messages and back. An event of the model is the entry's own event: its
 * message is named {@code run:seq}, stands at its time on the trail's clock (the clock's zero where
 * none is known) and carries the envelope as metadata. Any other message is kept as bytes.
 */
final class LogMessages {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final String run;
  private final Converter converter;

  /**
   * Messages of one trail.
   *
   * @param converter makes bytes of payloads that are neither events of the model, text nor bytes
   */
  LogMessages(String run, Converter converter) {
    this.run = run;
    this.converter = converter;
  }

  /** The message of an entry. */
  EventMessage messageOf(LogEntry entry) {
    return switch (entry) {
      case Recorded recorded -> messageOf(recorded.entry());
      case Foreign foreign ->
          new GenericEventMessage(
              foreign.id(),
              new MessageType(foreign.type(), foreign.version()),
              foreign.payload(),
              foreign.metadata(),
              instant(foreign.timestampNanos()));
    };
  }

  /** The message of a trail's entry. */
  EventMessage messageOf(TrailEntry entry) {
    return new GenericEventMessage(
        id(entry.seq()),
        EventNames.of(entry.event()),
        entry.event(),
        Envelope.of(entry),
        instant(entry.timeNanos()));
  }

  /**
   * The entry that the message of an event of this trail carries.
   *
   * @throws IllegalArgumentException if the message is not named as one
   */
  TrailEntry trailEntryOf(EventMessage message) {
    String id = message.identifier();
    if (message.payload() instanceof Event event && id.startsWith(run + ":")) {
      return Envelope.entry(
          Long.parseLong(id.substring(run.length() + 1)), event, message.metadata());
    }
    throw new IllegalArgumentException(id + " is no entry of the trail " + run);
  }

  /** When the message of an entry was made; null if no clock is known. */
  static @Nullable Instant timeOf(LogEntry entry) {
    Long nanos =
        switch (entry) {
          case Recorded recorded -> recorded.entry().timeNanos();
          case Foreign foreign -> foreign.timestampNanos();
        };
    return nanos == null ? null : instant(nanos);
  }

  /**
   * The entry of a message at a position.
   *
   * @throws IllegalArgumentException if it cannot be kept without losing something
   */
  LogEntry entryOf(long seq, TaggedEventMessage<?> tagged) {
    EventMessage message = tagged.event();
    if (message.payload() instanceof Event event) {
      return recorded(seq, event, message, tags(tagged.tags()));
    }
    if (EventNames.isModelEvent(message.type().qualifiedName())) {
      throw new IllegalArgumentException(
          "a message named "
              + message.type().name()
              + " must carry that event of the model, not "
              + message.payloadType().getName());
    }
    SortedMap<String, String> metadata = new TreeMap<>(message.metadata());
    return new Foreign(
        seq,
        message.identifier(),
        message.type().name(),
        message.type().version(),
        nanos(message.timestamp()),
        metadata,
        bytes(message),
        tags(tagged.tags()));
  }

  /** True unless the message is named as the entry of this trail at another position. */
  boolean mayStandAt(long seq, EventMessage message) {
    return !(message.payload() instanceof Event)
        || !message.identifier().startsWith(run + ":")
        || message.identifier().equals(id(seq));
  }

  private String id(long seq) {
    return run + ":" + seq;
  }

  private static Recorded recorded(
      long seq, Event event, EventMessage message, SortedSet<Tag> tags) {
    SortedSet<Tag> own = Tags.of(event);
    if (!own.containsAll(tags)) {
      tags.removeAll(own);
      throw new IllegalArgumentException(
          event.type() + " is tagged " + tags + ", but an event's tags follow from its fields");
    }
    return new Recorded(Envelope.entry(seq, event, message.metadata()));
  }

  private byte[] bytes(EventMessage message) {
    return switch (message.payload()) {
      case null -> new byte[0];
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> {
        byte[] bytes = message.payloadAs(byte[].class, converter);
        yield bytes == null ? new byte[0] : bytes;
      }
    };
  }

  private static SortedSet<Tag> tags(Set<org.axonframework.messaging.eventstreaming.Tag> tags) {
    SortedSet<Tag> own = new TreeSet<>();
    tags.forEach(tag -> own.add(new Tag(tag.key(), tag.value())));
    return own;
  }

  private static Instant instant(@Nullable Long nanos) {
    return nanos == null
        ? Instant.EPOCH
        : Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  private static long nanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(time + " is not within 292 years of 1970", e);
    }
  }
}
