package org.pagetrail.store.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Trails of a small machine in which everything meets everything: few slots that overlap and share
 * host memory, few frames, and calls of all sizes, also of such as no kernel makes.
 */
public final class MemoryStory {
  /** Guest frames and host pages are mostly below this, counted from where each begins. */
  public static final long PAGES = 1500;

  /** The first host page. */
  public static final long HOST = 0x7f0000000L;

  private static final long FAR = 1L << 40;
  private static final PageKind[] KINDS = PageKind.values();
  private static final SlotChange[] CHANGES = SlotChange.values();
  private static final MemoryType[] TYPES = MemoryType.values();

  private final SplittableRandom random;

  /** Stories that depend on the seed alone. */
  public MemoryStory(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next entries. */
  public List<TrailEntry> entries(long first, int count) {
    List<TrailEntry> entries = new ArrayList<>();
    for (long seq = first; seq < first + count; seq++) {
      Source source = new Source("trace", seq, seq);
      entries.add(
          new TrailEntry(seq, seq * 10, Standing.OBSERVED, event(), List.of(), null, source));
    }
    return entries;
  }

  private Event event() {
    return switch (random.nextInt(26)) {
      case 0 -> slotSet();
      case 1 -> new QemuEvent.MemslotRequested(slot(), flags(), gpa(), size(), hva(), ret());
      case 2, 3, 4, 5 -> resolved();
      case 6, 7, 8, 9, 10 -> mapped();
      case 11 -> new KvmEvent.Stage2Relaxed(gpa(), perms(), ret());
      case 12 -> new KvmEvent.Stage2Unmapped(guestRange());
      case 13 -> new KvmEvent.Stage2WriteProtected(guestRange());
      case 14 -> new KvmEvent.Stage2Split(guestRange());
      case 15 -> new KvmEvent.Stage2MadeYoung(gpa());
      case 16 -> pagesSeen();
      case 17 -> new HostEvent.PageMapped(hva(), size(), pfn(), kind(), random.nextBoolean());
      case 18 -> pagesMapped();
      case 19 -> new HostEvent.PagesDropped(hostRange());
      case 20 -> new HostEvent.PagesWriteProtected(hostRange());
      case 21 -> new HostEvent.PagesShared(hostRange(), random.nextBoolean());
      case 22 -> new HostEvent.RangeInvalidated(hostRange());
      case 23 -> new HostEvent.EntryChanged(hva());
      case 24 ->
          random.nextInt(3) == 0
              ? new HostEvent.HostUnmapped(hostRange())
              : new HostEvent.ZeroPageSeen(new Pfn(random.nextLong(4)));
      default -> new GuestAccessed(0, AccessKind.READ, gpa(), 4, null);
    };
  }

  private KvmEvent.MemslotSet slotSet() {
    SlotChange change = CHANGES[random.nextInt(CHANGES.length)];
    return new KvmEvent.MemslotSet(
        slot(), change, flags(), slotGpa(), slotSize(), slotHva(), ret());
  }

  private KvmEvent.PfnResolved resolved() {
    Pfn pfn = random.nextInt(8) == 0 ? null : pfn();
    Gfn gfn = gpa().gfn();
    return new KvmEvent.PfnResolved(
        gfn, random.nextBoolean(), LookupResult.FOUND, pfn, kind(), truth());
  }

  private KvmEvent.Stage2Mapped mapped() {
    ByteSize size = size();
    Gpa gpa =
        random.nextInt(3) == 0
            ? gpa()
            : new Gpa(gpa().value() & -Long.highestOneBit(size.bytes() | 4096));
    return new KvmEvent.Stage2Mapped(
        gpa, size, pfn(), perms(), TYPES[random.nextInt(TYPES.length)], ret());
  }

  private HostEvent.PagesSeen pagesSeen() {
    Pfn first = random.nextInt(4) == 0 ? null : pfn();
    return new HostEvent.PagesSeen(
        hostRange(), kind(), first, random.nextBoolean(), random.nextBoolean(), List.of());
  }

  private HostEvent.PagesMapped pagesMapped() {
    Pfn first = random.nextInt(4) == 0 ? null : pfn();
    return new HostEvent.PagesMapped(
        hostRange(), kind(), first, random.nextBoolean(), random.nextBoolean());
  }

  private SlotId slot() {
    return new SlotId(random.nextInt(5) == 0 ? 1 : 0, random.nextInt(4));
  }

  private SlotFlags flags() {
    return new SlotFlags(random.nextInt(4));
  }

  private Gpa slotGpa() {
    return new Gpa(random.nextLong(PAGES / 256) << 20);
  }

  private Hva slotHva() {
    return new Hva((HOST << 12) + (random.nextLong(PAGES / 256) << 20));
  }

  private ByteSize slotSize() {
    return random.nextInt(20) == 0 ? new ByteSize(5000) : new ByteSize(random.nextLong(4) << 20);
  }

  private Gpa gpa() {
    long page = random.nextInt(200) == 0 ? FAR + random.nextLong(10) : random.nextLong(PAGES);
    return new Gpa((page << 12) + (random.nextInt(5) == 0 ? random.nextLong(4096) : 0));
  }

  private Hva hva() {
    return new Hva(((HOST + random.nextLong(PAGES)) << 12) + random.nextLong(3) * 8);
  }

  private ByteSize size() {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> ByteSize.BLOCK;
      case 3 -> new ByteSize(1L << 30);
      case 4 -> new ByteSize(random.nextLong(1L << 23));
      case 5 -> new ByteSize(random.nextLong(64) << 12);
      case 6 -> new ByteSize((2L << 20) + 1);
      default -> ByteSize.PAGE;
    };
  }

  private GpaRange guestRange() {
    return new GpaRange(gpa(), rangeSize());
  }

  private HvaRange hostRange() {
    return new HvaRange(hva(), rangeSize());
  }

  private ByteSize rangeSize() {
    return switch (random.nextInt(40)) {
      case 0 -> new ByteSize(1L << 62);
      case 1, 2 -> ByteSize.BLOCK;
      case 3, 4, 5, 6, 7, 8 -> new ByteSize(random.nextLong(1L << 19));
      default -> new ByteSize(random.nextLong(4) << 12);
    };
  }

  private Pfn pfn() {
    return random.nextInt(300) == 0
        ? new Pfn((1L << 52) - 1 - random.nextLong(600))
        : new Pfn(random.nextLong(PAGES));
  }

  private PageKind kind() {
    return random.nextInt(3) == 0 ? PageKind.UNKNOWN : KINDS[random.nextInt(KINDS.length)];
  }

  private Perms perms() {
    return new Perms(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
  }

  private @Nullable Boolean truth() {
    return random.nextInt(3) == 0 ? null : Boolean.valueOf(random.nextBoolean());
  }

  private int ret() {
    return random.nextInt(6) == 0 ? -14 : 0;
  }
}
