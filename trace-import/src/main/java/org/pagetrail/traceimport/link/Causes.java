package org.pagetrail.traceimport.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The positions of the events that made another one happen, as far as the traces show them. */
final class Causes {
  /** The position of an event that the traces do not have. */
  static final long NONE = -1;

  private long[] seqs = new long[4];
  private int count;

  /** These causes, without those that are {@link #NONE}. */
  static Causes of() {
    return new Causes();
  }

  static Causes of(long seq) {
    return new Causes().and(seq);
  }

  static Causes of(long one, long other) {
    return new Causes().and(one).and(other);
  }

  static Causes of(long one, long other, long third) {
    return new Causes().and(one).and(other).and(third);
  }

  Causes and(long seq) {
    int at = count;
    while (at > 0 && seqs[at - 1] > seq) {
      at--;
    }
    if (seq == NONE || (at > 0 && seqs[at - 1] == seq)) {
      return this;
    }
    if (count == seqs.length) {
      seqs = Arrays.copyOf(seqs, 2 * count);
    }
    System.arraycopy(seqs, at, seqs, at + 1, count - at);
    seqs[at] = seq;
    count++;
    return this;
  }

  Causes and(Iterable<Long> more) {
    more.forEach(this::and);
    return this;
  }

  /** Ascending, each once. */
  List<Long> seqs() {
    return switch (count) {
      case 0 -> List.of();
      case 1 -> List.of(seqs[0]);
      case 2 -> List.of(seqs[0], seqs[1]);
      default -> {
        List<Long> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          all.add(seqs[i]);
        }
        yield List.copyOf(all);
      }
    };
  }
}
