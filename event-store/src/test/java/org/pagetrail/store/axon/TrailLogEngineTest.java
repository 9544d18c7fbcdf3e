package org.pagetrail.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Foreign;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.Entries;
import org.pagetrail.store.contract.MemoryTrailLog;
import org.pagetrail.store.contract.MemoryTrailLog.Memory;

/** What Axon writes is a trail, and a trail is what Axon reads. */
class TrailLogEngineTest {
  private static final EventCriteria ANY = EventCriteria.havingAnyTag();

  private final Memory memory = new Memory();
  private final TrailLog log = MemoryTrailLog.write(memory, "boot");
  private final TrailLogEngine engine = TrailLogEngine.writing(log, PassThroughConverter.INSTANCE);

  @Test
  void aTrailCopiedThroughAxonIsTheSameEntryForEntry() {
    List<LogEntry> entries =
        new Entries(7).next(300).stream().map(TrailLogEngineTest::withTime).toList();
    TrailLog original = MemoryTrailLog.write(new Memory(), "boot");
    original.append(entries);
    TrailLogEngine reader = TrailLogEngine.writing(original, PassThroughConverter.INSTANCE);

    List<TaggedEventMessage<?>> messages = new ArrayList<>();
    for (EventMessage message : source(reader, ANY)) {
      Set<Tag> tags = new TrailTags().resolve(message);
      entries.get(messages.size()).tags().forEach(t -> tags.add(new Tag(t.key(), t.value())));
      messages.add(new GenericTaggedEventMessage<>(message, tags));
    }
    append(AppendCondition.none(), messages);

    assertThat(log.read(0)).toIterable().containsExactlyElementsOf(entries);
  }

  @Test
  void anEntryOfAnImportIsAMessageWithItsPositionItsTimeAndItsEnvelope() {
    TrailEntry seen =
        new TrailEntry(
            0,
            30_500_000_001L,
            Standing.OBSERVED,
            new MarkerSeen("hang"),
            List.of(),
            null,
            new Source("trace.txt", 12, 900));
    log.append(List.of(new Recorded(seen)));

    EventMessage message = source(engine, ANY).getFirst();

    assertThat(message.identifier()).isEqualTo("boot:0");
    assertThat(message.type()).isEqualTo(new MessageType("run.MarkerSeen", "1"));
    assertThat(message.timestamp()).isEqualTo(Instant.ofEpochSecond(30, 500_000_001));
    assertThat(message.payload()).isSameAs(seen.event());
    assertThat(message.metadata())
        .containsOnly(
            Map.entry("standing", "OBSERVED"),
            Map.entry("time", "30500000001"),
            Map.entry("source", "{\"input\":\"trace.txt\",\"line\":12,\"byteOffset\":900}"));
  }

  @Test
  void anEventWithoutEnvelopeIsAssumed() {
    append(AppendCondition.none(), List.of(event(new MarkerSeen("here"))));

    assertThat(log.at(0))
        .isEqualTo(
            new Recorded(
                new TrailEntry(
                    0, null, Standing.ASSUMED, new MarkerSeen("here"), List.of(), null, null)));
  }

  @Test
  void whatCannotBeKeptIsRefusedAndNothingIsWritten() {
    EventMessage derived =
        message("any", "run.MarkerSeen", new MarkerSeen("x"), Map.of("standing", "DERIVED"));
    assertRefused(tagged(derived), "MarkerSeen cannot be event", "cites no rule");
    EventMessage later =
        message("any", "run.MarkerSeen", new MarkerSeen("x"), Map.of("causes", "5"));
    assertRefused(tagged(later), "MarkerSeen cannot be event", "ascending positions before it");
    assertRefused(
        tagged(message("any", "kvm.MemslotSet", "slot 1", Map.of())),
        "kvm.MemslotSet",
        "java.lang.String");
    assertRefused(
        new GenericTaggedEventMessage<>(
            message("any", "run.MarkerSeen", new MarkerSeen("x"), Map.of()),
            Set.of(new Tag("course", "7"))),
        "MarkerSeen is tagged [course=7]");

    assertThat(log.size()).isZero();
  }

