package org.pagetrail.traceimport.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags of all page frames, as a dump of /proc/kpageflags has them, by runs of equal flags. */
public final class PageFlags {
  /**
   * Names by bit, as Documentation/admin-guide/mm/pagemap.rst and kernel-page-flags.h have them.
   */
  private static final List<@Nullable String> NAMES =
      Arrays.asList(
          "LOCKED",
          "ERROR",
          "REFERENCED",
          "UPTODATE",
          "DIRTY",
          "LRU",
          "ACTIVE",
          "SLAB",
          "WRITEBACK",
          "RECLAIM",
          "BUDDY",
          "MMAP",
          "ANON",
          "SWAPCACHE",
          "SWAPBACKED",
          "COMPOUND_HEAD",
          "COMPOUND_TAIL",
          "HUGE",
          "UNEVICTABLE",
          "HWPOISON",
          "NOPAGE",
          "KSM",
          "THP",
          "OFFLINE",
          "ZERO_PAGE",
          "IDLE",
          "PGTABLE",
          null,
          null,
          null,
          null,
          null,
          "RESERVED",
          "MLOCKED",
          "MAPPEDTODISK",
          "PRIVATE",
          "PRIVATE_2",
          "OWNER_PRIVATE",
          "ARCH",
          "UNCACHED",
          "SOFTDIRTY",
          "ARCH_2",
          "ARCH_3",
          "ANON_EXCLUSIVE");

  private final String input;
  private final Snapshot snapshot;
  private long[] starts = new long[1024];
  private long[] flags = new long[1024];
  private int runs;
  private long entries;

  /** The flags of a file, to be added one by one. */
  public PageFlags(String input, Snapshot snapshot) {
    this.input = input;
    this.snapshot = snapshot;
  }

  /** The file. */
  public String input() {
    return input;
  }

  /** When they were dumped. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** How many entries there are. */
  public long entries() {
    return entries;
  }

  /** How many runs of equal flags there are. */
  public int runs() {
    return runs;
  }

  /** Adds the flags of the next frame. */
  public void add(long ofNext) {
    if (runs == 0 || flags[runs - 1] != ofNext) {
      if (runs == starts.length) {
        starts = Arrays.copyOf(starts, runs * 2);
        flags = Arrays.copyOf(flags, runs * 2);
      }
      starts[runs] = entries;
      flags[runs++] = ofNext;
    }
    entries++;
  }

  /** How many entries from one on have the same flags; 0 for an entry that the dump lacks. */
  public long alikeFrom(long entry) {
    if (entry < 0 || entry >= entries) {
      return 0;
    }
    int run = runOf(entry);
    return (run + 1 < runs ? starts[run + 1] : entries) - entry;
  }

  /** The names of the flags of an entry that the dump has. */
  public List<String> names(long entry) {
    return namesOf(flags[runOf(entry)]);
  }

  /** The names of the flags of an entry of /proc/kpageflags. */
  public static List<String> namesOf(long bits) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < NAMES.size(); bit++) {
      String name = NAMES.get(bit);
      if (name != null && (bits >>> bit & 1) != 0) {
        names.add(name);
      }
    }
    return names;
  }

  private int runOf(long entry) {
    int found = Arrays.binarySearch(starts, 0, runs, entry);
    return found >= 0 ? found : -found - 2;
  }
}
