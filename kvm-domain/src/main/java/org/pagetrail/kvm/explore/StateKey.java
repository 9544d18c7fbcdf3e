package org.pagetrail.kvm.explore;

import java.util.List;

/**
 * What of a state can matter for what comes: equal keys mean that the same operations give the same
 * outcomes, and values that differ only in which value stands where.
 *
 * @param text the state with frames and written values named in the order of their appearance
 * @param values the values behind those names, in their order
 */
record StateKey(String text, List<Long> values) {

  /** Copies the list. */
  StateKey {
    values = List.copyOf(values);
  }
}
