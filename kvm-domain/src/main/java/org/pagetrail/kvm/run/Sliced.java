package org.pagetrail.kvm.run;

/**
 * What a run of pages has in common, seen from its first page.
 *
 * @param <V> the type itself
 */
public interface Sliced<V> {

  /** The same, seen from the page that lies {@code pages} further on in the run. */
  V after(long pages);
}
