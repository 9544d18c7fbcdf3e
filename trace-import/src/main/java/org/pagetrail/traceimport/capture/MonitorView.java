package org.pagetrail.traceimport.capture;

import java.util.List;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.trail.Source;

/** The flat view of an address space as {@code info mtree -f} printed it. */
public record MonitorView(
    Source source, Snapshot snapshot, String addressSpace, List<FlatRange> ranges) {
  /** Copies the list. */
  public MonitorView {
    ranges = List.copyOf(ranges);
  }
}
