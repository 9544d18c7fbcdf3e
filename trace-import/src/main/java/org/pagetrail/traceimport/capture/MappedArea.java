package org.pagetrail.traceimport.capture;

import java.util.Set;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.trail.Source;

/**
 * A line of /proc/PID/maps, or an area of smaps.
 *
 * @param shared true for a shared mapping
 * @param inode 0 without a file
 * @param name the path or name, empty if none
 * @param flags the two-letter VmFlags of smaps, empty in maps
 */
public record MappedArea(
    Source source,
    Snapshot snapshot,
    HvaRange range,
    Perms perms,
    boolean shared,
    long inode,
    String name,
    Set<String> flags) {
  /** Copies the set. */
  public MappedArea {
    flags = Set.copyOf(flags);
  }

  /** The same area with the flags of another reading. */
  public MappedArea withFlags(Set<String> more) {
    return new MappedArea(source, snapshot, range, perms, shared, inode, name, more);
  }
}
