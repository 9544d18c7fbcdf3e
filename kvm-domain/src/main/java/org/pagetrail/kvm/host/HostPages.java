package org.pagetrail.kvm.host;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.run.Sliced;

/**
 * What the host's page table says of a run of pages.
 *
 * @param kind what the frames are; POISONED for an entry that kills whoever touches it
 * @param frame the frame of the first page; null where nobody knows
 * @param consecutive whether the frames follow each other; otherwise one stands behind all
 * @param writable whether the entry lets the monitor write without a fault
 * @param shared whether another process maps the same private page
 * @param huge whether one entry maps a whole 2 MiB page here
 */
public record HostPages(
    PageKind kind,
    @Nullable Pfn frame,
    boolean consecutive,
    boolean writable,
    boolean shared,
    boolean huge)
    implements Sliced<HostPages> {

  @Override
  public HostPages after(long pages) {
    if (pages == 0 || !consecutive || frame == null) {
      return this;
    }
    return new HostPages(kind, frame.plus(pages), true, writable, shared, huge);
  }

  HostPages writeProtected() {
    return writable ? new HostPages(kind, frame, consecutive, false, shared, huge) : this;
  }

  HostPages shared(boolean now) {
    return new HostPages(kind, frame, consecutive, writable, now, huge);
  }

  HostPages inBasePages() {
    return new HostPages(kind, frame, consecutive, writable, shared, false);
  }
}
