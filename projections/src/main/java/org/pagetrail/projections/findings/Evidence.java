package org.pagetrail.projections.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pagetrail.events.Standing;
import org.pagetrail.projections.machine.Origin;

/**
 * The entries that show a finding.
 *
 * @param seqs ascending, the first and the last ones, at most {@link #KEPT}
 * @param standing the weakest of all of them
 */
public record Evidence(List<Long> seqs, Standing standing) {
  static final int KEPT = 8;

  /** Copies the list. */
  public Evidence {
    seqs = List.copyOf(seqs);
  }

  static Evidence of(Origin... origins) {
    SortedSet<Long> seqs = new TreeSet<>();
    Standing weakest = Standing.OBSERVED;
    for (Origin origin : origins) {
      seqs.add(origin.seq());
      weakest = weakest(weakest, origin.standing());
    }
    return new Evidence(kept(seqs), weakest);
  }

  Evidence and(Evidence more) {
    SortedSet<Long> all = new TreeSet<>(seqs);
    all.addAll(more.seqs);
    return new Evidence(kept(all), weakest(standing, more.standing));
  }

  private static Standing weakest(Standing one, Standing other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static List<Long> kept(SortedSet<Long> seqs) {
    List<Long> all = List.copyOf(seqs);
    if (all.size() <= KEPT) {
      return all;
    }
    List<Long> kept = new ArrayList<>(all.subList(0, KEPT / 2));
    kept.addAll(all.subList(all.size() - KEPT / 2, all.size()));
    return kept;
  }
}
