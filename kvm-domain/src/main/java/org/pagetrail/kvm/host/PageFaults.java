package org.pagetrail.kvm.host;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.mm.HostRule;

/**
 * Page faults of the monitor, and of KVM on its behalf: what a touch of an address does to the
 * host's page table.
 */
public final class PageFaults {
  private final HostLog log;
  private final AnonymousMemory anonymous;
  private final FileMemory files;
  private final HugetlbMemory hugetlb;

  /** Faults that are taken down in {@code log}. */
  public PageFaults(HostLog log) {
    this.log = log;
    this.anonymous = new AnonymousMemory(log);
    this.files = new FileMemory(log, anonymous);
    this.hugetlb = new HugetlbMemory(log);
  }

  /** Makes the page at an address ready for a read or a write, as the processor or GUP would. */
  public Touch touch(Hva hva, boolean write) {
    long page = Pages.of(hva);
    Mapping mapping = log.host().mappingAt(hva);
    if (mapping == null || !(write ? mapping.perms().write() : mapping.perms().read())) {
      return Touch.NOT_PERMITTED;
    }
    HostPages present = log.host().pageAt(hva);
    if (present != null && present.kind() == PageKind.POISONED) {
      return Touch.POISONED;
    }
    if (present != null && (present.writable() || !write)) {
      return Touch.DONE;
    }
    return switch (mapping.backing()) {
      case PRIVATE_ANONYMOUS, UNKNOWN -> {
        touchAnonymous(page, present, write);
        yield Touch.DONE;
      }
      case FILE_PRIVATE, MEMFD_PRIVATE, FILE_SHARED, MEMFD_SHARED, SHARED_ANONYMOUS ->
          touchFile(page, mapping, present, write);
      case HUGETLB_PRIVATE, HUGETLB_SHARED -> {
        hugetlb.touch(page, mapping, present, write);
        yield Touch.DONE;
      }
      case PFNMAP -> touchFrames(page, mapping, present);
    };
  }

  /**
   * Gives a page whose frame nobody knows, as after a snapshot that lists kinds only, a frame that
   * stands for it: a lookup finds one all the same.
   *
   * @return the page with a frame; null if nothing is mapped there
   */
  public @Nullable HostPages nameFrame(Hva hva) {
    HostPages page = log.host().pageAt(hva);
    if (page == null || page.frame() != null || page.kind() == PageKind.POISONED) {
      return page;
    }
    long pages = page.huge() ? Window.PAGES : 1;
    long first = page.huge() ? Window.start(Pages.of(hva)) : Pages.of(hva);
    log.emit(
        new PageMapped(
            Pages.hva(first),
            page.huge() ? ByteSize.BLOCK : ByteSize.PAGE,
            log.host().frames().take(first, pages),
            page.kind(),
            page.writable()),
        HostRule.FRAME_UNKNOWN.cite(Input.of("page", page.kind())));
    return log.host().pageAt(hva);
  }

  private void touchAnonymous(long page, @Nullable HostPages present, boolean write) {
    if (present != null) {
      anonymous.breakCopyOnWrite(page, present);
    } else if (write) {
      anonymous.write(page);
    } else {
      anonymous.read(page);
    }
  }

  private Touch touchFile(long page, Mapping mapping, @Nullable HostPages present, boolean write) {
    if (present != null) {
      if (mapping.isPrivate()) {
        anonymous.breakCopyOnWrite(page, present);
      } else {
        files.makeWritable(page, present);
      }
      return Touch.DONE;
    }
    if (files.isBeyondEnd(page, mapping)) {
      return Touch.BEYOND_END;
    }
    if (!write) {
      files.read(page, mapping);
    } else if (mapping.isPrivate()) {
      files.copyPrivate(page);
    } else {
      files.writeShared(page);
    }
    return Touch.DONE;
  }

  private Touch touchFrames(long page, Mapping mapping, @Nullable HostPages present) {
    if (present != null) {
      return Touch.NOT_PERMITTED;
    }
    new PageFrames(log).map(page, 1, mapping, HostRule.FRAME_ON_FAULT);
    return Touch.DONE;
  }
}
