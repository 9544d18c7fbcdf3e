package org.pagetrail.store.fold;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.projections.ranges.RunStore;
import org.pagetrail.projections.ranges.RunValue;

/** Runs outside the heap: what is asked for is made anew from the words of its value. */
final class OffHeapRuns<V extends RunValue<V>> implements RunStore<V> {
  private final RunCodec<V> codec;
  private final RunTable table;
  private final long[] words = new long[3];

  /** The words of the runs. */
  private static final class Words extends RunTable {
    private final RunCodec<?> codec;

    private Words(Memory memory, RunCodec<?> codec) {
      super(memory, 3, false);
      this.codec = codec;
    }

    private Words(RunTable other, RunCodec<?> codec) {
      super(other);
      this.codec = codec;
    }

    @Override
    long further(long word, long pages) {
      return word == 0 ? 0 : codec.further(word, pages);
    }
  }

  OffHeapRuns(Memory memory, RunCodec<V> codec) {
    this.codec = codec;
    this.table = new Words(memory, codec);
  }

  /** The runs that a table holds, which nobody else changes from now on. */
  OffHeapRuns(RunTable table, RunCodec<V> codec) {
    this.codec = codec;
    this.table = table;
  }

  private OffHeapRuns(OffHeapRuns<V> other) {
    this.codec = other.codec.fork();
    this.table = new Words(other.table, codec);
  }

  @Override
  public RunStore<V> fork() {
    return new OffHeapRuns<>(this);
  }

  @Override
  public @Nullable Run<V> holding(long page) {
    table.seek(page);
    return table.word(0) == 0 ? null : here();
  }

  /** The run that the table stands at. */
  private Run<V> here() {
    V value = codec.unpack(table.word(0), word(1), word(2));
    return new Run<>(table.first(), table.end() - table.first(), value);
  }

  private long word(int number) {
    return number < table.words ? table.word(number) : 0;
  }

  @Override
  public long nextStart(long page, long end) {
    table.seek(page);
    long next = table.end();
    while (next < end) {
      table.seek(next);
      if (table.word(0) != 0) {
        return next;
      }
      next = table.end();
    }
    return end;
  }

  private long firstStart() {
    table.seek(0);
    return table.word(0) == 0 ? nextStart(0, RunTable.PAGES) : 0;
  }

  @Override
  public List<Run<V>> startingBetween(long page, long end) {
    List<Run<V>> found = new ArrayList<>();
    for (long next = nextStart(page, end); next < end; next = nextStart(next, end)) {
      table.seek(next);
      found.add(here());
    }
    return found;
  }

  @Override
  public boolean isEmpty() {
    return firstStart() == RunTable.PAGES;
  }

  @Override
  public void remove(Run<V> run) {
    table.seek(run.first());
    codec.release(table.word(0), word(1), word(2));
    table.put(run.first(), run.end(), 0, 0, 0);
  }

  @Override
  public void insert(Run<V> run) {
    codec.pack(run.value(), words);
    table.put(run.first(), run.end(), words[0], words[1], words[2]);
  }

  @Override
  public Collection<Run<V>> all() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<Run<V>> iterator() {
        return new Runs();
      }

      @Override
      public int size() {
        int runs = 0;
        for (long at = firstStart(); at < RunTable.PAGES; at = nextStart(at, RunTable.PAGES)) {
          runs++;
        }
        return runs;
      }
    };
  }

  /** Goes over the runs; each step finds its place anew, whatever was asked in between. */
  private final class Runs implements Iterator<Run<V>> {
    private long next = firstStart();

    @Override
    public boolean hasNext() {
      return next < RunTable.PAGES;
    }

    @Override
    public Run<V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there are no more runs");
      }
      table.seek(next);
      Run<V> run = here();
      next = nextStart(next, RunTable.PAGES);
      return run;
    }
  }
}
