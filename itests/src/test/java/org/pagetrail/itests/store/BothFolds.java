package org.pagetrail.itests.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.HostPageState;
import org.pagetrail.store.fold.PageState;
import org.pagetrail.store.fold.Slot;
import org.pagetrail.store.fold.Stage2Page;

/** The state folded from event objects, page by page beside the one folded from packed records. */
final class BothFolds {
  /** Longer runs are looked at where they begin and end. */
  private static final long RUN_PAGES_MAX = 2048;

  private BothFolds() {}

  /** Where the two differ, empty if they do not. */
  static List<String> differences(MachineState objects, FoldedState packed) {
    List<String> differences = new ArrayList<>();
    for (Run<Stage2Entry> run : objects.stage2().entries()) {
      for (long page : pages(run.first(), run.end())) {
        Gfn gfn = new Gfn(page);
        note(differences, page(objects, gfn), packed.page(gfn));
      }
    }
    for (Run<HostPage> run : objects.host().pages()) {
      for (long page : pages(run.first(), run.end())) {
        Hva hva = new Hva(page << 12);
        note(differences, page(objects.host().pageAt(hva)), packed.hostAt(hva));
      }
    }
    List<Slot> slots = objects.slots().all().stream().map(BothFolds::slot).toList();
    note(differences, slots, packed.slots());
    return differences;
  }

  private static List<Long> pages(long first, long end) {
    List<Long> pages = new ArrayList<>();
    for (long page = Math.max(0, first - 1); page <= end; page++) {
      if (page == first + RUN_PAGES_MAX / 2 && end - first > RUN_PAGES_MAX) {
        page = end - RUN_PAGES_MAX / 2;
      }
      pages.add(page);
    }
    return pages;
  }

  /** What the fold of event objects says of a guest page. */
  static PageState page(MachineState objects, Gfn gfn) {
    Hva hva = objects.hvaOf(gfn.gpa());
    Memslot slot = objects.slots().atFrame(gfn.value());
    return new PageState(
        gfn,
        slot == null ? null : slot(slot),
        hva,
        hva == null ? null : page(objects.host().pageAt(hva)),
        page(objects.stage2().at(gfn.gpa())));
  }

  private static void note(
      List<String> differences, @Nullable Object expected, @Nullable Object is) {
    if (!Objects.equals(expected, is) && differences.size() < 10) {
      differences.add("should be " + expected + " and is " + is);
    }
  }

  private static @Nullable Stage2Page page(@Nullable Stage2Entry entry) {
    return entry == null
        ? null
        : new Stage2Page(
            entry.pfn(),
            entry.leafPages(),
            entry.perms(),
            entry.memoryType(),
            entry.accessed(),
            entry.mapped().seq(),
            entry.lastChange().seq());
  }

  private static @Nullable HostPageState page(@Nullable HostPage page) {
    return page == null
        ? null
        : new HostPageState(
            page.pfn(), page.kind(), page.writable(), page.origin().seq(), page.doubted());
  }

  private static Slot slot(Memslot slot) {
    return new Slot(
        slot.id(), slot.flags(), slot.guest(), slot.hva(), slot.set().seq(), slot.flagsSet().seq());
  }
}
