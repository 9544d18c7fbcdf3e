package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pagetrail.kvm.host.HostSettings;

/**
 * Names for frames in the order of their appearance. Which number a new frame has decides nothing;
 * that two entries show the same frame does. Frames that one entry shows together share a name and
 * are told apart by their offset.
 */
final class FrameNames {
  /** Frames that appear together; ends before {@code end}. */
  private record Span(long first, long end) {}

  private final HostSettings settings;
  private final List<Span> spans = new ArrayList<>();
  private final TreeMap<Long, Span> merged = new TreeMap<>();
  private final Map<Long, Integer> names = new TreeMap<>();

  FrameNames(HostSettings settings) {
    this.settings = settings;
  }

  /** Some entry shows these frames. */
  void add(long first, long count) {
    spans.add(new Span(first, first + count));
  }

  /** All have been added. */
  void close() {
    spans.sort(Comparator.comparingLong(Span::first).thenComparingLong(Span::end));
    for (Span span : spans) {
      Map.Entry<Long, Span> last = merged.lastEntry();
      if (last != null && span.first() < last.getValue().end()) {
        Span before = last.getValue();
        merged.put(before.first(), new Span(before.first(), Math.max(before.end(), span.end())));
      } else {
        merged.put(span.first(), span);
      }
    }
  }

  /** The frame's name, the same whenever it is asked for. */
  String name(long frame) {
    long zero = frame - settings.zeroPage().value();
    if (zero >= 0 && zero < settings.zeroPages()) {
      return "zero" + zero;
    }
    long first = merged.floorEntry(frame).getValue().first();
    Integer name = names.get(first);
    if (name == null) {
      name = names.size();
      names.put(first, name);
    }
    return "f" + name + "." + (frame - first);
  }
}
