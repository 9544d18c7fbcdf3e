package org.pagetrail.store.axon;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.SimpleEventHandlingComponent;
import org.axonframework.messaging.eventhandling.configuration.EventProcessorModule;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessorModule;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.eventhandling.sequencing.SequentialPolicy;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.Projection;

/**
 * A projection that follows a trail as an event handler of Axon's. It has a streaming processor of
 * its own, with a token of its own beside the state: both live in memory and begin at the first
 * event. To build it anew, start another one.
 *
 * @param <S> what is known
 */
public final class LiveProjection<S> {
  /** Events in one step of a processor. */
  private static final int BATCH = 1000;

  private final String name;
  private final Projection<S> projection;
  private final NavigableMap<Long, CompletableFuture<Void>> awaited = new TreeMap<>();
  private S state;
  private long next;
  private @Nullable RuntimeException broken;

  /**
   * A projection that has seen nothing.
   *
   * @param name of its processor, one of a kind in an application
   */
  public LiveProjection(String name, Projection<S> projection) {
    this.name = name;
    this.projection = projection;
    this.state = projection.initial();
  }

  /**
   * Looks at the state between two events; what is looked at must not leave the function.
   *
   * @throws IllegalStateException if the projection failed at an event
   */
  public synchronized <R> R look(Function<S, R> reader) {
    if (broken != null) {
      throw new IllegalStateException(name + " failed at event " + next, broken);
    }
    return reader.apply(state);
  }

  /** Completes when the event at a position is in the state; fails if the projection does. */
  public synchronized CompletableFuture<Void> reached(long seq) {
    if (broken != null) {
      return CompletableFuture.failedFuture(broken);
    }
    if (seq < next) {
      return CompletableFuture.completedFuture(null);
    }
    return awaited.computeIfAbsent(seq, position -> new CompletableFuture<>());
  }

  /** The processor, to be registered. */
  PooledStreamingEventProcessorModule processor(LogMessages messages) {
    SimpleEventHandlingComponent handlers =
        new SimpleEventHandlingComponent(SequentialPolicy.INSTANCE);
    handlers.subscribe(
        EventNames.all().keySet().stream().map(QualifiedName::new).collect(Collectors.toSet()),
        (message, unit) -> {
          apply(messages, message);
          return MessageStream.empty();
        });
    return EventProcessorModule.pooledStreaming(name)
        .eventHandlingComponents(components -> components.declarative(configuration -> handlers))
        .customized((configuration, processor) ->
            processor.tokenStore(new InMemoryTokenStore()).initialSegmentCount(1).batchSize(BATCH));
  }

  private synchronized void apply(LogMessages messages, EventMessage message) {
    TrailEntry entry = messages.trailEntryOf(message);
    if (broken != null) {
      return; // A state that an event may have changed in part is not shown the event again.
    }
    try {
      state = projection.apply(state, entry);
    } catch (RuntimeException e) {
      broken = e;
      next = entry.seq();
      awaited.values().forEach(waiting -> waiting.completeExceptionally(e));
      throw e;
    }
    next = entry.seq() + 1;
    NavigableMap<Long, CompletableFuture<Void>> passed = awaited.headMap(next, false);
    passed.values().forEach(waiting -> waiting.complete(null));
    passed.clear();
  }
}
