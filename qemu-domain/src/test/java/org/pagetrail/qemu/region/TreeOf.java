package org.pagetrail.qemu.region;

import java.util.List;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.Region.Place;

/** Grows a region tree for a test. */
final class TreeOf {
  private RegionTree tree = RegionTree.EMPTY;

  static TreeOf system() {
    return new TreeOf().region("system", RegionType.CONTAINER, -1);
  }

  RegionTree tree() {
    return tree;
  }

  TreeOf region(String id, RegionType kind, long size) {
    tree = tree.create(Region.fresh(id, id, kind, Wide.ofRegionSize(size), null, 0));
    return this;
  }

  TreeOf alias(String id, String target, long offset, long size) {
    tree =
        tree.create(
            Region.fresh(id, id, RegionType.ALIAS, Wide.ofRegionSize(size), target, offset));
    return this;
  }

  TreeOf put(String id, String container, long address, int priority) {
    tree = tree.place(id, new Place(container, address, priority));
    return this;
  }

  TreeOf put(String id, long address) {
    return put(id, "system", address, 0);
  }

  TreeOf move(String id, long address) {
    Place place = tree.get(id).place();
    if (place == null) {
      throw new IllegalArgumentException(id + " lies in no container");
    }
    tree = tree.remove(id);
    return put(id, place.container(), address, place.priority());
  }

  TreeOf mark(String id, Mark mark, boolean on) {
    tree = tree.mark(id, mark, on);
    return this;
  }

  List<ViewRange> render() {
    return render("system");
  }

  List<ViewRange> render(String root) {
    return FlatViewRenderer.render(tree, root, region -> 0);
  }

  /** Every range as {@code start-end region@offset}, and {@code ro} if it is read-only. */
  List<String> shown() {
    return render().stream().map(TreeOf::text).toList();
  }

  private static String text(ViewRange range) {
    return range.start()
        + "-"
        + range.end()
        + " "
        + range.region()
        + "@"
        + range.offset()
        + (range.readOnly() ? " ro" : "");
  }
}
