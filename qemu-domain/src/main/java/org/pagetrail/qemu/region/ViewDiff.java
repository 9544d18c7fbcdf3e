package org.pagetrail.qemu.region;

import java.util.ArrayList;
import java.util.List;

/**
 * What a listener hears when a view follows another: first every range that goes, then every range
 * that stays or comes, both ascending.
 *
 * @param removed ranges that are gone
 * @param kept ranges that stay and ranges that come
 */
public record ViewDiff(List<ViewRange> removed, List<Kept> kept) {

  /**
   * A range of the new view.
   *
   * @param range as it is now
   * @param added true if it was not there before
   * @param oldMask its dirty mask before, 0 if it was not there
   */
  public record Kept(ViewRange range, boolean added, int oldMask) {}

  /** Copies the lists. */
  public ViewDiff {
    removed = List.copyOf(removed);
    kept = List.copyOf(kept);
  }

  /** Compares two views with one cursor each. */
  public static ViewDiff between(List<ViewRange> old, List<ViewRange> fresh) {
    List<ViewRange> removed = new ArrayList<>();
    List<Kept> kept = new ArrayList<>();
    int o = 0;
    int n = 0;
    while (o < old.size() || n < fresh.size()) {
      if (o < old.size() && (n >= fresh.size() || goes(old.get(o), fresh.get(n)))) {
        removed.add(old.get(o));
        o++;
      } else if (o < old.size() && old.get(o).sameAs(fresh.get(n))) {
        kept.add(new Kept(fresh.get(n), false, old.get(o).dirtyMask()));
        o++;
        n++;
      } else {
        kept.add(new Kept(fresh.get(n), true, 0));
        n++;
      }
    }
    return new ViewDiff(removed, kept);
  }

  private static boolean goes(ViewRange old, ViewRange fresh) {
    int order = old.start().compareTo(fresh.start());
    return order < 0 || (order == 0 && !old.sameAs(fresh));
  }
}
