package org.pagetrail.store.axon;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.Registration;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.StoreException;

/**
 * Tells streams that a log has grown: at once after an append of this process, and, where another
 * process may write, by looking at the log's size again and again.
 */
final class LogFollower implements AutoCloseable {
  private final SharedLog log;
  private final @Nullable Duration interval;
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private @Nullable ScheduledExecutorService clock;
  private long sizeSeen;

  /**
   * A follower without listeners, which does not look yet.
   *
   * @param interval between two looks; null if only this process writes
   */
  LogFollower(SharedLog log, @Nullable Duration interval) {
    this.log = log;
    this.interval = interval;
  }

  /** Calls {@code listener} whenever the log has grown, until that is cancelled. */
  Registration register(Runnable listener) {
    listeners.add(listener);
    look();
    return () -> listeners.remove(listener);
  }

  /** Tells all listeners. */
  void tell() {
    listeners.forEach(Runnable::run);
  }

  private synchronized void look() {
    if (clock != null || interval == null) {
      return;
    }
    sizeSeen = log.size();
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("follow " + log.run()).factory());
    long nanos = interval.toNanos();
    var _ = clock.scheduleWithFixedDelay(this::lookOnce, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void lookOnce() {
    long size;
    try {
      size = log.size();
    } catch (StoreException e) {
      tell(); // The streams meet the failure when they read, and say so.
      return;
    }
    if (size != sizeSeen) {
      sizeSeen = size;
      tell();
    }
  }

  /** Stops looking. */
  @Override
  public synchronized void close() {
    if (clock != null) {
      clock.shutdownNow();
      clock = null;
    }
    listeners.clear();
  }
}
