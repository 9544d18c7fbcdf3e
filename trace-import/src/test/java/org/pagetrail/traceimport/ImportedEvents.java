package org.pagetrail.traceimport;

import java.util.List;
import org.pagetrail.events.trail.TrailEntry;

/** The events of one type that an import made. */
public final class ImportedEvents {
  private ImportedEvents() {}

  /** Those of {@code type}, in the order of the trail. */
  public static <T> List<T> events(Import imported, Class<T> type) {
    return imported.trail().entries().stream()
        .map(TrailEntry::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
