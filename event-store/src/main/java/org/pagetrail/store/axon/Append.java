package org.pagetrail.store.axon;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** Messages on their way into a log: nothing is written before the commit, and all of it then. */
final class Append implements AppendTransaction<Long> {
  private final TrailLogEngine engine;
  private final AppendCondition condition;
  private final List<TaggedEventMessage<?>> events;
  private final AtomicBoolean ended = new AtomicBoolean();

  Append(TrailLogEngine engine, AppendCondition condition, List<TaggedEventMessage<?>> events) {
    this.engine = engine;
    this.condition = condition;
    this.events = List.copyOf(events);
  }

  @Override
  public CompletableFuture<Long> commit(@Nullable ProcessingContext context) {
    if (ended.getAndSet(true)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("these events are committed or rolled back already"));
    }
    try {
      return CompletableFuture.completedFuture(engine.append(condition, events));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void rollback(@Nullable ProcessingContext context) {
    ended.set(true);
  }

  @Override
  public CompletableFuture<ConsistencyMarker> afterCommit(
      Long size, @Nullable ProcessingContext context) {
    return CompletableFuture.completedFuture(new GlobalIndexConsistencyMarker(size));
  }
}
