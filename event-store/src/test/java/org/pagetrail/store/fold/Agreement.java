package org.pagetrail.store.fold;

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

/** What the packed fold says of a page, beside what the fold of event objects says. */
public final class Agreement {
  private Agreement() {}

  /** Where the two differ on a guest frame, empty if they do not. */
  public static List<String> differences(MachineState objects, FoldedState packed, Gfn gfn) {
    List<String> differences = new ArrayList<>();
    Stage2Page expected = page(objects.stage2().at(gfn.gpa()));
    note(differences, "stage 2 of " + gfn, expected, packed.stage2At(gfn));
    Slot slot = slot(objects.slots().atFrame(gfn.value()));
    note(differences, "slot of " + gfn, slot, packed.slotAt(gfn));
    return differences;
  }

  /** Where the two differ on a host page, empty if they do not. */
  public static List<String> differences(MachineState objects, FoldedState packed, Hva hva) {
    List<String> differences = new ArrayList<>();
    HostPageState expected = page(objects.host().pageAt(hva));
    note(differences, "host page " + hva, expected, packed.hostAt(hva));
    return differences;
  }

  /** What the fold of event objects says of a guest page. */
  public static PageState page(MachineState objects, Gfn gfn) {
    Hva hva = objects.hvaOf(gfn.gpa());
    return new PageState(
        gfn,
        slot(objects.slots().atFrame(gfn.value())),
        hva,
        hva == null ? null : page(objects.host().pageAt(hva)),
        page(objects.stage2().at(gfn.gpa())));
  }

  private static void note(
      List<String> differences, String what, @Nullable Object expected, @Nullable Object is) {
    if (!Objects.equals(expected, is)) {
      differences.add(what + " should be " + expected + " and is " + is);
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

  private static @Nullable Slot slot(@Nullable Memslot slot) {
    return slot == null
        ? null
        : new Slot(
            slot.id(),
            slot.flags(),
            slot.guest(),
            slot.hva(),
            slot.set().seq(),
            slot.flagsSet().seq());
  }
}
