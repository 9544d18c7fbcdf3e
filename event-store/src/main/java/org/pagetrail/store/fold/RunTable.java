package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;

/**
 * A map from page numbers to values of a few words, kept as runs in a tree. Every page has a value;
 * where nothing was put it is zero.
 *
 * <p>Where many short runs lie close together a table may turn a chunk of pages into an array, in
 * which each page is a run of its own: a page is then set without a search. It becomes a run again
 * when one is put over all of it.
 *
 * <p>Not for several threads at once, nor are a table and its forks.
 */
abstract class RunTable extends RunTree {
  /** So many of the runs of one leaf make a chunk an array: a sixteenth of its pages. */
  private static final int RUNS_FOR_ARRAY = NodePool.ENTRIES / 2;

  private static final long CHUNK_PAGES = PageArrays.CHUNK_PAGES;
  private static final long IN_CHUNK = CHUNK_PAGES - 1;

  /** Null if all pages are to stay runs. */
  private final @Nullable PageArrays arrays;

  /** The array that the page of the run lies in, {@link PageArrays#NONE} if it is in the tree. */
  private int array = PageArrays.NONE;

  /**
   * A table that is zero everywhere, of one to three words.
   *
   * @param mayHaveArrays false if runs must stay as they were put
   */
  RunTable(Memory memory, int words, boolean mayHaveArrays) {
    super(memory, words);
    this.arrays = mayHaveArrays ? new PageArrays(memory, words) : null;
  }

  /** A fork. */
  RunTable(RunTable other) {
    super(other);
    this.arrays = other.arrays == null ? null : other.arrays.fork();
  }

  /** How many runs there are, those that are zero included. */
  final long runs() {
    return arrays == null ? treeRuns() : treeRuns() + arrays.size() * (CHUNK_PAGES - 1);
  }

  /** The array that holds a page, {@link PageArrays#NONE} if none does. */
  private int arrayOf(long page) {
    return arrays == null || arrays.size() == 0 ? PageArrays.NONE : arrays.of(page);
  }

  @Override
  final void seek(long page) {
    if (page < runFirst || page >= runEnd) {
      array = arrayOf(page);
      if (array == PageArrays.NONE) {
        seekRun(page);
      } else {
        know(page, page + 1);
      }
    }
  }

  @Override
  final void seekToWrite(long page) {
    if (array != PageArrays.NONE) {
      array = PageArrays.NONE;
      // The page gone to is none of the tree, which is somewhere else.
      know(0, 0);
    }
    super.seekToWrite(page);
  }

  /** The first page of the run. */
  final long first() {
    return runFirst;
  }

  /** The page after its last. */
  final long end() {
    return runEnd;
  }

  /** A word of its value; the first word as it reads at its first page. */
  final long word(int word) {
    return array == PageArrays.NONE || arrays == null
        ? treeWord(word)
        : arrays.get(array, runFirst, word);
  }

  /** The first word as it reads at a page of the run. */
  final long wordAt(long page) {
    return further(word(0), page - runFirst);
  }

  /** Sets the value of the pages from {@code first} to before {@code end}, not empty. */
  final void put(long first, long end, long word0, long word1, long word2) {
    if (first < 0 || first >= end || end > PAGES) {
      throw new IllegalArgumentException("pages " + first + " to " + end + " are no run");
    }
    if (arrays == null || arrays.size() == 0) {
      putRun(first, end, word0, word1, word2, true);
    } else {
      putAmong(arrays, first, end, word0, word1, word2);
    }
  }

  /** Writes to the arrays that the range ends in, and in between puts a run in place of all. */
  private void putAmong(
      PageArrays among, long first, long end, long word0, long word1, long word2) {
    long chunkEnd = (first | IN_CHUNK) + 1;
    boolean isPart = (first & IN_CHUNK) != 0 || end < chunkEnd;
    long from = first;
    if (isPart && among.of(first) != PageArrays.NONE) {
      from = Math.min(end, chunkEnd);
      write(among, first, from, word0, word1, word2);
    }
    long to = end;
    long lastChunk = end & -CHUNK_PAGES;
    if (from <= lastChunk && lastChunk < end && among.of(lastChunk) != PageArrays.NONE) {
      to = lastChunk;
      write(among, to, end, further(word0, to - first), word1, word2);
    }
    if (from < to) {
      long firstWhole = (from + IN_CHUNK) & -CHUNK_PAGES;
      long endWhole = to & -CHUNK_PAGES;
      if (firstWhole < endWhole) {
        among.drop(firstWhole, endWhole, owner);
      }
      putRun(from, to, further(word0, from - first), word1, word2, true);
    }
  }

  /** Writes to pages of one chunk. */
  private void write(PageArrays among, long first, long end, long word0, long word1, long word2) {
    array = among.own(first, owner);
    for (long page = first; page < end; page++) {
      among.set(array, page, 0, further(word0, page - first));
      if (words > 1) {
        among.set(array, page, 1, word1);
      }
      if (words > 2) {
        among.set(array, page, 2, word2);
      }
    }
    know(end - 1, end);
  }

  @Override
  final boolean isPutElsewhere(long first, long end, long word0, long word1, long word2) {
    if (arrays == null || !isWorthArray(first, end)) {
      return false;
    }
    makeArray(arrays, first & -CHUNK_PAGES);
    write(arrays, first, end, word0, word1, word2);
    return true;
  }

  /** True if many runs of the full leaf lie in the chunk of a range that lies in one. */
  private boolean isWorthArray(long first, long end) {
    long chunk = first & -CHUNK_PAGES;
    if (end > chunk + CHUNK_PAGES) {
      return false;
    }
    int before = pool.floor(leaf, Math.max(chunk, leafFirst));
    int last = pool.floor(leaf, Math.min(chunk + CHUNK_PAGES, leafEnd) - 1);
    return last - before >= RUNS_FOR_ARRAY;
  }

  /** Makes an array of the runs of a chunk. */
  private void makeArray(PageArrays into, long chunk) {
    long end = chunk + CHUNK_PAGES;
    int made = into.make(owner);
    for (long page = chunk; page < end; page++) {
      seek(page);
      into.set(made, page, 0, wordAt(page));
      for (int word = 1; word < words; word++) {
        into.set(made, page, word, word(word));
      }
    }
    putRun(chunk, end, 0, 0, 0, false);
    into.add(chunk, made);
    know(0, 0);
  }

  /** Sets a value that does not count up, and joins the run with neighbours of that value. */
  final void putJoined(long first, long end, long word) {
    if (arrayOf(first) != PageArrays.NONE) {
      put(first, end, word, 0, 0);
      return;
    }
    long from = first;
    if (first > 0) {
      seek(first - 1);
      from = word(0) == word && array == PageArrays.NONE ? first() : first;
    }
    long to = end;
    if (end < PAGES) {
      seek(end);
      to = word(0) == word && array == PageArrays.NONE ? end() : end;
    }
    put(from, to, word, 0, 0);
  }
}
