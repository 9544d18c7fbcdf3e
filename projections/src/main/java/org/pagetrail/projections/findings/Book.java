package org.pagetrail.projections.findings;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/** What pages have against them; somebody may be told of each change. */
final class Book {
  private final PageRuns<Tally> tallies;
  private @Nullable Listener listener;

  /** Is told of changes. */
  @FunctionalInterface
  interface Listener {
    /** Pages have this against them now; null for nothing. */
    void changed(long first, long pages, @Nullable Tally tally);
  }

  Book() {
    this(new PageRuns<>());
  }

  private Book(PageRuns<Tally> tallies) {
    this.tallies = tallies;
  }

  /** A copy that changes on its own and tells nobody. */
  Book fork() {
    return new Book(tallies.fork());
  }

  void tell(Listener told) {
    listener = told;
  }

  @Nullable Tally at(long page) {
    return tallies.at(page);
  }

  boolean isEmpty() {
    return tallies.isEmpty();
  }

  Collection<Run<Tally>> runs() {
    return tallies.runs();
  }

  /** Sets what pages have against them; what they had before, clipped to them. */
  List<Run<Tally>> put(long first, long pages, Tally tally) {
    changed(first, pages, tally);
    return tallies.put(first, pages, tally);
  }

  /** Sets what pages have against them; null for nothing. */
  void set(long first, long pages, @Nullable Tally tally) {
    if (tally == null) {
      remove(new PageSpan(first, pages));
    } else {
      put(first, pages, tally);
    }
  }

  /** The pages have nothing against them any more. */
  void remove(PageSpan span) {
    if (!tallies.isEmpty() && !tallies.remove(span.first(), span.pages()).isEmpty()) {
      changed(span.first(), span.pages(), null);
    }
  }

  /** Changes what pages have against them, where they have something. */
  void update(PageSpan span, UnaryOperator<Tally> change) {
    for (Run<Tally> run : tallies.overlapping(span.first(), span.pages())) {
      Run<Tally> there = run.clip(span.first(), span.end());
      Tally now = change.apply(there.value());
      if (there.pages() != run.pages() || !now.equals(there.value())) {
        put(there.first(), there.pages(), now);
      }
    }
  }

  private void changed(long first, long pages, @Nullable Tally tally) {
    if (listener != null) {
      listener.changed(first, pages, tally);
    }
  }
}
