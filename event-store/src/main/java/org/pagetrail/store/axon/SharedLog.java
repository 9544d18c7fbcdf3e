package org.pagetrail.store.axon;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.TrailLog;

/** A log that the threads of an engine use one after the other. */
final class SharedLog {
  /** Entries that are read at a time. */
  static final int PAGE = 512;

  private final TrailLog log;
  private final ReentrantLock lock = new ReentrantLock();

  SharedLog(TrailLog log) {
    this.log = log;
  }

  String run() {
    return log.run();
  }

  /** Does something with the log while no other thread does. */
  <T> T alone(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  long size() {
    return alone(log::size);
  }

  /** The log, for {@link #alone}. */
  TrailLog log() {
    return log;
  }

  /** The entries from {@code from} up to before {@code end} that meet the condition. */
  Iterator<LogEntry> entries(EventsCondition condition, long from, long end) {
    return new Paged(alone(() -> new SelectedEntries(log, condition, from, end)));
  }

  /** Reads on where it has to, a page at a time. */
  private final class Paged implements Iterator<LogEntry> {
    private final Iterator<LogEntry> entries;
    private final Queue<LogEntry> page = new ArrayDeque<>();

    private Paged(Iterator<LogEntry> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      return !page.isEmpty() || alone(this::readOn);
    }

    private boolean readOn() {
      while (page.size() < PAGE && entries.hasNext()) {
        page.add(entries.next());
      }
      return !page.isEmpty();
    }

    @Override
    public LogEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all entries have been read");
      }
      return page.remove();
    }
  }
}
