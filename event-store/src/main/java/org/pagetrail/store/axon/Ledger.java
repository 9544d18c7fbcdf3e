package org.pagetrail.store.axon;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.StoreException;

/**
 * Writes entries of a trail through Axon's event store, a page in a unit of work of its own. Each
 * entry is written at its own position or not at all.
 */
final class Ledger {
  /** Axon copies the queue of a unit of work with every event: a bigger page costs more. */
  static final int PAGE = 1024;

  private final UnitOfWorkFactory units;
  private final EventStore store;
  private final LogMessages messages;

  Ledger(UnitOfWorkFactory units, EventStore store, LogMessages messages) {
    this.units = units;
    this.store = store;
    this.messages = messages;
  }

  /**
   * Writes entries; returns when they are durable. If it throws, the pages before are durable.
   *
   * @throws RuntimeException what the store or the engine threw
   */
  void write(List<TrailEntry> entries) {
    for (int from = 0; from < entries.size(); from += PAGE) {
      writePage(entries.subList(from, Math.min(entries.size(), from + PAGE)));
    }
  }

  private void writePage(List<TrailEntry> entries) {
    List<EventMessage> page = entries.stream().map(messages::messageOf).toList();
    joined(
        units
            .create(page.getFirst().identifier())
            .executeWithResult(unit -> store.publish(unit, page)));
  }

  /**
   * The result of a future of Axon's; throws what made it fail.
   *
   * @throws StoreException if somebody else has written in between
   */
  static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof AppendEventsTransactionRejectedException conflict) {
        throw new StoreException(
            "the trail",
            "not written",
            String.valueOf(conflict.getMessage()),
            "do it again on what the trail has become",
            conflict);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
