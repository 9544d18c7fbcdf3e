package org.pagetrail.projections.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.projections.diff.StateDifference;
import org.pagetrail.projections.ranges.PageSpan;

/** Differences of neighbouring pages that only their frames tell apart, as one row. */
final class StateRows {
  private static final Pattern FRAME = Pattern.compile(" pfn 0x[0-9a-f]+");
  private static final String SCATTERED = " pfns scattered";

  private StateRows() {}

  static List<StateDifference> joined(List<StateDifference> differences) {
    List<StateDifference> rows = new ArrayList<>();
    for (StateDifference next : differences) {
      StateDifference last = rows.isEmpty() ? null : rows.getLast();
      GpaRange before = last == null ? null : last.guest();
      GpaRange guest = next.guest();
      if (last != null && before != null && guest != null && areAlike(last, next, before, guest)) {
        PageSpan span = new PageSpan(PageSpan.of(before).first(), last.pages() + next.pages());
        rows.removeLast();
        rows.add(
            new StateDifference(
                last.part(),
                span.guest(),
                null,
                span.pages(),
                joined(last.left(), next.left()),
                joined(last.right(), next.right())));
      } else {
        rows.add(next);
      }
    }
    return rows;
  }

  private static boolean areAlike(
      StateDifference last, StateDifference next, GpaRange before, GpaRange guest) {
    return last.part() == next.part()
        && last.part() != StateDifference.Part.SLOT
        && PageSpan.of(before).end() == PageSpan.of(guest).first()
        && scattered(last.left()).equals(scattered(next.left()))
        && scattered(last.right()).equals(scattered(next.right()));
  }

  private static String joined(String last, String next) {
    return last.equals(next) ? last : scattered(last);
  }

  private static String scattered(String text) {
    return FRAME.matcher(text).replaceAll(SCATTERED);
  }
}
