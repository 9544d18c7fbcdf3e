package org.pagetrail.kvm.run;

/**
 * Says a value in two words, for a {@link RunStore} that keeps no objects.
 *
 * @param <V> the value
 */
public interface RunWords<V> {
  /** The word that tells most; never 0. */
  long first(V value);

  /** The other word, 0 if one is enough. */
  default long second(V value) {
    return 0;
  }

  /** The value of two words. */
  V of(long first, long second);
}
