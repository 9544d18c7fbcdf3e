package org.pagetrail.store.fold;

/**
 * A map from page numbers to values of a few words, kept as runs: a B+ tree outside the heap. Every
 * page has a value; where nothing was put it is zero. Costs are logarithmic in the number of runs
 * and linear in the runs touched, whatever their length.
 *
 * <p>Not for several threads at once, nor are a table and its forks.
 */
abstract class RunTable {
  /** No page number reaches this. */
  static final long PAGES = 1L << 52;

  private static final int KEYS = 0;
  private static final int CHILDREN = 1;
  private static final int HEIGHT_MAX = 16;

  /** Of a full node that grows at its end, as tables filled in ascending order do. */
  private static final int KEPT_WHEN_APPENDED = NodePool.ENTRIES - 4;

  private final NodePool pool;
  private final int words;
  private final int[] pathNode = new int[HEIGHT_MAX];
  private final int[] pathEntry = new int[HEIGHT_MAX];
  private int owner;
  private int root;
  private int height;
  private long runs;

  private int leaf;
  private int entry;
  private long leafFirst;
  private long leafEnd;
  private boolean leafIsOwn;

  /** The run at {@link #entry}; what is asked again and again is found without looking. */
  private long runFirst;

  /** Not above {@link #runFirst} if the run is to be looked for. */
  private long runEnd;

  /** A table that is zero everywhere, of one to three words. */
  RunTable(Memory memory, int words) {
    this.words = words;
    this.pool = new NodePool(memory, 1 + Math.max(words, 1));
    this.owner = memory.nextOwner();
    clear();
  }

  /** A fork. */
  RunTable(RunTable other) {
    this.words = other.words;
    this.pool = other.pool;
    this.owner = pool.memory().nextOwner();
    this.root = other.root;
    this.height = other.height;
    this.runs = other.runs;
    other.owner = pool.memory().nextOwner();
    other.leafIsOwn = false;
    forgetLeaf();
  }

  /** The first word of a value as it reads {@code pages} further into its run. */
  abstract long further(long word, long pages);

  /** Makes the table zero everywhere. */
  private void clear() {
    root = pool.make(owner);
    height = 0;
    runs = 1;
    for (int column = 0; column <= words; column++) {
      pool.set(root, column, 0, 0);
    }
    pool.setCount(root, 1);
    leaf = root;
    leafFirst = 0;
    leafEnd = PAGES;
    leafIsOwn = true;
    know(0, PAGES);
  }

  private void know(long first, long end) {
    runFirst = first;
    runEnd = end;
  }

  private void forgetLeaf() {
    leafEnd = -1;
    know(0, 0);
  }

  /** How many runs there are, those that are zero included. */
  final long runs() {
    return runs;
  }

  /** Goes to the run that holds a page. */
  final void seek(long page) {
    if (page < runFirst || page >= runEnd) {
      if (page < leafFirst || page >= leafEnd) {
        descend(page, false);
      }
      entry = pool.floor(leaf, page);
      long end = entry + 1 < pool.count(leaf) ? pool.get(leaf, KEYS, entry + 1) : leafEnd;
      know(pool.get(leaf, KEYS, entry), end);
    }
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
    return pool.get(leaf, 1 + word, entry);
  }

  /** The first word as it reads at a page of the run. */
  final long wordAt(long page) {
    return further(word(0), page - first());
  }

  private void descend(long page, boolean toWrite) {
    if (toWrite) {
      root = own(root);
    }
    int node = root;
    leafFirst = 0;
    leafEnd = PAGES;
    for (int level = 0; level < height; level++) {
      int at = pool.floor(node, page);
      pathNode[level] = node;
      pathEntry[level] = at;
      leafFirst = pool.get(node, KEYS, at);
      if (at + 1 < pool.count(node)) {
        leafEnd = pool.get(node, KEYS, at + 1);
      }
      int child = (int) pool.get(node, CHILDREN, at);
      if (toWrite) {
        int own = own(child);
        if (own != child) {
          pool.set(node, CHILDREN, at, own);
          child = own;
        }
      }
      node = child;
    }
    leaf = node;
    leafIsOwn = toWrite;
  }

  private int own(int node) {
    return pool.owner(node) == owner ? node : pool.copy(node, owner);
  }

  private void seekToWrite(long page) {
    if (!leafIsOwn || page < leafFirst || page >= leafEnd) {
      descend(page, true);
      entry = pool.floor(leaf, page);
    } else if (page < runFirst || page >= runEnd) {
      entry = pool.floor(leaf, page);
    }
    know(0, 0);
  }

  /** Sets the value of the pages from {@code first} to before {@code end}, not empty. */
  final void put(long first, long end, long word0, long word1, long word2) {
    if (first < 0 || first >= end || end > PAGES) {
      throw new IllegalArgumentException("pages " + first + " to " + end + " are no run");
    }
    seekToWriteRun(first, end);
    while (!putInLeaf(first, Math.min(end, leafEnd), word0, word1, word2)) {
      splitLeaf(first);
      seekToWriteRun(first, end);
    }
    if (leafEnd >= end) {
      know(first, end);
      return;
    }
    while (leafEnd < end) {
      dropFront(leafEnd, end);
      seekToWrite(first);
    }
  }

  /** Sets a value that does not count up, and joins the run with neighbours of that value. */
  final void putJoined(long first, long end, long word) {
    long from = first;
    if (first > 0) {
      seek(first - 1);
      from = word(0) == word ? first() : first;
    }
    long to = end;
    if (end < PAGES) {
      seek(end);
      to = word(0) == word ? end() : end;
    }
    put(from, to, word, 0, 0);
  }

