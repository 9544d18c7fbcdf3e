package org.pagetrail.store.axon;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.conversion.Converter;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.GenericMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.correlation.CorrelationDataProviderRegistry;
import org.axonframework.messaging.core.correlation.DefaultCorrelationDataProviderRegistry;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.loop.ClosedLoop;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.run.RunCommand;
import org.pagetrail.store.run.RunCommandRefused;
import org.pagetrail.store.run.RunDecider;

/**
 * A trail with Axon on it: commands are decided, their events are written to the log, projections
 * follow. Starting takes a good part of a second; what only reads a trail does without.
 */
public final class TrailApplication implements AutoCloseable {
  private final TrailLogEngine engine;
  private final LogMessages messages;
  private final LayerCommands layerCommands;
  private final String run;
  private final AtomicLong sent = new AtomicLong();
  private final AxonConfiguration axon;

  private TrailApplication(
      TrailLog log,
      TrailLogEngine engine,
      List<? extends LiveProjection<?>> projections,
      Function<String, Fix> fixes) {
    this.engine = engine;
    this.run = log.run();
    this.messages = new LogMessages(run, PassThroughConverter.INSTANCE);
    this.layerCommands = new LayerCommands(run);
    this.axon = configured(projections, new RunDecider(fixes)).build();
    axon.start();
    layerCommands.over(axon.getComponent(CommandBus.class));
  }

  /** Starts Axon on a log that only this process writes, if anyone does; fixes go by name. */
  public static TrailApplication start(
      TrailLog log, List<? extends LiveProjection<?>> projections) {
    return start(log, projections, Fixes::named);
  }

  /**
   * Starts Axon on a log that only this process writes, if anyone does.
   *
   * @param fixes reads a fix as users write it, by name or stated
   */
  public static TrailApplication start(
      TrailLog log, List<? extends LiveProjection<?>> projections, Function<String, Fix> fixes) {
    return new TrailApplication(
        log, TrailLogEngine.writing(log, PassThroughConverter.INSTANCE), projections, fixes);
  }

  /**
   * Starts Axon on a log that was opened to read and that another process may write.
   *
   * @param interval between two looks for new events
   */
  public static TrailApplication follow(
      TrailLog log, Duration interval, List<? extends LiveProjection<?>> projections) {
    return new TrailApplication(
        log,
        TrailLogEngine.following(log, PassThroughConverter.INSTANCE, interval),
        projections,
        Fixes::named);
  }

  private EventSourcingConfigurer configured(
      List<? extends LiveProjection<?>> projections, RunDecider decider) {
    RunCommands runCommands = new RunCommands(run, messages, this::size, decider);
    EventSourcingConfigurer configurer =
        EventSourcingConfigurer.create()
            .componentRegistry(registry ->
                registry
                    .registerComponent(Converter.class, c -> PassThroughConverter.INSTANCE)
                    .registerComponent(MessageTypeResolver.class, c -> TrailApplication::nameOf)
                    // An event's causes say where it comes from; Axon's own data is not kept.
                    .registerComponent(
                        CorrelationDataProviderRegistry.class,
                        c -> new DefaultCorrelationDataProviderRegistry())
                    .registerComponent(
                        Ledger.class,
                        c ->
                            new Ledger(
                                c.getComponent(UnitOfWorkFactory.class),
                                c.getComponent(EventStore.class),
                                messages)))
            .registerTagResolver(c -> new TrailTags())
            .registerEventStorageEngine(c -> engine)
            .registerEntity(runCommands.entity())
            .registerCommandHandlingModule(layerCommands.handlers())
            .registerCommandHandlingModule(runCommands.imports());
    for (LiveProjection<?> projection : projections) {
      configurer.messaging(messaging ->
          messaging.eventProcessing(processing ->
              processing.pooledStreaming(
                  pooled -> pooled.processor(projection.processor(messages)))));
    }
    return configurer;
  }

  private static Optional<MessageType> nameOf(Class<?> type) {
    MessageType event = EventNames.of(type);
    return Optional.ofNullable(event == null ? CommandNames.of(type) : event);
  }

  /** How many entries the trail has. */
  public long size() {
    return engine.size();
  }

  /**
   * Sends a command to the trail as a whole; what it adds is durable when this returns.
   *
   * @throws RunCommandRefused if the trail cannot do it
   */
  public void send(RunCommand command) {
    String id = run + ":run-command:" + sent.getAndIncrement();
    Ledger.joined(
        axon.getComponent(CommandBus.class)
            .dispatch(
                new GenericCommandMessage(
                    new GenericMessage(id, CommandNames.of(command), command, Map.of())),
                null));
  }

  /**
   * Runs the machine that a recording describes in the closed loop: the commands of its layers go
   * over Axon's bus, their events into the trail as they happen.
   *
   * @return the trail as it was written; null if the recording describes no machine or no host
   * @throws RunCommandRefused if the trail is not empty
   */
  public @Nullable Trail runMachineOf(Trail recorded, KernelModel kernel) {
    if (size() != 0) {
      throw new RunCommandRefused(
          "a machine runs into an empty trail, and this one has " + size() + " events",
          "name another place");
    }
    Ledger ledger = axon.getComponent(Ledger.class);
    Trail trail = new Trail();
    long[] written = {0};
    Trail ended =
        ClosedLoop.machineOf(
            recorded,
            kernel,
            trail,
            (layers, command) -> {
              if (trail.size() - written[0] >= Ledger.PAGE) {
                written[0] = write(ledger, trail, written[0]);
              }
              return layerCommands.decide(layers, command);
            });
    if (ended != null) {
      write(ledger, ended, written[0]);
    }
    return ended;
  }

  /** Writes what is not written yet; how much is then. */
  private static long write(Ledger ledger, Trail trail, long written) {
    long size = trail.size();
    ledger.write(trail.entries().subList(Math.toIntExact(written), Math.toIntExact(size)));
    return size;
  }

  /** Stops Axon; the log stays open. */
  @Override
  public void close() {
    axon.shutdown();
    engine.close();
  }
}
