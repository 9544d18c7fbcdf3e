package org.pagetrail.store.axon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.ContinuousMessageStream;
import org.axonframework.eventsourcing.eventstore.EmptyAppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.TrailLog;

/**
 * Axon's event store on a trail's log. There is one copy of an event: what Axon appends is an entry
 * as an import writes it, and what imports wrote Axon reads.
 *
 * <p>A tracking token, like a consistency marker, is the number of entries seen. An append is
 * refused if an entry at or behind its marker meets its criteria; that is looked up under the lock
 * under which the entries are then written. The log is the engine's alone: it takes care that one
 * thread uses it at a time.
 */
public final class TrailLogEngine implements EventStorageEngine, AutoCloseable {
  private static final StreamingCondition EVERYTHING = StreamingCondition.startingFrom(null);

  private final SharedLog log;
  private final LogMessages messages;
  private final LogFollower follower;

  private TrailLogEngine(TrailLog log, Converter converter, @Nullable Duration interval) {
    this.log = new SharedLog(log);
    this.messages = new LogMessages(log.run(), converter);
    this.follower = new LogFollower(this.log, interval);
  }

  /**
   * An engine on a log that only this process writes.
   *
   * @param converter makes bytes of the payloads that are no events of the model
   */
  public static TrailLogEngine writing(TrailLog log, Converter converter) {
    return new TrailLogEngine(log, converter, null);
  }

  /**
   * An engine on a log that another process may write: open streams look for new entries.
   *
   * @param interval between two looks, above zero
   */
  public static TrailLogEngine following(TrailLog log, Converter converter, Duration interval) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException(interval + " between two looks is not above zero");
    }
    return new TrailLogEngine(log, converter, interval);
  }

  /** How many entries the log has. */
  long size() {
    return log.size();
  }

  @Override
  public CompletableFuture<AppendTransaction<?>> appendEvents(
      AppendCondition condition,
      @Nullable ProcessingContext context,
      List<TaggedEventMessage<?>> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(EmptyAppendTransaction.INSTANCE);
    }
    return CompletableFuture.completedFuture(new Append(this, condition, events));
  }

  /** Writes messages unless something speaks against it; how many entries there are then. */
  long append(AppendCondition condition, List<TaggedEventMessage<?>> events) {
    long size = log.alone(() -> append(log.log(), condition, events));
    follower.tell();
    return size;
  }

  private long append(TrailLog log, AppendCondition condition, List<TaggedEventMessage<?>> events) {
    if (conflicts(log, condition)) {
      throw AppendEventsTransactionRejectedException.conflictingEventsDetected(
          condition.consistencyMarker());
    }
    List<LogEntry> entries = new ArrayList<>(events.size());
    long size = log.size();
    for (TaggedEventMessage<?> event : events) {
      if (!messages.mayStandAt(size, event.event())) {
        throw new AppendEventsTransactionRejectedException(
            event.event().identifier() + " would be entry " + size + ": the trail has grown");
      }
      entries.add(messages.entryOf(size++, event));
    }
    log.append(entries);
    return size;
  }

  private static boolean conflicts(TrailLog log, AppendCondition condition) {
    if (condition.consistencyMarker().equals(ConsistencyMarker.INFINITY)) {
      return false;
    }
    long from = Math.max(0, GlobalIndexConsistencyMarker.position(condition.consistencyMarker()));
    if (from >= log.size()) {
      return false;
    }
    for (Selection selection : SelectedEntries.selections(condition)) {
      if (log.positions(selection, from).hasNext()) {
        return true;
      }
    }
    return false;
  }

  /** {@inheritDoc} The entries are read from the log as the stream is consumed. */
  @Override
  public MessageStream<EventMessage> source(
      SourcingCondition condition, @Nullable ProcessingContext context) {
    long end = log.size();
    long start = Math.min(end, Math.max(0, GlobalIndexPosition.toIndex(condition.start())));
    Iterator<LogEntry> entries = log.entries(condition, start, end);
    MessageStream.Entry<EventMessage> last =
        new SimpleEntry<>(
            TerminalEventMessage.INSTANCE,
            ConsistencyMarker.addToContext(Context.empty(), new GlobalIndexConsistencyMarker(end)));
    return MessageStream.fromStream(
        Stream.concat(
            StreamSupport.stream(
                    Spliterators.spliteratorUnknownSize(
                        entries, Spliterator.ORDERED | Spliterator.NONNULL),
                    false)
                .map(this::tracked),
            Stream.of(last)),
        MessageStream.Entry::message,
        entry -> entry);
  }

  @Override
  public MessageStream<EventMessage> stream(
      StreamingCondition condition, @Nullable ProcessingContext context) {
    TrackingToken position = condition.position();
    Cursor cursor =
        new Cursor(condition, position == null ? 0 : Math.max(0, position.position().orElse(0)));
    return new ContinuousMessageStream<LogEntry>(
        lastEntry -> cursor.nextPage(),
        this::tracked,
        (stream, callback) -> follower.register(callback));
  }

  /** How far a stream has come; entries that do not meet its criteria are passed only once. */
  private final class Cursor {
    private final StreamingCondition condition;
    private Iterator<LogEntry> entries = Collections.emptyIterator();
    private long from;

    private Cursor(StreamingCondition condition, long from) {
      this.condition = condition;
      this.from = from;
    }

    private List<LogEntry> nextPage() {
      if (!entries.hasNext()) {
        long end = log.size();
        if (from >= end) {
          return List.of();
        }
        entries = log.entries(condition, from, end);
        from = end;
      }
      List<LogEntry> page = new ArrayList<>();
      while (page.size() < SharedLog.PAGE && entries.hasNext()) {
        page.add(entries.next());
      }
      return page;
    }
  }

  private MessageStream.Entry<EventMessage> tracked(LogEntry entry) {
    return new SimpleEntry<>(
        messages.messageOf(entry),
        TrackingToken.addToContext(
            Context.empty(), new GlobalSequenceTrackingToken(entry.seq() + 1)));
  }

  @Override
  public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
    return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(0));
  }

  @Override
  public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
    return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(log.size()));
  }

  /** {@inheritDoc} Reads the log up to that entry; entries without a time are passed. */
  @Override
  public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
    Iterator<LogEntry> entries = log.entries(EVERYTHING, 0, log.size());
    while (entries.hasNext()) {
      LogEntry entry = entries.next();
      Instant time = LogMessages.timeOf(entry);
      if (time != null && !time.isBefore(at)) {
        return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(entry.seq()));
      }
    }
    return latestToken(context);
  }

  @Override
  public void describeTo(ComponentDescriptor descriptor) {
    descriptor.describeProperty("run", log.run());
    descriptor.describeProperty("log", log.log().getClass().getName());
  }

  /** Ends the following of the log, which stays open. */
  @Override
  public void close() {
    follower.close();
  }
}