  /** Goes to the leaf where a run is to begin; if it ends in another, the next one begins there. */
  private void seekToWriteRun(long first, long end) {
    seekToWrite(first);
    if (end > leafEnd) {
      startRunAt(end);
      seekToWrite(first);
    }
  }

  /** Puts a run that ends in the leaf; false if there is no room. */
  private boolean putInLeaf(long first, long end, long word0, long word1, long word2) {
    int count = pool.count(leaf);
    int last = entry;
    while (last + 1 < count && pool.get(leaf, KEYS, last + 1) < end) {
      last++;
    }
    long lastFirst = pool.get(leaf, KEYS, last);
    int kept = pool.get(leaf, KEYS, entry) == first ? entry : entry + 1;
    boolean leavesRest = (last + 1 < count ? pool.get(leaf, KEYS, last + 1) : leafEnd) != end;
    int behind = kept + (leavesRest ? 2 : 1);
    int grown = behind - (last + 1);
    if (count + grown > NodePool.ENTRIES) {
      return false;
    }
    if (leavesRest) {
      long rest0 = further(pool.get(leaf, 1, last), end - lastFirst);
      long rest1 = words > 1 ? pool.get(leaf, 2, last) : 0;
      long rest2 = words > 2 ? pool.get(leaf, 3, last) : 0;
      moveTail(last + 1, behind);
      set(kept + 1, end, rest0, rest1, rest2);
    } else {
      moveTail(last + 1, behind);
    }
    set(kept, first, word0, word1, word2);
    runs += grown;
    entry = kept;
    return true;
  }

  private void moveTail(int from, int to) {
    if (from != to) {
      pool.shift(leaf, from, to);
    }
  }

  private void set(int at, long key, long word0, long word1, long word2) {
    pool.set(leaf, KEYS, at, key);
    pool.set(leaf, 1, at, word0);
    if (words > 1) {
      pool.set(leaf, 2, at, word1);
    }
    if (words > 2) {
      pool.set(leaf, 3, at, word2);
    }
  }

  /** Cuts the run that holds a page, so that one begins there. */
  private void startRunAt(long page) {
    if (page == PAGES) {
      return;
    }
    seek(page);
    if (first() != page) {
      long word1 = words > 1 ? word(1) : 0;
      long word2 = words > 2 ? word(2) : 0;
      put(page, end(), wordAt(page), word1, word2);
    }
  }

  /** Makes two leaves of the full one that holds a page. */
  private void splitLeaf(long page) {
    descend(page, true);
    boolean appended = pool.floor(leaf, page) == NodePool.ENTRIES - 1;
    int at = appended ? KEPT_WHEN_APPENDED : NodePool.ENTRIES / 2;
    int tail = pool.make(owner);
    pool.moveTail(leaf, at, tail);
    insertChild(height - 1, pool.get(tail, KEYS, 0), tail);
    forgetLeaf();
  }

  /** Puts a child behind the one on the path at a level. */
  private void insertChild(int level, long key, int child) {
    if (level < 0) {
      int top = pool.make(owner);
      pool.set(top, KEYS, 0, 0);
      pool.set(top, CHILDREN, 0, root);
      pool.set(top, KEYS, 1, key);
      pool.set(top, CHILDREN, 1, child);
      pool.setCount(top, 2);
      root = top;
      height++;
      return;
    }
    int node = pathNode[level];
    int at = pathEntry[level] + 1;
    if (pool.count(node) == NodePool.ENTRIES) {
      boolean appended = at == NodePool.ENTRIES;
      int cut = appended ? KEPT_WHEN_APPENDED : NodePool.ENTRIES / 2;
      int tail = pool.make(owner);
      pool.moveTail(node, cut, tail);
      insertChild(level - 1, pool.get(tail, KEYS, 0), tail);
      if (at > cut) {
        node = tail;
        at -= cut;
      }
    }
    pool.shift(node, at, at + 1);
    pool.set(node, KEYS, at, key);
    pool.set(node, CHILDREN, at, child);
  }

  /** Takes the runs before {@code end} out of the leaf that begins at {@code page}. */
  private void dropFront(long page, long end) {
    descend(page, true);
    int count = pool.count(leaf);
    int dropped = 0;
    while (dropped < count && pool.get(leaf, KEYS, dropped) < end) {
      dropped++;
    }
    runs -= dropped;
    if (dropped == count) {
      pool.free(leaf);
      removeChild(height - 1);
    } else {
      pool.shift(leaf, dropped, 0);
      raiseKey(height - 1, pool.get(leaf, KEYS, 0));
    }
    forgetLeaf();
  }

  /** Takes the child on the path out of its parent, which is not left without children. */
  private void removeChild(int level) {
    int node = pathNode[level];
    int at = pathEntry[level];
    if (pool.count(node) == 1) {
      pool.free(node);
      removeChild(level - 1);
      return;
    }
    pool.shift(node, at + 1, at);
    if (at == 0) {
      raiseKey(level - 1, pool.get(node, KEYS, 0));
    }
    while (height > 0 && pool.count(root) == 1) {
      int child = (int) pool.get(root, CHILDREN, 0);
      pool.free(root);
      root = own(child);
      height--;
    }
  }

  /** Tells the parents that what is on the path begins later now. */
  private void raiseKey(int level, long key) {
    for (int up = level; up >= 0; up--) {
      pool.set(pathNode[up], KEYS, pathEntry[up], key);
      if (pathEntry[up] > 0) {
        return;
      }
    }
  }
}
