package org.pagetrail.store.axon;

import java.util.List;
import java.util.function.LongSupplier;
import org.axonframework.eventsourcing.EventSourcedEntityFactory;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreTransaction;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.modelling.entity.EntityMetamodel;
import org.axonframework.modelling.entity.EntityMetamodelBuilder;
import org.pagetrail.events.Event;
import org.pagetrail.events.Layer;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.Tags;
import org.pagetrail.store.run.RunCommand;
import org.pagetrail.store.run.RunCommand.ApplyFix;
import org.pagetrail.store.run.RunCommand.ImportCapture;
import org.pagetrail.store.run.RunCommand.NoteFinding;
import org.pagetrail.store.run.RunDecider;
import org.pagetrail.store.run.RunState;

/**
 * The commands to a trail as a whole. Its state is sourced anew for each of them from the events of
 * the layer {@link Layer#RUN}: a handful among millions, found by their tag. If another one of
 * these appears before the commit, nothing is written.
 */
final class RunCommands {
  private static final MessageType DONE = new MessageType("run", "Done", EventNames.VERSION);

  private final String run;
  private final LogMessages messages;
  private final LongSupplier size;
  private final RunDecider decider;

  /**
   * The commands to a trail.
   *
   * @param size how many entries it has
   */
  RunCommands(String run, LogMessages messages, LongSupplier size, RunDecider decider) {
    this.run = run;
    this.messages = messages;
    this.size = size;
    this.decider = decider;
  }

  /** The handlers of commands that are decided on the trail's state, to be registered. */
  EventSourcedEntityModule<String, RunState> entity() {
    return EventSourcedEntityModule.declarative(String.class, RunState.class)
        .messagingModel((configuration, model) -> metamodel(model))
        .entityFactory(
            configuration -> EventSourcedEntityFactory.fromNoArgument(() -> RunState.EMPTY))
        .criteriaResolver(
            configuration -> (id, unit) -> EventCriteria.havingTags(Tags.LAYER, Layer.RUN.name()))
        .entityIdResolver(configuration -> (message, unit) -> run);
  }

  private EntityMetamodel<RunState> metamodel(EntityMetamodelBuilder<RunState> model) {
    model.entityEvolver((state, message, unit) -> evolve(state, message));
    for (Class<?> type : List.of(ApplyFix.class, NoteFinding.class)) {
      model.instanceCommandHandler(nameOf(type), this::handle);
    }
    return model.build();
  }

  /**
   * The handler of imports, to be registered. It needs no state, and writes more than fits in one
   * unit of work.
   */
  CommandHandlingModule.CommandHandlerPhase imports() {
    return CommandHandlingModule.named("imports")
        .commandHandlers()
        .commandHandler(
            nameOf(ImportCapture.class),
            (message, unit) -> {
              unit.component(Ledger.class)
                  .write(decider.decide(RunState.EMPTY, size.getAsLong(), of(message)));
              return done();
            });
  }

  private MessageStream.Single<CommandResultMessage> handle(
      CommandMessage message, RunState state, ProcessingContext unit) {
    EventStoreTransaction transaction = unit.component(EventStore.class).transaction(unit);
    for (TrailEntry entry : decider.decide(state, size.getAsLong(), of(message))) {
      transaction.appendEvent(messages.messageOf(entry));
    }
    return done();
  }

  private RunState evolve(RunState state, EventMessage message) {
    return message.payload() instanceof Event
        ? state.evolve(messages.trailEntryOf(message))
        : state;
  }

  private static RunCommand of(CommandMessage message) {
    if (message.payload() instanceof RunCommand command) {
      return command;
    }
    throw new IllegalArgumentException(message.type().name() + " does not carry its command");
  }

  private static QualifiedName nameOf(Class<?> type) {
    MessageType name = CommandNames.of(type);
    if (name == null) {
      throw new IllegalStateException(type + " is no command");
    }
    return name.qualifiedName();
  }

  private static MessageStream.Single<CommandResultMessage> done() {
    return MessageStream.just(new GenericCommandResultMessage(DONE, (Object) null));
  }
}
