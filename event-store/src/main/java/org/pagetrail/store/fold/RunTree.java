package org.pagetrail.store.fold;

/**
 * The runs of a {@link RunTable}: a B+ tree outside the heap. Every page has a value; where nothing
 * was put it is zero. Costs are logarithmic in the number of runs and linear in the runs touched,
 * whatever their length.
 */
abstract class RunTree {
  /** No page number reaches this. */
  static final long PAGES = 1L << 52;

  private static final int KEYS = 0;
  private static final int CHILDREN = 1;
  private static final int HEIGHT_MAX = 16;

  /** Of a full node that grows at its end, as tables filled in ascending order do. */
  private static final int KEPT_WHEN_APPENDED = NodePool.ENTRIES - 4;

  final NodePool pool;
  final int words;

  /** Who may change a node in place. */
  int owner;

  private final int[] pathNode = new int[HEIGHT_MAX];
  private final int[] pathEntry = new int[HEIGHT_MAX];
  private int root;
  private int height;
  private long runs;

  int leaf;
  int entry;
  long leafFirst;
  long leafEnd;
  private boolean leafIsOwn;

  /** The run that was gone to; what is asked again and again is found without looking. */
  long runFirst;

  /** Not above {@link #runFirst} if the run is to be looked for. */
  long runEnd;

  /** A tree that is zero everywhere, of one to three words. */
  RunTree(Memory memory, int words) {
    this.words = words;
    this.pool = new NodePool(memory, 1 + Math.max(words, 1));
    this.owner = memory.nextOwner();
    clear();
  }

  /** A fork. */
  RunTree(RunTree other) {
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

  final void know(long first, long end) {
    runFirst = first;
    runEnd = end;
  }

  private void forgetLeaf() {
    leafEnd = -1;
    know(0, 0);
  }

  /** Goes to the run that holds a page, whatever else the table has there. */
  abstract void seek(long page);

  /** Something better to do with a range that lies in a full leaf; true if it was done. */
  abstract boolean isPutElsewhere(long first, long end, long word0, long word1, long word2);

  /** How many runs the tree has. */
  final long treeRuns() {
    return runs;
  }

  /** Goes to the run of the tree that holds a page. */
  final void seekRun(long page) {
    if (page < leafFirst || page >= leafEnd) {
      descend(page, false);
    }
    entry = pool.floor(leaf, page);
    long end = entry + 1 < pool.count(leaf) ? pool.get(leaf, KEYS, entry + 1) : leafEnd;
    know(pool.get(leaf, KEYS, entry), end);
  }

  /** A word of the value of the run in the tree. */
  final long treeWord(int word) {
    return pool.get(leaf, 1 + word, entry);
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

  void seekToWrite(long page) {
    if (!leafIsOwn || page < leafFirst || page >= leafEnd) {
      descend(page, true);
      entry = pool.floor(leaf, page);
    } else if (page < runFirst || page >= runEnd) {
      entry = pool.floor(leaf, page);
    }
    know(0, 0);
  }

  /**
   * Puts a run into the tree.
   *
   * @param isFinal false if it is a step on the way to something else
   */
  final void putRun(long first, long end, long word0, long word1, long word2, boolean isFinal) {
    seekToWriteRun(first, end);
    while (!putInLeaf(first, Math.min(end, leafEnd), word0, word1, word2)) {
      if (isFinal && isPutElsewhere(first, end, word0, word1, word2)) {
        return;
      }
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
    if (runFirst != page) {
      long word1 = words > 1 ? treeWord(1) : 0;
      long word2 = words > 2 ? treeWord(2) : 0;
      putRun(page, runEnd, further(treeWord(0), page - runFirst), word1, word2, false);
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