  private void assertRefused(TaggedEventMessage<?> message, String... words) {
    assertThatThrownBy(
            () -> append(AppendCondition.none(), List.of(event(new MarkerSeen("before")), message)))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void aMessageMadeForOnePositionIsNotWrittenAtAnother() {
    append(AppendCondition.none(), List.of(event(new MarkerSeen("first"))));
    EventMessage stale = message("boot:0", "run.MarkerSeen", new MarkerSeen("other"), Map.of());

    assertThatThrownBy(() -> append(AppendCondition.none(), List.of(tagged(stale))))
        .hasCauseInstanceOf(AppendEventsTransactionRejectedException.class);
    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void anEventRightAtTheMarkerIsAConflictAndOneBeforeItIsNot() {
    EventCriteria page = EventCriteria.havingTags("gfn", "0x4000");
    append(AppendCondition.none(), List.of(event(new PageDirtied(new Gfn(0x4000)))));
    AppendCondition seenNone = AppendCondition.withCriteria(page).withMarker(marker(0));
    AppendCondition seenOne = AppendCondition.withCriteria(page).withMarker(marker(1));

    assertThatThrownBy(() -> append(seenNone, List.of(event(new MarkerSeen("no")))))
        .hasCauseInstanceOf(AppendEventsTransactionRejectedException.class);
    append(seenOne, List.of(event(new MarkerSeen("yes"))));

    assertThat(log.size()).isEqualTo(2);
  }

  @Test
  void aConflictOfAnotherPageIsNone() {
    append(AppendCondition.none(), List.of(event(new PageDirtied(new Gfn(0x4001)))));

    append(
        AppendCondition.withCriteria(EventCriteria.havingTags("gfn", "0x4000"))
            .withMarker(ConsistencyMarker.ORIGIN),
        List.of(event(new MarkerSeen("yes"))));

    assertThat(log.size()).isEqualTo(2);
  }

  @Test
  void anAppendIsCommittedOnceAndNotAfterItsRollback() {
    AppendTransaction<?> once = begin(AppendCondition.none(), List.of(event(new MarkerSeen("a"))));
    once.commit(null).join();
    AppendTransaction<?> undone =
        begin(AppendCondition.none(), List.of(event(new MarkerSeen("b"))));
    undone.rollback(null);

    assertThat(once.commit(null)).isCompletedExceptionally();
    assertThat(undone.commit(null)).isCompletedExceptionally();
    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void anAppendOfNothingEndsWhereItBegan() {
    AppendTransaction<?> nothing = begin(AppendCondition.none(), List.of());

    nothing.commit(null).join();

    assertThat(nothing.afterCommit(null, null)).isCompletedWithValue(ConsistencyMarker.ORIGIN);
  }

  @Test
  void aStoreThatFailsFailsTheCommit() {
    TrailLogEngine reader =
        TrailLogEngine.writing(MemoryTrailLog.read(memory, "boot"), PassThroughConverter.INSTANCE);

    CompletableFuture<?> commit =
        reader
            .appendEvents(AppendCondition.none(), null, List.of(event(new MarkerSeen("no"))))
            .join()
            .commit(null);

    assertThat(commit).isCompletedExceptionally();
    assertThat(log.size()).isZero();
  }

  @Test
  void alternativesAreSourcedTogetherInTheOrderOfTheTrail() {
    append(
        AppendCondition.none(),
        List.of(
            event(new PageDirtied(new Gfn(1))),
            event(new MarkerSeen("m")),
            event(new PageDirtied(new Gfn(2))),
            event(new PageDirtied(new Gfn(3)))));

    List<EventMessage> found =
        source(
            engine,
            EventCriteria.either(
                EventCriteria.havingTags("gfn", "0x3", "layer", "KVM"),
                EventCriteria.havingTags("gfn", "0x1"),
                EventCriteria.havingTags("layer", "KVM")
                    .andBeingOneOfTypes(new QualifiedName("kvm.PageDirtied")),
                EventCriteria.havingAnyTag()
                    .andBeingOneOfTypes(new QualifiedName("run.MarkerSeen"))));

    assertThat(found)
        .extracting(EventMessage::identifier)
        .containsExactly("boot:0", "boot:1", "boot:2", "boot:3");
  }

  @Test
  void theTokenOfATimePassesEntriesWithoutOne() {
    append(
        AppendCondition.none(),
        List.of(
            tagged(message("a", "run.MarkerSeen", new MarkerSeen("a"), Map.of("time", "5"))),
            event(new MarkerSeen("b")),
            tagged(message("c", "run.MarkerSeen", new MarkerSeen("c"), Map.of("time", "9")))));

    TrackingToken token = engine.tokenAt(Instant.ofEpochSecond(0, 6), null).join();

    assertThat(token.position()).hasValue(2);
  }

  @Test
  void anotherLogsMessagesKeepTheirBytes() {
    byte[] bytes = {0, 1, (byte) 0xff};
    EventMessage note = message("note-1", "faculty.Noted", bytes, Map.of("by", "axon"));

    append(
        AppendCondition.none(),
        List.of(new GenericTaggedEventMessage<>(note, Set.of(new Tag("course", "7")))));

    assertThat(log.at(0)).isInstanceOf(Foreign.class);
    EventMessage read = source(engine, EventCriteria.havingTags("course", "7")).getFirst();
    assertThat(read.payload()).isEqualTo(bytes);
    assertThat(read.identifier()).isEqualTo("note-1");
    assertThat(read.timestamp()).isEqualTo(note.timestamp());
    assertThat(read.metadata()).isEqualTo(note.metadata());
  }

  @Test
  void aStreamNoticesWhatAnotherProcessWrites() throws Exception {
    TrailLog reading = MemoryTrailLog.read(memory, "boot");
    try (TrailLogEngine follower =
        TrailLogEngine.following(reading, PassThroughConverter.INSTANCE, Duration.ofMillis(1))) {
      MessageStream<EventMessage> stream =
          follower.stream(StreamingCondition.startingFrom(null), null);
      CountDownLatch grown = new CountDownLatch(1);
      stream.setCallback(() -> {
        if (stream.hasNextAvailable()) {
          grown.countDown();
        }
      });
      assertThat(stream.next()).isEmpty();

      log.append(new Entries(3).next(2));

      assertThat(grown.await(30, TimeUnit.SECONDS)).as("the stream is told").isTrue();
      assertThat(stream.next()).isPresent();
      stream.close();
    }
  }

  @Test
  void aPauseBetweenTwoLooksIsAboveZero() {
    assertThatThrownBy(
            () -> TrailLogEngine.following(log, PassThroughConverter.INSTANCE, Duration.ZERO))
        .hasMessageContaining("PT0S between two looks");
  }

  @Test
  void aStreamOfManyEntriesPassesThemPageByPage() {
    log.append(new Entries(11).next(2000));
    MessageStream<EventMessage> stream =
        engine.stream(StreamingCondition.startingFrom(engine.firstToken(null).join()), null);

    long last = 0;
    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
      long seen = TrackingToken.fromContext(next.get()).orElseThrow().position().orElseThrow();
      assertThat(seen).isEqualTo(last + 1);
      last = seen;
    }
    assertThat(last).isEqualTo(2000);
  }

  /** A message of Axon's has a time; one whose time the log does not know comes as of 1970. */
  private static LogEntry withTime(LogEntry entry) {
    return entry instanceof Foreign f && f.timestampNanos() == null
        ? new Foreign(
            f.seq(), f.id(), f.type(), f.version(), 0L, f.metadata(), f.payload(), f.tags())
        : entry;
  }

  private static List<EventMessage> source(TrailLogEngine engine, EventCriteria criteria) {
    List<EventMessage> messages = new ArrayList<>();
    MessageStream<EventMessage> stream =
        engine.source(SourcingCondition.conditionFor(criteria), null);
    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
      messages.add(next.get().message());
    }
    assertThat(messages.removeLast()).isSameAs(TerminalEventMessage.INSTANCE);
    return messages;
  }

  private AppendTransaction<?> begin(
      AppendCondition condition, List<TaggedEventMessage<?>> messages) {
    return engine.appendEvents(condition, null, messages).join();
  }

  private void append(AppendCondition condition, List<TaggedEventMessage<?>> messages) {
    begin(condition, messages).commit(null).join();
  }

  private static ConsistencyMarker marker(long seen) {
    return new GlobalIndexConsistencyMarker(seen);
  }

  private static TaggedEventMessage<?> event(Event event) {
    return tagged(
        new GenericEventMessage("any", EventNames.of(event), event, Map.of(), Instant.EPOCH));
  }

  private static TaggedEventMessage<?> tagged(EventMessage message) {
    return new GenericTaggedEventMessage<>(message, new TrailTags().resolve(message));
  }

  private static EventMessage message(
      String id, String type, Object payload, Map<String, String> metadata) {
    return new GenericEventMessage(
        id, new MessageType(type), payload, metadata, Instant.ofEpochSecond(1_700_000_000, 5));
  }
}
