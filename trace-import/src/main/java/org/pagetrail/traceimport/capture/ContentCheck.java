package org.pagetrail.traceimport.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Source;

/**
 * A look at the zero page.
 *
 * @param timeNanos monotonic; null if not recorded
 * @param whole true if every word that is not zero is listed
 */
public record ContentCheck(
    Source source, @Nullable Long timeNanos, Pfn pfn, boolean whole, List<Word> words) {
  /** Copies the list. */
  public ContentCheck {
    words = List.copyOf(words);
  }
}
