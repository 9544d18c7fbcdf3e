package org.pagetrail.traceimport.maps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.traceimport.capture.MappedArea;
import org.pagetrail.traceimport.capture.Snapshot;

/** What areas of maps and smaps say about the host's mappings. */
public final class HostMappings {
  private HostMappings() {}

  /** A mapping with the area that states it. */
  public record Stated(MappedArea area, HostMapped event) {}

  /**
   * The mappings of a snapshot. Maps and smaps of the same moment state the same areas; one of them
   * is kept, with the flags of smaps. Only areas that the snapshot before does not have are news.
   */
  public static List<Stated> of(List<MappedArea> areas, Snapshot snapshot) {
    Set<HostMapped> old =
        areas.stream()
            .map(MappedArea::snapshot)
            .filter(other -> other.compareTo(snapshot) < 0)
            .max(Comparator.naturalOrder())
            .map(before -> all(areas, before).stream().map(Stated::event))
            .orElse(Stream.of())
            .collect(Collectors.toSet());
    return all(areas, snapshot).stream().filter(stated -> !old.contains(stated.event())).toList();
  }

  /**
   * What speaks against several files of one moment being of one process, one sentence each: the
   * areas of the shorter are then hardly those of the longer.
   */
  public static List<String> contradictions(List<MappedArea> areas) {
    SortedMap<Snapshot, SortedMap<String, Set<HvaRange>>> ranges = new TreeMap<>();
    for (MappedArea area : areas) {
      ranges
          .computeIfAbsent(area.snapshot(), any -> new TreeMap<>())
          .computeIfAbsent(area.source().input(), any -> new HashSet<>())
          .add(area.range());
    }
    List<String> found = new ArrayList<>();
    for (SortedMap<String, Set<HvaRange>> byInput : ranges.values()) {
      String one = byInput.firstKey();
      for (String other : byInput.tailMap(one).keySet()) {
        Set<HvaRange> common = new HashSet<>(byInput.getOrDefault(one, Set.of()));
        int areasOfOne = common.size();
        common.retainAll(byInput.getOrDefault(other, Set.of()));
        int least = Math.min(areasOfOne, byInput.getOrDefault(other, Set.of()).size());
        if (2 * common.size() < least) {
          found.add(
              one
                  + " and "
                  + other
                  + " have "
                  + common.size()
                  + " of "
                  + least
                  + " areas in common: they are of two processes or moments, and are taken for one;"
                  + " leave one out");
        }
      }
    }
    return found;
  }

  private static List<Stated> all(List<MappedArea> areas, Snapshot snapshot) {
    Map<HvaRange, Set<String>> flags = new HashMap<>();
    for (MappedArea area : areas) {
      if (area.snapshot().equals(snapshot) && !area.flags().isEmpty()) {
        flags.put(area.range(), area.flags());
      }
    }
    List<Stated> mappings = new ArrayList<>();
    Set<HvaRange> seen = new HashSet<>();
    for (MappedArea area : areas) {
      if (area.snapshot().equals(snapshot) && seen.add(area.range())) {
        MappedArea whole = area.withFlags(flags.getOrDefault(area.range(), area.flags()));
        mappings.add(new Stated(whole, event(whole)));
      }
    }
    return mappings;
  }

  private static HostMapped event(MappedArea area) {
    return new HostMapped(area.range(), backing(area), area.perms(), advice(area), area.name());
  }

  private static HugeAdvice advice(MappedArea area) {
    if (area.flags().contains("hg")) {
      return HugeAdvice.HUGE;
    }
    return area.flags().contains("nh") ? HugeAdvice.NO_HUGE : HugeAdvice.NONE;
  }

  private static Backing backing(MappedArea area) {
    String name = area.name();
    boolean shared = area.shared();
    if (area.flags().contains("pf") || name.equals("/dev/mem")) {
      return Backing.PFNMAP;
    }
    if (area.flags().contains("ht") || name.startsWith("/anon_hugepage")) {
      return shared ? Backing.HUGETLB_SHARED : Backing.HUGETLB_PRIVATE;
    }
    if (name.startsWith("/memfd:")) {
      return shared ? Backing.MEMFD_SHARED : Backing.MEMFD_PRIVATE;
    }
    if (name.startsWith("/dev/zero") || name.startsWith("/SYSV")) {
      return shared ? Backing.SHARED_ANONYMOUS : Backing.PRIVATE_ANONYMOUS;
    }
    if (area.inode() != 0 && name.startsWith("/")) {
      return shared ? Backing.FILE_SHARED : Backing.FILE_PRIVATE;
    }
    boolean anonymous =
        name.isEmpty()
            || name.startsWith("[heap")
            || name.startsWith("[stack")
            || name.startsWith("[anon:");
    return anonymous && !shared ? Backing.PRIVATE_ANONYMOUS : Backing.UNKNOWN;
  }
}
