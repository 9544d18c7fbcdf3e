package org.pagetrail.projections.ranges;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A mutable map from page numbers to values, kept as runs that do not overlap. Costs are
 * logarithmic in the number of runs and linear in the runs touched, whatever their length.
 */
public final class PageRuns<V extends RunValue<V>> {
  private final RunStore<V> runs;

  /** No page has a value; the runs are kept on the heap. */
  public PageRuns() {
    this(RunStore.onHeap());
  }

  /** The runs of a store, which nobody else changes. */
  public PageRuns(RunStore<V> runs) {
    this.runs = runs;
  }

  /** A copy that changes on its own; on the heap linear in the number of runs. */
  public PageRuns<V> fork() {
    return new PageRuns<>(runs.fork());
  }

  /** All runs, ascending, as a view. */
  public Collection<Run<V>> runs() {
    return runs.all();
  }

  /** True if no page has a value. */
  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** The run that holds {@code page}. */
  public @Nullable Run<V> runAt(long page) {
    return runs.holding(page);
  }

  /** The value at {@code page}. */
  public @Nullable V at(long page) {
    Run<V> run = runAt(page);
    return run == null ? null : run.at(page);
  }

  /** The first page behind {@code page} where a run begins, {@code end} if none does before it. */
  public long nextRun(long page, long end) {
    return runs.nextStart(page, end);
  }

  /** The runs that share a page with {@code [first, first + pages)}, whole, ascending. */
  public List<Run<V>> overlapping(long first, long pages) {
    long end = first + pages;
    Run<V> head = runAt(first);
    if (pages == 1) {
      return head == null ? List.of() : List.of(head);
    }
    List<Run<V>> found = new ArrayList<>();
    if (head != null) {
      found.add(head);
    }
    found.addAll(runs.startingBetween(first, end));
    return found;
  }

  /** The same runs, looked up one after the other while they are asked for. */
  public Iterator<Run<V>> each(long first, long pages) {
    long end = first + pages;
    return new Iterator<>() {
      private @Nullable Run<V> next = pages == 0 ? null : from(first);

      private @Nullable Run<V> from(long page) {
        Run<V> here = page < end ? runAt(page) : null;
        if (here != null || page >= end) {
          return here;
        }
        long start = runs.nextStart(page, end);
        return start < end ? runAt(start) : null;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Run<V> next() {
        Run<V> run = next;
        if (run == null) {
          throw new NoSuchElementException("there are no more runs");
        }
        next = from(run.end());
        return run;
      }
    };
  }

  /**
   * Takes the values of a range away.
   *
   * @return what was there, clipped to the range, ascending
   */
  public List<Run<V>> remove(long first, long pages) {
    long end = first + pages;
    List<Run<V>> removed = new ArrayList<>();
    for (Run<V> run : overlapping(first, pages)) {
      runs.remove(run);
      if (run.first() < first) {
        runs.insert(run.clip(run.first(), first));
      }
      if (run.end() > end) {
        runs.insert(run.clip(end, run.end()));
      }
      removed.add(run.clip(first, end));
    }
    return removed;
  }

  /**
   * Sets the value of a range, as it reads at the range's first page.
   *
   * @return what was there, clipped to the range, ascending
   */
  public List<Run<V>> put(long first, long pages, V value) {
    List<Run<V>> replaced = remove(first, pages);
    runs.insert(new Run<>(first, pages, value));
    return replaced;
  }

  /**
   * Changes the values of the pages in a range that have one.
   *
   * @return the changed parts as they read now, ascending
   */
  public List<Run<V>> update(long first, long pages, UnaryOperator<V> change) {
    List<Run<V>> changed = new ArrayList<>();
    for (Run<V> run : remove(first, pages)) {
      Run<V> now = new Run<>(run.first(), run.pages(), change.apply(run.value()));
      runs.insert(now);
      changed.add(now);
    }
    return changed;
  }
}
