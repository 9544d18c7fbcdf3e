package org.pagetrail.traceimport.join;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines one after the other; null when there is none (any more). */
@FunctionalInterface
public interface Lines<T> {
  /** The next line. */
  @Nullable T next();

  /** Lines that are known already. */
  static <T> Lines<T> of(List<T> all) {
    Iterator<T> each = all.iterator();
    return () -> each.hasNext() ? each.next() : null;
  }

  /** True if no line follows when there was none. */
  default boolean isEnded() {
    return true;
  }
}
