package org.pagetrail.traceimport.link;

import java.util.SortedSet;
import java.util.TreeSet;

/** The positions of the events that made another one happen, as far as the traces show them. */
final class Causes {
  /** The position of an event that the traces do not have. */
  static final long NONE = -1;

  private final SortedSet<Long> seqs = new TreeSet<>();

  /** These causes, without those that are {@link #NONE}. */
  static Causes of(long... seqs) {
    Causes causes = new Causes();
    for (long seq : seqs) {
      causes.and(seq);
    }
    return causes;
  }

  Causes and(long seq) {
    if (seq != NONE) {
      seqs.add(seq);
    }
    return this;
  }

  Causes and(Iterable<Long> more) {
    more.forEach(this::and);
    return this;
  }

  SortedSet<Long> seqs() {
    return seqs;
  }
}
