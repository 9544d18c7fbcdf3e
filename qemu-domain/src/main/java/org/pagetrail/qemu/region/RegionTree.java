package org.pagetrail.qemu.region;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.Region.Place;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/** All memory regions by identity: a forest, since a region may lie in no container. */
public final class RegionTree {
  /** No region at all. */
  public static final RegionTree EMPTY = new RegionTree(TreePMap.empty());

  private final PMap<String, Region> regions;

  private RegionTree(PMap<String, Region> regions) {
    this.regions = regions;
  }

  /** The region called {@code id}, null if there is none. */
  public @Nullable Region find(String id) {
    return regions.get(id);
  }

  /**
   * The region called {@code id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Region get(String id) {
    Region region = regions.get(id);
    if (region == null) {
      throw new IllegalArgumentException("no memory region is called " + id);
    }
    return region;
  }

  /** The identities of all regions, ascending. */
  public List<String> ids() {
    return List.copyOf(regions.keySet());
  }

  /** The same with a region more. */
  public RegionTree create(Region region) {
    return new RegionTree(regions.plus(region.id(), region));
  }

  /**
   * Puts a region into a container, before the first sibling whose priority is not higher: among
   * equals the latest one wins.
   */
  public RegionTree place(String id, Place place) {
    Region container = get(place.container());
    List<String> children = new ArrayList<>(container.children());
    int at = 0;
    while (at < children.size() && priority(children.get(at)) > place.priority()) {
      at++;
    }
    children.add(at, id);
    return new RegionTree(
        regions.plus(container.id(), container.withChildren(children)).plus(id, get(id).at(place)));
  }

  /** Takes a region out of its container. */
  public RegionTree remove(String id) {
    Region region = get(id);
    Place place = region.place();
    if (place == null) {
      return this;
    }
    Region container = get(place.container());
    List<String> children = new ArrayList<>(container.children());
    children.remove(id);
    return new RegionTree(
        regions.plus(container.id(), container.withChildren(children)).plus(id, region.at(null)));
  }

  /** The same with a mark of a region set or cleared. */
  public RegionTree mark(String id, Mark mark, boolean set) {
    return change(id, region -> region.with(mark, set));
  }

  /** The same with a region of another size. */
  public RegionTree resize(String id, Wide size) {
    return change(id, region -> region.withSize(size));
  }

  /** The same with an alias that begins elsewhere in its target. */
  public RegionTree slide(String id, long offset) {
    return change(id, region -> region.withOffset(offset));
  }

  /** The address of a region's first byte counted through its containers, aliases left aside. */
  public Wide absoluteAddress(String id) {
    Wide sum = Wide.ZERO;
    Region region = find(id);
    while (region != null) {
      sum = sum.plus(region.address());
      Place place = region.place();
      region = place == null ? null : find(place.container());
    }
    return sum;
  }

  /** True if {@code id} is {@code container}, lies in it or is shown in it by an alias. */
  public boolean isReachable(String id, String container) {
    Set<String> seen = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(container));
    while (!next.isEmpty()) {
      String at = next.remove();
      if (at.equals(id)) {
        return true;
      }
      if (seen.add(at)) {
        next.addAll(shownIn(at));
      }
    }
    return false;
  }

  /**
   * How often rendering {@code root} visits a region: once for every way to it. {@link
   * Long#MAX_VALUE} if a way is longer than {@code depthMax} or the number does not fit.
   */
  public long renderVisits(String root, int depthMax) {
    return visits(root, depthMax, new HashMap<>());
  }

  private long visits(String id, int depthLeft, Map<String, Long> known) {
    Long counted = known.get(id);
    if (counted != null) {
      return counted;
    }
    long sum = 1;
    for (String inside : depthLeft == 0 ? List.<String>of() : shownIn(id)) {
      sum += visits(inside, depthLeft - 1, known);
      if (sum < 0) {
        return Long.MAX_VALUE;
      }
    }
    if (depthLeft == 0 && !shownIn(id).isEmpty()) {
      return Long.MAX_VALUE;
    }
    known.put(id, sum);
    return sum;
  }

  private List<String> shownIn(String id) {
    Region region = get(id);
    return region.target() == null ? region.children() : List.of(region.target());
  }

  private int priority(String id) {
    Place place = get(id).place();
    return place == null ? 0 : place.priority();
  }

  private RegionTree change(String id, UnaryOperator<Region> edit) {
    return new RegionTree(regions.plus(id, edit.apply(get(id))));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RegionTree tree && regions.equals(tree.regions);
  }

  @Override
  public int hashCode() {
    return regions.hashCode();
  }

  @Override
  public String toString() {
    return regions.values().toString();
  }
}
