package org.pagetrail.projections.machine;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.memory.PageSize;

/** What is known of the bytes of one host frame: the latest write or sighting of each word. */
public final class PageContent {
  private final NavigableMap<Integer, KnownWord> words;
  private @Nullable Origin wholeSeen;

  PageContent() {
    this(new TreeMap<>(), null);
  }

  private PageContent(NavigableMap<Integer, KnownWord> words, @Nullable Origin wholeSeen) {
    this.words = words;
    this.wholeSeen = wholeSeen;
  }

  static PageContent of(FrameContent known) {
    NavigableMap<Integer, KnownWord> words = new TreeMap<>();
    known.words().forEach(word -> words.put(word.offset(), word));
    return new PageContent(words, known.wholeSeen());
  }

  PageContent fork() {
    return new PageContent(new TreeMap<>(words), wholeSeen);
  }

  /** The known words, ascending by offset, as a view. */
  public Collection<KnownWord> words() {
    return Collections.unmodifiableCollection(words.values());
  }

  /** The latest sighting of the whole page: words not known were zero then. */
  public @Nullable Origin wholeSeen() {
    return wholeSeen;
  }

  void see(ContentSeen event, Origin origin) {
    if (event.whole()) {
      words.clear();
      wholeSeen = origin;
    }
    for (Word word : event.words()) {
      put(word.offset(), word.width(), word.value(), null, origin);
    }
  }

  void write(PageWritten event, Origin origin) {
    put(event.offset(), event.width(), event.value(), event.writer(), origin);
  }

  /** Bytes outside the page are dropped. */
  private void put(int offset, int width, long value, @Nullable Writer writer, Origin origin) {
    int end = (int) Math.min((long) offset + Math.min(width, Long.BYTES), PageSize.BASE_BYTES);
    if (offset < 0 || width < 1 || end <= offset) {
      return;
    }
    forget(offset, end);
    int bytes = end - offset;
    words.put(offset, new KnownWord(offset, bytes, KnownWord.masked(value, bytes), writer, origin));
  }

  /** The bytes from {@code from} up to {@code to} are not known any more. */
  void forget(int from, int to) {
    Map.Entry<Integer, KnownWord> before = words.lowerEntry(from);
    if (before != null && before.getValue().end() > from) {
      KnownWord old = before.getValue();
      words.put(old.offset(), old.cut(old.offset(), from));
      keepTail(old, to);
    }
    Map.Entry<Integer, KnownWord> next = words.ceilingEntry(from);
    while (next != null && next.getKey() < to) {
      words.remove(next.getKey());
      keepTail(next.getValue(), to);
      next = words.ceilingEntry(next.getKey() + 1);
    }
  }

  private void keepTail(KnownWord old, int from) {
    if (old.end() > from) {
      words.put(from, old.cut(from, old.end()));
    }
  }
}
