package org.pagetrail.qemu.region;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an address space shows: disjoint ranges in ascending order.
 *
 * @param id its name in the trail
 * @param root the region it was rendered from, {@link #NO_ROOT} for the permanent empty view
 */
public record FlatView(String id, String root, List<ViewRange> ranges) {
  /** The root of a view that shows nothing. */
  public static final String NO_ROOT = "(nil)";

  /** The permanent empty view. */
  public static final FlatView EMPTY = new FlatView("view-0", NO_ROOT, List.of());

  /** Copies the list. */
  public FlatView {
    ranges = List.copyOf(ranges);
  }

  /** The range that holds {@code address}, null for a hole. */
  public @Nullable ViewRange at(Wide address) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      ViewRange range = ranges.get(middle);
      if (range.contains(address)) {
        return range;
      }
      if (address.compareTo(range.start()) < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return null;
  }
}
