package org.pagetrail.simulation.whatif;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.slot.Memslot;

/**
 * What a recorded pfn lookup tells of the host's pages: which frame a page has. It does not tell
 * whether the page is writable, device, or part of a block; that stays for the model to decide.
 */
public final class HostFacts {
  private static final String NO_HUGE_PAGES = "never";
  private static final long BLOCK_PAGES = PageSize.BLOCK_BYTES / PageSize.BASE_BYTES;

  /** What the host did unseen, and which frame the next new page gets. */
  public record Facts(List<KvmCommand> unseen, List<KvmCommand> frames) {
    private static final Facts NONE = new Facts(List.of(), List.of());
  }

  private final @Nullable Pfn hugeZeroPage;
  private final Set<Hva> blocksWithoutFile;

  private HostFacts(@Nullable Pfn hugeZeroPage, Set<Hva> blocksWithoutFile) {
    this.hugeZeroPage = hugeZeroPage;
    this.blocksWithoutFile = blocksWithoutFile;
  }

  /** Reads what a recording tells of its host beside the lookups. */
  public static HostFacts of(Trail recorded) {
    Reading reading = new Reading();
    recorded.entries().forEach(entry -> reading.see(entry.event()));
    return reading.facts();
  }

  /**
   * Reads the facts off the events of a recording, from the first to the last.
   *
   * <p>The huge zero page is told by a snapshot, or by lookups for different guest blocks that
   * found the same frames.
   */
  static final class Reading {
    private final Set<Hva> blocks = new HashSet<>();
    private final Set<String> filled = new HashSet<>();
    private final Map<Long, Long> guestBlocks = new HashMap<>();
    private boolean hugePages = true;
    private @Nullable Pfn hugeZeroPage;

    /** Takes the next event. */
    void see(Event event) {
      switch (event) {
        case MachineDescribed machine ->
            machine.flash().stream()
                .filter(flash -> flash.backing() != FlashBacking.NONE)
                .forEach(flash -> filled.add(flash.name()));
        case RamBlockAllocated block -> {
          if (block.filePath() == null && !filled.contains(block.name())) {
            blocks.add(block.hva());
          }
        }
        case HostDescribed host -> hugePages = !host.transparentHugePages().equals(NO_HUGE_PAGES);
        case PagesSeen seen when seen.kind() == PageKind.HUGE_ZERO_PAGE && seen.first() != null ->
            foundHugeZeroPage(seen.first());
        case PfnResolved lookup when lookup.pfn() != null ->
            see(lookup.gfn().value(), lookup.pfn().value());
        default -> {}
      }
    }

    private void see(long gfn, long pfn) {
      if (hugeZeroPage == null && Math.floorMod(gfn - pfn, BLOCK_PAGES) == 0) {
        long guest = gfn & -BLOCK_PAGES;
        Long before = guestBlocks.putIfAbsent(pfn & -BLOCK_PAGES, guest);
        if (hugePages && before != null && before != guest) {
          foundHugeZeroPage(new Pfn(pfn));
        }
      }
    }

    private void foundHugeZeroPage(Pfn within) {
      if (hugeZeroPage == null) {
        hugeZeroPage = new Pfn(within.value() & -BLOCK_PAGES);
        guestBlocks.clear();
      }
    }

    /** The facts, when all was read. */
    HostFacts facts() {
      return new HostFacts(hugeZeroPage, blocks);
    }
  }

  /** How the model's host page at {@code gpa} comes in line with the recording. */
  public Facts behind(KvmState state, Gpa gpa, PfnResolved recorded) {
    Memslot slot = state.slots().at(gpa);
    Pfn pfn = recorded.pfn();
    if (slot == null || pfn == null) {
      return Facts.NONE;
    }
    Hva hva = slot.hvaOf(gpa).pageBase();
    List<KvmCommand> expect = List.of(new KvmCommand.ExpectFrame(hva, pfn));
    HostPages page = state.host().pageAt(hva);
    if (page != null && page.frame() == null) {
      return new Facts(List.of(), List.of(frameOf(hva, pfn, page)));
    }
    boolean asExpected =
        recorded.write() || (page == null ? mayBeZero(state, slot, pfn) : pfn.equals(page.frame()));
    return asExpected
        ? new Facts(List.of(), expect)
        : new Facts(
            List.of(expect.getFirst(), new KvmCommand.HostLoad(HvaRange.pageOf(hva), "unseen")),
            List.of());
  }

  /** The frame of a page that a snapshot showed without one; of the whole page if it is huge. */
  private static KvmCommand frameOf(Hva hva, Pfn pfn, HostPages page) {
    return page.huge() || isOfBlock(hva, pfn, page.kind())
        ? new KvmCommand.StatePage(
            hva.alignedDown(PageSize.BLOCK_BYTES),
            ByteSize.BLOCK,
            new Pfn(pfn.value() & -BLOCK_PAGES),
            page.kind(),
            page.writable())
        : new KvmCommand.StatePage(hva, ByteSize.PAGE, pfn, page.kind(), page.writable());
  }

  /** A huge page that a snapshot showed without frames; its own says whether a block maps it. */
  private static boolean isOfBlock(Hva hva, Pfn pfn, PageKind kind) {
    long page = hva.value() / PageSize.BASE_BYTES;
    return switch (kind) {
      case ANONYMOUS_HUGE, HUGE_ZERO_PAGE, PAGE_CACHE_HUGE, HUGETLB ->
          Math.floorMod(pfn.value() - page, BLOCK_PAGES) == 0;
      default -> false;
    };
  }

  /**
   * Whether a read of a page that nobody touched finds this frame. QEMU writes the memory of a
   * flash without a file only in ways that its log shows, so there every frame may be a zero
   * page's.
   */
  private boolean mayBeZero(KvmState state, Memslot slot, Pfn pfn) {
    return (slot.flags().isReadOnly() && blocksWithoutFile.contains(slot.hva()))
        || state.host().settings().isZeroPage(pfn)
        || (hugeZeroPage != null
            && pfn.value() >= hugeZeroPage.value()
            && pfn.value() < hugeZeroPage.value() + BLOCK_PAGES);
  }
}
