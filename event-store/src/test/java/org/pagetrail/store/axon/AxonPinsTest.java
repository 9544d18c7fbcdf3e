package org.pagetrail.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.common.configuration.Configuration;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.EventSourcedEntityFactory;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.StreamingEventProcessor;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.MemoryTrailLog;
import org.pagetrail.store.contract.MemoryTrailLog.Memory;

/**
 * What Axon 5.0.1 does otherwise than later releases, as far as the adapter is built around it.
 * Where one of these fails after an upgrade, docs/decisions/ has what may be simplified.
 */
class AxonPinsTest {
  private final Memory memory = new Memory();

  @Test
  void thesePinsAreThoseOfAxon501() throws Exception {
    Properties artifact = new Properties();
    try (InputStream in =
        EventStore.class.getResourceAsStream(
            "/META-INF/maven/org.axonframework/axon-eventsourcing/pom.properties")) {
      artifact.load(Objects.requireNonNull(in));
    }

    assertThat(artifact.getProperty("version")).isEqualTo("5.0.1");
  }

  /** Mended in 5.0.4. The ledger therefore writes in units of work only. */
  @Test
  void publishingOutsideAUnitOfWorkHidesAFailedCommitAndInsideOneTellsIt() {
    TrailLog readOnly = MemoryTrailLog.read(memory, "boot");
    AxonConfiguration axon = configurer(readOnly).build();
    axon.start();
    EventStore store = axon.getComponent(EventStore.class);
    EventMessage message = message(new MarkerSeen("lost"));

    CompletableFuture<Void> outside = store.publish(null, List.of(message));
    CompletableFuture<Void> inside =
        axon.getComponent(UnitOfWorkFactory.class)
            .create()
            .executeWithResult(unit -> store.publish(unit, List.of(message)));

    assertThat(outside).isCompleted();
    assertThat(inside).isCompletedExceptionally();
    assertThat(readOnly.size()).isZero();
    axon.shutdown();
  }

  /** Mended in 5.1.0. A projection is therefore built anew by starting another one. */
  @Test
  void aProcessorCannotBeReset() {
    TrailLog log = MemoryTrailLog.write(memory, "boot");
    LiveProjection<?> first = new LiveProjection<>("machine", new MachineProjection());
    AxonConfiguration axon = withProcessor(log, first);
    StreamingEventProcessor processor = processors(axon).findFirst().orElseThrow();

    assertThat(processor.supportsReset()).isFalse();
    assertThatThrownBy(() -> processor.resetTokens().join()).isNotNull();
    axon.shutdown();
  }

  /**
   * Mended in 5.2.1. What evolves a state must therefore pass over what is none of its business.
   */
  @Test
  void anEntityIsAlsoShownAppendedEventsThatItsCriteriaDoNotMeet() {
    TrailLog log = MemoryTrailLog.write(memory, "boot");
    List<String> shown = new ArrayList<>();
    AxonConfiguration axon =
        configurer(log)
            .registerEntity(
                EventSourcedEntityModule.declarative(String.class, Integer.class)
                    .messagingModel((configuration, model) -> {
                      model.entityEvolver((seen, event, unit) -> {
                        shown.add(event.type().name());
                        return seen + 1;
                      });
                      model.instanceCommandHandler(
                          new QualifiedName("dirty"),
                          (command, seen, unit) -> {
                            unit.component(EventStore.class)
                                .transaction(unit)
                                .appendEvent(message(new PageDirtied(new Gfn(1))));
                            return MessageStream.just(
                                new GenericCommandResultMessage(
                                    new MessageType("done"), (Object) seen));
                          });
                      return model.build();
                    })
                    .entityFactory(c -> EventSourcedEntityFactory.fromNoArgument(() -> 0))
                    .criteriaResolver(c -> (id, unit) -> EventCriteria.havingTags("layer", "RUN"))
                    .entityIdResolver(c -> (message, unit) -> "boot"))
            .build();
    axon.start();

    axon.getComponent(CommandBus.class)
        .dispatch(new GenericCommandMessage(new MessageType("dirty"), "now"), null)
        .join();

    assertThat(shown).contains("kvm.PageDirtied");
    axon.shutdown();
  }

  /** Changed in 5.1.2. Events are records inside their layer, so their names are given by us. */
  @Test
  void aNestedClassIsNamedWithADollarSign() {
    assertThat(new QualifiedName(KvmEvent.MemslotSet.class).fullName())
        .isEqualTo("org.pagetrail.events.KvmEvent$MemslotSet");
  }

  private static Stream<StreamingEventProcessor> processors(Configuration configuration) {
    return Stream.concat(
        configuration.getComponents(StreamingEventProcessor.class).values().stream(),
        configuration.getModuleConfigurations().stream().flatMap(AxonPinsTest::processors));
  }

  private static AxonConfiguration withProcessor(TrailLog log, LiveProjection<?> projection) {
    EventSourcingConfigurer configurer = configurer(log);
    LogMessages messages = new LogMessages(log.run(), PassThroughConverter.INSTANCE);
    configurer.messaging(messaging ->
        messaging.eventProcessing(processing ->
            processing.pooledStreaming(
                pooled -> pooled.processor(projection.processor(messages)))));
    AxonConfiguration axon = configurer.build();
    axon.start();
    return axon;
  }

  private static EventSourcingConfigurer configurer(TrailLog log) {
    TrailLogEngine engine = TrailLogEngine.writing(log, PassThroughConverter.INSTANCE);
    return EventSourcingConfigurer.create()
        .registerTagResolver(c -> new TrailTags())
        .registerEventStorageEngine(c -> engine);
  }

  private static EventMessage message(Event event) {
    return new GenericEventMessage("any", EventNames.of(event), event, Map.of(), Instant.EPOCH);
  }
}
