package org.pagetrail.projections.diff;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.projections.ranges.RunValue;

/** Walks two maps of runs together, one stretch after the other in which neither changes. */
final class RunWalk {
  private RunWalk() {}

  /** Sees a stretch; a side without a value there is null, and not both are. */
  interface Visitor<V> {
    void visit(PageSpan span, @Nullable V left, @Nullable V right);
  }

  static <V extends RunValue<V>> void walk(
      Collection<Run<V>> left, Collection<Run<V>> right, Visitor<V> visitor) {
    Iterator<Run<V>> lefts = left.iterator();
    Iterator<Run<V>> rights = right.iterator();
    Run<V> l = next(lefts);
    Run<V> r = next(rights);
    long at = 0;
    while (l != null || r != null) {
      at = Math.max(at, Math.min(start(l), start(r)));
      boolean inLeft = l != null && l.first() <= at;
      boolean inRight = r != null && r.first() <= at;
      long end =
          Math.min(
              inLeft && l != null ? l.end() : start(l), inRight && r != null ? r.end() : start(r));
      visitor.visit(
          new PageSpan(at, end - at),
          inLeft && l != null ? l.at(at) : null,
          inRight && r != null ? r.at(at) : null);
      at = end;
      l = l != null && l.end() <= at ? next(lefts) : l;
      r = r != null && r.end() <= at ? next(rights) : r;
    }
  }

  private static <V extends RunValue<V>> long start(@Nullable Run<V> run) {
    return run == null ? PageSpan.NUMBERS : run.first();
  }

  private static <T> @Nullable T next(Iterator<T> iterator) {
    return iterator.hasNext() ? iterator.next() : null;
  }
}
