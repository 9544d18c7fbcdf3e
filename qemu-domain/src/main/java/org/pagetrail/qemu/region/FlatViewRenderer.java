package org.pagetrail.qemu.region;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.qemu.region.Region.Mark;

/**
 * Renders a region and all it contains into disjoint ranges: what is rendered first wins, and a
 * region comes after its children. Known from QEMU 2.1 to 10.2.
 */
public final class FlatViewRenderer {
  private final RegionTree tree;
  private final DirtyMask dirtyMask;
  private List<ViewRange> out = new ArrayList<>();

  /** Which reasons there are to log the writes to a region. */
  public interface DirtyMask {
    /** A bit for every reason. */
    int of(Region region);
  }

  private record Inherited(boolean readOnly, boolean nonvolatile, boolean unmergeable) {
    Inherited with(Region region) {
      return new Inherited(
          readOnly || region.is(Mark.READ_ONLY),
          nonvolatile || region.is(Mark.NONVOLATILE),
          unmergeable || region.is(Mark.UNMERGEABLE));
    }
  }

  private FlatViewRenderer(RegionTree tree, DirtyMask dirtyMask) {
    this.tree = tree;
    this.dirtyMask = dirtyMask;
  }

  /** The ranges that {@code root} shows in [0, 2<sup>64</sup>), neighbours joined. */
  public static List<ViewRange> render(RegionTree tree, String root, DirtyMask dirtyMask) {
    FlatViewRenderer renderer = new FlatViewRenderer(tree, dirtyMask);
    renderer.render(
        tree.get(root), Wide.ZERO, Wide.ZERO, Wide.SPACE_END, new Inherited(false, false, false));
    return joined(renderer.out);
  }

  private void render(
      Region region, Wide outerBase, Wide outerStart, Wide outerEnd, Inherited outer) {
    if (!region.is(Mark.ENABLED)) {
      return;
    }
    Wide base = outerBase.plus(region.address());
    Inherited inherited = outer.with(region);
    Wide start = Wide.max(outerStart, base);
    Wide end = Wide.min(outerEnd, base.plus(region.size()));
    if (start.compareTo(end) >= 0) {
      return;
    }
    String target = region.target();
    if (target != null) {
      Region shown = tree.get(target);
      Wide targetBase = base.minus(shown.address()).minus(Wide.ofUnsigned(region.offset()));
      render(shown, targetBase, start, end, inherited);
      return;
    }
    for (String child : region.children()) {
      render(tree.get(child), base, start, end, inherited);
    }
    if (region.terminates()) {
      fillGaps(region, base, start, end, inherited);
    }
  }

  private void fillGaps(Region region, Wide base, Wide start, Wide end, Inherited inherited) {
    List<ViewRange> filled = new ArrayList<>(out.size() + 1);
    Wide next = start;
    for (ViewRange range : out) {
      if (next.compareTo(end) < 0 && next.compareTo(range.start()) < 0) {
        Wide gapEnd = Wide.min(end, range.start());
        filled.add(piece(region, base, next, gapEnd, inherited));
      }
      filled.add(range);
      next = Wide.max(next, range.end());
    }
    if (next.compareTo(end) < 0) {
      filled.add(piece(region, base, next, end, inherited));
    }
    out = filled;
  }

  private ViewRange piece(Region region, Wide base, Wide start, Wide end, Inherited inherited) {
    return new ViewRange(
        start,
        end,
        region.id(),
        start.minus(base),
        region.is(Mark.ROMD),
        inherited.readOnly(),
        inherited.nonvolatile(),
        inherited.unmergeable(),
        dirtyMask.of(region));
  }

  private static List<ViewRange> joined(List<ViewRange> ranges) {
    List<ViewRange> joined = new ArrayList<>(ranges.size());
    for (ViewRange range : ranges) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).joins(range)) {
        joined.set(last, joined.get(last).upTo(range.end()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
