package org.pagetrail.store.file;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;

/**
 * The names that a guest page goes by, as the entries about it tell them: memslots, host pages,
 * frames, other guest frames that show the same host page; and where its frame is a shared zero
 * page, the guest frames that share it.
 */
final class PageNamesFound {
  /** More names of a sort than this are not followed. */
  private static final int NAMES_MAX = 4096;

  /** Of the pages around one that is mapped by a larger block than this nothing is asked. */
  private static final long BLOCK_PAGES_MAX = PageSize.BLOCK_BYTES / PageSize.BASE_BYTES;

  private final Gfn gfn;
  private final Set<Long> slots = new LinkedHashSet<>();
  private final Set<Long> hosts = new LinkedHashSet<>();
  private final Set<Long> aliases = new LinkedHashSet<>();
  private final Set<Long> frames = new LinkedHashSet<>();
  private final Set<Long> sharers = new LinkedHashSet<>();
  private final Set<Long> offsets = new HashSet<>();
  private long blockFirst;
  private long blockEnd;

  PageNamesFound(Gfn gfn) {
    this.gfn = gfn;
    this.blockFirst = gfn.value();
    this.blockEnd = gfn.value() + 1;
  }

  /** The first frame of all blocks that the page was ever mapped by; itself if by none. */
  long blockFirst() {
    return blockFirst;
  }

  /** The frame behind them. */
  long blockEnd() {
    return blockEnd;
  }

  /** True for the page and for those that were ever mapped by one block with it. */
  boolean isAbout(Gfn other) {
    return other.value() >= blockFirst && other.value() < blockEnd;
  }

  Set<Long> slots() {
    return slots;
  }

  Set<Long> hosts() {
    return hosts;
  }

  Set<Long> aliases() {
    return aliases;
  }

  Set<Long> frames() {
    return frames;
  }

  Set<Long> sharers() {
    return sharers;
  }

  /** True if a memslot of the page was ever one that the guest may not write. */
  boolean isFlash() {
    return !offsets.isEmpty();
  }

  private static void add(Set<Long> names, long name) {
    if (names.size() < NAMES_MAX) {
      names.add(name);
    }
  }

  void learn(@Nullable Event event) {
    switch (event) {
      case MemslotSet set ->
          slot(set.slot(), set.gpa(), set.size(), set.hva(), set.flags().isReadOnly());
      case MemslotRequested set ->
          slot(set.slot(), set.gpa(), set.size(), set.hva(), set.flags().isReadOnly());
      case PfnResolved lookup -> resolved(lookup);
      case Stage2Mapped mapped -> mapped(mapped);
      case PagesSeen seen -> behind(seen.range().start(), seen.first(), seen.contiguous());
      case PageMapped page -> behind(page.hva(), page.pfn(), true);
      case PagesMapped pages -> behind(pages.range().start(), pages.first(), pages.consecutive());
      case null, default -> {}
    }
  }

  private void slot(SlotId id, Gpa gpa, ByteSize size, Hva hva, boolean readOnly) {
    long offset = gfn.gpa().value() - gpa.value();
    if (size.isZero() || Long.compareUnsigned(offset, size.bytes()) >= 0) {
      alias(gpa, size, hva);
      return;
    }
    add(slots, (long) id.addressSpace() << 32 | id.id());
    add(hosts, page(hva.value() + offset));
    if (readOnly) {
      offsets.add(offset);
    }
  }

  /** Another slot may show the same host memory. */
  private void alias(Gpa gpa, ByteSize size, Hva hva) {
    for (long host : hosts) {
      long offset = (host << PageSize.BASE_SHIFT) - hva.value();
      if (Long.compareUnsigned(offset, size.bytes()) < 0) {
        add(aliases, page(gpa.value() + offset));
      }
    }
  }

  private void resolved(PfnResolved lookup) {
    Pfn pfn = lookup.pfn();
    if (pfn != null && lookup.gfn().equals(gfn)) {
      add(frames, pfn.value());
    } else if (pfn != null && lookup.kind() == PageKind.ZERO_PAGE && isMine(pfn)) {
      add(sharers, lookup.gfn().value());
    }
  }

  private boolean isMine(Pfn pfn) {
    return frames.contains(pfn.value());
  }

  private void mapped(Stage2Mapped mapped) {
    long ahead = gfn.value() - mapped.gpa().gfn().value();
    if (ahead >= 0 && ahead < Math.max(1, mapped.size().pages())) {
      add(frames, mapped.pfn().value() + ahead);
      if (mapped.size().pages() <= BLOCK_PAGES_MAX) {
        blockFirst = Math.min(blockFirst, mapped.gpa().gfn().value());
        blockEnd = Math.max(blockEnd, mapped.gpa().gfn().value() + mapped.size().pages());
      }
    } else if (isMine(mapped.pfn()) && mapped.size().pages() <= 1) {
      add(sharers, mapped.gpa().gfn().value());
    }
  }

  private void behind(Hva start, @Nullable Pfn first, boolean consecutive) {
    for (long host : hosts) {
      long ahead = host - page(start.value());
      if (first != null && (consecutive ? ahead >= 0 : ahead == 0)) {
        add(frames, first.value() + ahead);
      }
    }
  }

  private static long page(long address) {
    return address >>> PageSize.BASE_SHIFT;
  }

  /** True if bytes of a device are on the page, wherever it stood in its memslot. */
  boolean touches(long offset, long bytes) {
    return offsets.stream()
        .anyMatch(mine ->
            page(offset) <= page(mine) && page(mine) <= page(offset + Math.max(bytes, 1) - 1));
  }
}
