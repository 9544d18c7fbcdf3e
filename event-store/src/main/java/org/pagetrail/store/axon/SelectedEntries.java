package org.pagetrail.store.axon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.Tag;
import org.pagetrail.store.TrailLog;

/** The entries of a part of a log that meet any of a condition's criteria, in the log's order. */
final class SelectedEntries implements Iterator<LogEntry> {
  private final List<Ahead> sources = new ArrayList<>();
  private final long end;

  /** A selection's entries and the first of them not yet taken. */
  private static final class Ahead {
    private final Iterator<LogEntry> entries;
    private @Nullable LogEntry next;

    private Ahead(Iterator<LogEntry> entries) {
      this.entries = entries;
      advance();
    }

    private void advance() {
      next = entries.hasNext() ? entries.next() : null;
    }
  }

  /** Those from {@code from}, at most the log's size, up to before {@code end}. */
  SelectedEntries(TrailLog log, EventsCondition condition, long from, long end) {
    this.end = end;
    for (Selection selection : selections(condition)) {
      sources.add(new Ahead(log.read(selection, from)));
    }
  }

  /** What an event must match one of. */
  static List<Selection> selections(EventsCondition condition) {
    if (!condition.criteria().hasCriteria()) {
      return List.of(Selection.ALL);
    }
    List<Selection> selections = new ArrayList<>();
    for (EventCriterion criterion : condition.criteria().flatten()) {
      SortedSet<Tag> tags = new TreeSet<>();
      criterion.tags().forEach(tag -> tags.add(new Tag(tag.key(), tag.value())));
      SortedSet<String> types = new TreeSet<>();
      criterion.types().forEach(type -> types.add(type.fullName()));
      selections.add(new Selection(tags, types));
    }
    return Collections.unmodifiableList(selections);
  }

  @Override
  public boolean hasNext() {
    return first() != null;
  }

  @Override
  public LogEntry next() {
    LogEntry first = first();
    if (first == null) {
      throw new NoSuchElementException("no entry is selected before " + end);
    }
    for (Ahead source : sources) {
      if (source.next != null && source.next.seq() == first.seq()) {
        source.advance();
      }
    }
    return first;
  }

  private @Nullable LogEntry first() {
    LogEntry first = null;
    for (Ahead source : sources) {
      LogEntry next = source.next;
      if (next != null && next.seq() < end && (first == null || next.seq() < first.seq())) {
        first = next;
      }
    }
    return first;
  }
}
