package org.pagetrail.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.whatif.Survey;
import org.pagetrail.simulation.whatif.WhatIf;

/** A recording replayed with the model's state outside the heap. */
class WhatIfInStoresTest {
  private static final KernelModel KERNEL = Kernels.of(Arch.ARM64, "6.1");
  private static final int PAGES = 6000;
  private static final Gpa RAM = new Gpa(0x40000000);
  private static final Hva HOST = new Hva(0x7f0000000000L);

  @Test
  void aGuestThatTouchesManyPagesIsReplayedAsOnTheHeap() {
    Trail recorded = guestThatTouchesItsMemory();
    List<TrailEntry> expected = WhatIf.replay(recorded, KERNEL).trail().entries();

    try (OffHeapStores stores = new OffHeapStores()) {
      Survey survey = Survey.of(recorded.entries());
      List<TrailEntry> entries = new ArrayList<>();
      WhatIf.running(recorded.entries().iterator(), survey, KERNEL, stores, new WhatIf.Watcher() {})
          .forEachRemaining(entries::add);

      assertThat(entries).isEqualTo(expected);
    }
  }

  /** Each page is read and then written, in steps that jump about. */
  private static Trail guestThatTouchesItsMemory() {
    Trail trail = new Trail();
    ByteSize size = new ByteSize(PAGES * PageSize.BASE_BYTES);
    add(trail, new HostDescribed("arm64", "6.1", List.of(), "never"));
    add(
        trail,
        new HostMapped(
            new HvaRange(HOST, size), Backing.PRIVATE_ANONYMOUS, Perms.RW, HugeAdvice.NONE, ""));
    add(
        trail,
        new MemslotSet(new SlotId(0, 0), SlotChange.CREATE, SlotFlags.NONE, RAM, size, HOST, 0));
    for (AccessKind access : List.of(AccessKind.READ, AccessKind.WRITE)) {
      for (int i = 0; i < PAGES; i++) {
        long page = i * 1511L % PAGES;
        Gpa gpa = RAM.plus(page << PageSize.BASE_SHIFT);
        boolean write = access.writes();
        Pfn pfn = write ? new Pfn(0x100000 + page * 3) : new Pfn(0x40a87);
        FaultType fault = write ? FaultType.PERMISSION : FaultType.TRANSLATION;
        add(trail, new Stage2Faulted(0, access, gpa, fault, 3, 0, 0));
        add(
            trail,
            new PfnResolved(gpa.gfn(), write, LookupResult.FOUND, pfn, PageKind.UNKNOWN, null));
        add(trail, new AbortHandled(0, 1));
      }
    }
    return trail;
  }

  private static void add(Trail trail, Event event) {
    trail.assumed(null, event, new TreeSet<>());
  }
}
