package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.run.RunStore;
import org.pagetrail.kvm.run.RunWords;
import org.pagetrail.kvm.run.Sliced;

/** Runs of the model's state outside the heap. */
final class ModelRuns<V extends Sliced<V>> implements RunStore<V> {
  private final RunWords<V> words;
  private final Table table;

  /** The words of the runs; a run is only put or taken away whole. */
  private static final class Table extends RunTable {
    private Table(Memory memory) {
      super(memory, 2, false);
    }

    private Table(Table other) {
      super(other);
    }

    @Override
    long further(long word, long pages) {
      return word;
    }
  }

  ModelRuns(Memory memory, RunWords<V> words) {
    this(words, new Table(memory));
  }

  private ModelRuns(RunWords<V> words, Table table) {
    this.words = words;
    this.table = table;
  }

  @Override
  public RunStore<V> fork() {
    return new ModelRuns<>(words, new Table(table));
  }

  @Override
  public @Nullable Run<V> holding(long page) {
    table.seek(page);
    return table.word(0) == 0 ? null : here();
  }

  @Override
  public @Nullable Run<V> nextFrom(long page) {
    long at = page;
    while (at < RunTable.PAGES) {
      table.seek(at);
      if (table.word(0) != 0 && table.first() >= page) {
        return here();
      }
      at = table.end();
    }
    return null;
  }

  private Run<V> here() {
    return new Run<>(
        table.first(), table.end() - table.first(), words.of(table.word(0), table.word(1)));
  }

  @Override
  public void remove(Run<V> run) {
    table.put(run.first(), run.end(), 0, 0, 0);
  }

  @Override
  public void insert(Run<V> run) {
    table.put(run.first(), run.end(), words.first(run.value()), words.second(run.value()), 0);
  }
}
