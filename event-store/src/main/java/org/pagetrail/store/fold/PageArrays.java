package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Where a {@link RunTable} keeps chunks of pages that are no longer runs: the words of each page
 * side by side, outside the heap. Found by the number of the chunk.
 */
final class PageArrays {
  static final int CHUNK_SHIFT = 9;

  /** The pages of a chunk. */
  static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;

  static final int NONE = -1;

  private static final int PAGE_MASK = CHUNK_PAGES - 1;
  private static final int SLAB_SHIFT = 4;
  private static final int SLAB_MASK = (1 << SLAB_SHIFT) - 1;
  private static final int HEAD_BYTES = 64;
  private static final int CAPACITY_MIN = 16;
  private static final int HASH_SHIFT = 32;
  private static final long HASH = 0x9e3779b97f4a7c15L;

  private final Pool pool;

  /** Open addressing: the number of each chunk plus one, 0 where none is. */
  private long[] keys;

  private int[] arrays;
  private int size;
  private long lastChunk = -1;
  private int lastArray = NONE;

  /** The memory of the arrays of a table and its forks. */
  private static final class Pool {
    private final Memory memory;
    private final long arrayBytes;
    private final long pageBytes;
    private MemorySegment[] slabs = new MemorySegment[4];
    private int used;
    private int free = NONE;

    private Pool(Memory memory, int words) {
      this.memory = memory;
      this.pageBytes = (long) words * Long.BYTES;
      this.arrayBytes = HEAD_BYTES + pageBytes * CHUNK_PAGES;
    }

    private int make(int owner) {
      int array = free;
      if (array == NONE) {
        array = used++;
        int slab = array >>> SLAB_SHIFT;
        if (slab == slabs.length) {
          slabs = Arrays.copyOf(slabs, slab * 2);
        }
        if ((array & SLAB_MASK) == 0) {
          slabs[slab] = memory.arena().allocate(arrayBytes << SLAB_SHIFT, Long.BYTES);
        }
      } else {
        free = owner(array);
      }
      setOwner(array, owner);
      return array;
    }

    private MemorySegment slab(int array) {
      return slabs[array >>> SLAB_SHIFT];
    }

    private long at(int array) {
      return (array & SLAB_MASK) * arrayBytes;
    }

    private long at(int array, long page, int word) {
      return at(array) + HEAD_BYTES + (page & PAGE_MASK) * pageBytes + (long) word * Long.BYTES;
    }

    private int owner(int array) {
      return (int) slab(array).get(ValueLayout.JAVA_LONG, at(array));
    }

    private void setOwner(int array, int owner) {
      slab(array).set(ValueLayout.JAVA_LONG, at(array), owner);
    }

    private int copy(int array, int owner) {
      int copy = make(owner);
      MemorySegment.copy(slab(array), at(array), slab(copy), at(copy), arrayBytes);
      setOwner(copy, owner);
      return copy;
    }
  }

  PageArrays(Memory memory, int words) {
    this.pool = new Pool(memory, words);
    this.keys = new long[CAPACITY_MIN];
    this.arrays = new int[CAPACITY_MIN];
  }

  private PageArrays(PageArrays other) {
    this.pool = other.pool;
    this.keys = other.keys.clone();
    this.arrays = other.arrays.clone();
    this.size = other.size;
  }

  /** The same chunks; who writes in one first must be its owner, or gets a copy. */
  PageArrays fork() {
    return new PageArrays(this);
  }

  /** How many chunks there are. */
  int size() {
    return size;
  }

  private static int hash(long chunk, int capacity) {
    return (int) ((chunk * HASH) >>> HASH_SHIFT) & (capacity - 1);
  }

  /** The array of the chunk that holds a page, {@link #NONE} if it has none. */
  int of(long page) {
    long chunk = page >>> CHUNK_SHIFT;
    if (chunk != lastChunk) {
      int slot = slot(chunk);
      lastArray = keys[slot] == 0 ? NONE : arrays[slot];
      lastChunk = chunk;
    }
    return lastArray;
  }

  /** Where a chunk is, or would be. */
  private int slot(long chunk) {
    int slot = hash(chunk, keys.length);
    while (keys[slot] != 0 && keys[slot] != chunk + 1) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  long get(int array, long page, int word) {
    return pool.slab(array).get(ValueLayout.JAVA_LONG, pool.at(array, page, word));
  }

  void set(int array, long page, int word, long value) {
    pool.slab(array).set(ValueLayout.JAVA_LONG, pool.at(array, page, word), value);
  }

  /** The array of the chunk that holds a page, for an owner to write to. */
  int own(long page, int owner) {
    int array = of(page);
    if (pool.owner(array) != owner) {
      array = pool.copy(array, owner);
      arrays[slot(page >>> CHUNK_SHIFT)] = array;
      lastArray = array;
    }
    return array;
  }

  /** An array for a chunk that has none; what it holds is to be set. */
  int make(int owner) {
    return pool.make(owner);
  }

  /** Lets a chunk be found. */
  void add(long page, int array) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = slot(page >>> CHUNK_SHIFT);
    keys[slot] = (page >>> CHUNK_SHIFT) + 1;
    arrays[slot] = array;
    size++;
    lastChunk = -1;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldArrays = arrays;
    keys = new long[2 * oldKeys.length];
    arrays = new int[2 * oldArrays.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i] - 1);
        keys[slot] = oldKeys[i];
        arrays[slot] = oldArrays[i];
      }
    }
  }

  /** Forgets the chunks from one page to before another, both at bounds of chunks. */
  void drop(long first, long end, int owner) {
    long from = first >>> CHUNK_SHIFT;
    long to = end >>> CHUNK_SHIFT;
    if (to - from <= size) {
      for (long chunk = from; chunk < to; chunk++) {
        drop(chunk, owner);
      }
    } else {
      for (long key : keys.clone()) {
        if (key != 0 && key - 1 >= from && key - 1 < to) {
          drop(key - 1, owner);
        }
      }
    }
    lastChunk = -1;
  }

  private void drop(long chunk, int owner) {
    int hole = slot(chunk);
    if (keys[hole] == 0) {
      return;
    }
    int array = arrays[hole];
    if (pool.owner(array) == owner) {
      pool.setOwner(array, pool.free);
      pool.free = array;
    }
    size--;
    int next = hole;
    while (true) {
      next = (next + 1) & (keys.length - 1);
      if (keys[next] == 0) {
        break;
      }
      int home = hash(keys[next] - 1, keys.length);
      boolean reachable = ((next - home) & (keys.length - 1)) < ((next - hole) & (keys.length - 1));
      if (!reachable) {
        keys[hole] = keys[next];
        arrays[hole] = arrays[next];
        hole = next;
      }
    }
    keys[hole] = 0;
  }
}
