package org.pagetrail.store;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Entries that carry all of the tags and, if any type is named, are of one of the types. Without
 * tags and types: every entry.
 *
 * @param types qualified names, as {@link LogEntry#type} gives them
 */
public record Selection(SortedSet<Tag> tags, SortedSet<String> types) {
  /** Every entry. */
  public static final Selection ALL = new Selection(new TreeSet<>(), new TreeSet<>());

  /** Copies the sets. */
  public Selection {
    tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
  }

  /** Entries with all of these tags. */
  public static Selection tagged(Tag... tags) {
    return new Selection(new TreeSet<>(Set.of(tags)), new TreeSet<>());
  }

  /** True if the entry is selected. */
  public boolean holds(LogEntry entry) {
    return (types.isEmpty() || types.contains(entry.type())) && entry.tags().containsAll(tags);
  }
}
