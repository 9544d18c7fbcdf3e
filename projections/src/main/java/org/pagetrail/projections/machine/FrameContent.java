package org.pagetrail.projections.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;

/**
 * What is known of the bytes of one frame, at one moment.
 *
 * @param wholeSeen the latest sighting of the whole page, null if none: words not listed were zero
 *     then
 * @param words ascending by offset
 */
public record FrameContent(Pfn pfn, @Nullable Origin wholeSeen, List<KnownWord> words) {
  /** Copies the list. */
  public FrameContent {
    words = List.copyOf(words);
  }

  /** Of all frames with known bytes, ascending. */
  static List<FrameContent> of(HostMemory host) {
    return host.contents().entrySet().stream()
        .map(entry -> of(new Pfn(entry.getKey()), entry.getValue()))
        .toList();
  }

  private static FrameContent of(Pfn pfn, PageContent content) {
    return new FrameContent(pfn, content.wholeSeen(), List.copyOf(content.words()));
  }
}
