package org.pagetrail.qemu.region;

import org.jspecify.annotations.Nullable;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.rule.Rule;

/** Which address spaces share one flat view. */
public enum FlatViewSharing {
  /** Every address space renders its own root region. */
  PER_ADDRESS_SPACE(
      "qemu/flat-view/one-per-address-space",
      "A commit renders the root region of every address space, one space after the other.",
      "QEMU 2.1 to 2.10, memory.c") {
    @Override
    public @Nullable String rootOf(RegionTree tree, String root) {
      return root;
    }
  },
  /** Address spaces that come to the same flat view root share a view. */
  PER_ROOT(
      "qemu/flat-view/one-per-root",
      "A commit first renders one view per distinct flat view root: whole aliases and only"
          + " children are looked through, and what shows nothing has the permanent empty view.",
      "QEMU 2.11 and later, memory.c") {
    @Override
    public @Nullable String rootOf(RegionTree tree, String root) {
      Region region = tree.get(root);
      while (region.is(Mark.ENABLED)) {
        Region next = lookThrough(tree, region);
        if (next == null) {
          return null;
        }
        if (next.id().equals(region.id())) {
          return region.id();
        }
        region = next;
      }
      return null;
    }
  };

  private final String id;
  private final String sentence;
  private final String source;

  FlatViewSharing(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  /** The region whose view an address space with this root region shows; null for none. */
  public abstract @Nullable String rootOf(RegionTree tree, String root);

  /** The region inside that is as good a root, the region itself, or null if it shows nothing. */
  private static @Nullable Region lookThrough(RegionTree tree, Region region) {
    String target = region.target();
    if (target != null) {
      Region shown = tree.get(target);
      boolean whole = region.offset() == 0 && region.size().compareTo(shown.size()) >= 0;
      return whole ? shown : region;
    }
    if (region.terminates()) {
      return region;
    }
    Region only = null;
    for (String id : region.children()) {
      Region child = tree.get(id);
      if (child.is(Mark.ENABLED)) {
        if (only != null) {
          return region;
        }
        only = child;
      }
    }
    if (only == null) {
      return null;
    }
    boolean whole = only.address().equals(Wide.ZERO) && region.size().compareTo(only.size()) >= 0;
    return whole ? only : region;
  }
}
