package org.pagetrail.projections.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.access;
import static org.pagetrail.projections.Events.completed;
import static org.pagetrail.projections.Events.content;
import static org.pagetrail.projections.Events.found;
import static org.pagetrail.projections.Events.guestWrote;
import static org.pagetrail.projections.Events.host;
import static org.pagetrail.projections.Events.invalidated;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.pageMapped;
import static org.pagetrail.projections.Events.range;
import static org.pagetrail.projections.Events.readFault;
import static org.pagetrail.projections.Events.slot;
import static org.pagetrail.projections.Events.slotGone;
import static org.pagetrail.projections.Events.unmapped;
import static org.pagetrail.projections.Events.writeProtected;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PagesDropped;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.ReferenceLeaked;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.projections.TrailBuilder;

class FindingsTest {
  private static final long RAM = 0x40000000L;
  private static final long HVA = 0x7f0000000000L;

  private final TrailBuilder trail = new TrailBuilder();

  @Test
  void aGuestWriteToAKsmPageIsFoundWithTheWeakestStandingOfItsEvidence() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(pageMapped(HVA, 0x77, PageKind.KSM, false));
    trail.observed(mapped(RAM, 0x77, Perms.RW, MemoryType.NORMAL));
    long access = trail.derived(access(AccessKind.WRITE, RAM + 8, 4, 7L));
    trail.derived(guestWrote(0x77, 8, 4, 7), access);
    trail.derived(completed(AccessKind.WRITE, RAM + 8, 4, 7L, Completion.DIRECT), access);

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(FindingKind.SHARED_PAGE_WRITTEN);
          assertThat(finding.count()).isEqualTo(1);
          assertThat(finding.standing()).isEqualTo(Standing.DERIVED);
          assertThat(finding.guest()).isEqualTo(range(RAM, 0x1000));
        });
  }

  @Test
  void aGuestWriteToPageCacheIsFoundOnlyBehindAPrivateMapping() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(file(HVA, Backing.FILE_SHARED));
    trail.observed(pageMapped(HVA, 0x77, PageKind.PAGE_CACHE, true));
    trail.observed(mapped(RAM, 0x77, Perms.RW, MemoryType.NORMAL));
    trail.derived(completed(AccessKind.WRITE, RAM, 4, 7L, Completion.DIRECT));
    assertThat(findings()).isEmpty();

    trail.observed(file(HVA, Backing.FILE_PRIVATE));
    trail.derived(completed(AccessKind.WRITE, RAM, 4, 7L, Completion.DIRECT));
    assertThat(kinds()).containsExactly(FindingKind.SHARED_PAGE_WRITTEN);
  }

  @Test
  void writesToAReadOnlySlotThatWentToMemoryAreCountedOnceEach() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, RAM, 0x100000, HVA));
    for (int i = 0; i < 3; i++) {
      long access = trail.derived(access(AccessKind.WRITE, RAM, 4, 7L));
      trail.derived(completed(AccessKind.WRITE, RAM, 4, 7L, Completion.DIRECT), access);
      trail.derived(guestWrote(0x77, 0, 4, 7), access);
    }

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(FindingKind.WRITE_DID_NOT_EXIT);
          assertThat(finding.count()).isEqualTo(3);
        });
  }

  @Test
  void aWriteThatExitedIsNoFinding() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, RAM, 0x100000, HVA));
    trail.derived(completed(AccessKind.WRITE, RAM, 4, 7L, Completion.MMIO));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aWritableMappingOfAReadOnlySlotIsClosedByWhateverEndsIt() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, RAM, 0x100000, HVA));
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(mapped(RAM + 0x4000, 0x11, Perms.RW, MemoryType.NORMAL));
    trail.observed(mapped(RAM + 0x8000, 0x12, Perms.RW, MemoryType.NORMAL));
    long unmap = trail.observed(unmapped(RAM, 0x1000));
    long protect = trail.observed(writeProtected(RAM + 0x4000, 0x1000));
    long delete = trail.observed(slotGone(1, RAM, HVA));

    assertThat(findings()).extracting(Finding::closedSeq).containsExactly(unmap, protect, delete);
  }

  @Test
  void neighboursAreOneFinding() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, RAM, 0x100000, HVA));
    for (int page = 0; page < 16; page++) {
      trail.observed(mapped(RAM + page * 0x1000L, 0x90 - page, Perms.RW, MemoryType.NORMAL));
    }

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.guest()).isEqualTo(range(RAM, 0x10000));
          assertThat(finding.pages()).isEqualTo(16);
          assertThat(finding.count()).isEqualTo(16);
          assertThat(finding.evidence()).hasSize(Evidence.KEPT);
        });
  }

  @Test
  void scatteredPagesFillABoundedNumberOfRows() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, RAM, 0x1000000, HVA));
    for (int page = 0; page < 1000; page++) {
      trail.observed(mapped(RAM + page * 0x2000L, 0x90 + page, Perms.RW, MemoryType.NORMAL));
    }

    List<Finding> findings = findings();

    assertThat(findings).hasSize(Ledger.ROWS_MAX);
    assertThat(findings.stream().mapToLong(Finding::pages).sum()).isEqualTo(1000);
  }

  @Test
  void theKindOfAPageMayBecomeKnownAfterItWasMapped() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    long map = trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.DEVICE));
    assertThat(findings()).isEmpty();

    trail.observed(seen(HVA, 0x10, PageKind.ANONYMOUS));
    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(FindingKind.RAM_MAPPED_DEVICE);
          assertThat(finding.firstSeq()).isEqualTo(map);
        });
  }

  @Test
  void theZeroPageMayBecomeKnownAfterItWasMapped() {
    trail.observed(mapped(RAM, 0x10, Perms.R, MemoryType.DEVICE));
    trail.observed(new ZeroPageSeen(new Pfn(0x10)));

    assertThat(kinds()).containsExactly(FindingKind.RAM_MAPPED_DEVICE);
  }

  @Test
  void ramThatTheKernelDoesNotManageMayBeDevice() {
    trail.observed(pageMapped(HVA, 0x10, PageKind.NOMAP_RAM, true));
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.DEVICE));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aDeviceMappedNormalIsFoundButNotNormalNonCacheable() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(found(RAM >> 12, true, 0x9000, PageKind.DEVICE, true));
    trail.observed(mapped(RAM, 0x9000, Perms.RW, MemoryType.NORMAL_NC));
    assertThat(findings()).isEmpty();

    trail.observed(mapped(RAM, 0x9000, Perms.RW, MemoryType.NORMAL));
    assertThat(kinds()).containsExactly(FindingKind.DEVICE_MAPPED_NORMAL);
  }

  @Test
  void anExecutableDeviceMappingIsFoundExceptWhereKvmCannotForbidIt() {
    trail.observed(mapped(RAM, 0x9000, Perms.RWX, MemoryType.DEVICE));
    assertThat(kinds()).containsExactly(FindingKind.DEVICE_PAGE_EXECUTABLE);

    TrailBuilder x86 = new TrailBuilder();
    x86.observed(new HostDescribed("x86", "6.1", List.of(), "never"));
    x86.observed(mapped(RAM, 0x9000, Perms.RWX, MemoryType.DEVICE));
    assertThat(FindingsProjection.findingsOf(x86.entries())).isEmpty();
  }

  @Test
  void aMappingThatOutlivesItsHostPageIsFoundWhenTheGuestRunsOn() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.NORMAL));
    long drop = trail.observed(new PagesDropped(host(HVA, 0x1000)));
    trail.observed(new VcpuEntered(0, 0));
    long unmap = trail.observed(unmapped(RAM, 0x1000));

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(FindingKind.STALE_MAPPING);
          assertThat(finding.firstSeq()).isEqualTo(drop);
          assertThat(finding.closedSeq()).isEqualTo(unmap);
        });
  }

  @Test
  void aHostPageThatIsDroppedAndUnmappedBeforeTheGuestRunsIsNoFinding() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(new PagesDropped(host(HVA, 0x1000)));
    trail.observed(unmapped(RAM, 0x1000));
    trail.observed(new VcpuEntered(0, 0));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aCopyOnWriteThatUnmapsFirstIsNoFinding() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(pageMapped(HVA, 0x10, PageKind.ZERO_PAGE, false));
    trail.observed(mapped(RAM, 0x10, Perms.R, MemoryType.NORMAL));
    trail.observed(invalidated(HVA, 0x1000));
    trail.observed(unmapped(RAM, 0x1000));
    trail.observed(pageMapped(HVA, 0x99, PageKind.ANONYMOUS, true));
    trail.observed(mapped(RAM, 0x99, Perms.RW, MemoryType.NORMAL));
    trail.observed(new VcpuEntered(0, 0));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aRecorderWithoutUnmapsProvesNoStaleMapping() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(invalidated(HVA, 0x1000));
    trail.observed(seen(HVA, 0x99, PageKind.ANONYMOUS));
    trail.observed(new VcpuEntered(0, 0));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aSnapshotThatShowsAnotherFrameIsFound() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(seen(HVA, 0x99, PageKind.ANONYMOUS));

    assertThat(kinds()).containsExactly(FindingKind.STALE_MAPPING);
  }

  @Test
  void aSlotOverAnUnmappedRangeIsFoundUntilSomethingIsMappedThere() {
    trail.observed(file(HVA, Backing.PRIVATE_ANONYMOUS));
    trail.observed(new HostUnmapped(host(HVA + 0x2000, 0x2000)));
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(FindingKind.SLOT_OVER_HOLE);
          assertThat(finding.guest()).isEqualTo(range(RAM + 0x2000, 0x2000));
          assertThat(finding.isOpen()).isTrue();
        });

    trail.observed(file(HVA, Backing.PRIVATE_ANONYMOUS));
    assertThat(findings()).singleElement().matches(finding -> !finding.isOpen());
  }

  @Test
  void aZeroPageThatWasRepairedIsClosed() {
    trail.observed(new ZeroPageSeen(new Pfn(0x10)));
    trail.observed(content(0x10, 0, 5));
    trail.observed(content(0x10, 0, 5));
    long clean = trail.observed(content(0x10));

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(FindingKind.ZERO_PAGE_NOT_ZERO);
          assertThat(finding.count()).isEqualTo(1);
          assertThat(finding.closedSeq()).isEqualTo(clean);
        });
  }

  @Test
  void aDirtyZeroPageThatTheGuestCouldOnlyReadConvictsNoGuest() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, RAM, 0x100000, HVA));
    trail.observed(new ZeroPageSeen(new Pfn(0x10)));
    trail.observed(mapped(RAM, 0x10, Perms.R, MemoryType.NORMAL));
    trail.observed(content(0x10, 0, 5));

    assertThat(kinds()).containsExactly(FindingKind.ZERO_PAGE_NOT_ZERO);
  }

  @Test
  void aMappingThatIsGoneWhenThePageIsLookedAtIsStillEvidence() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, RAM, 0x100000, HVA));
    trail.observed(new ZeroPageSeen(new Pfn(0x10)));
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(unmapped(RAM, 0x1000));
    trail.observed(content(0x10, 0, 5));

    assertThat(kinds()).contains(FindingKind.SHARED_PAGE_WRITTEN);
  }

  @Test
  void aHangEndsWithTheNextMilestone() {
    trail.derived(new GuestHung(0, new Gpa(RAM), 0, 0x80, 0x80));
    long reached = trail.derived(new GuestReached("shell"));

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(FindingKind.GUEST_POLLS);
          assertThat(finding.closedSeq()).isEqualTo(reached);
          assertThat(finding.detail()).isEqualTo("reads 0x0, waits for 0x80 in bits 0x80");
        });
  }

  @Test
  void leakedReferencesAreCountedByPage() {
    trail.derived(new ReferenceLeaked(new Pfn(0x10), 1));
    trail.derived(new ReferenceLeaked(new Pfn(0x10), 2));

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.count()).isEqualTo(2);
          assertThat(finding.detail()).isEqualTo("2 so far");
        });
  }

  @Test
  void aSilentProcessorAtTheEndOfARunThatDidNotComeThroughIsFoundWithItsDoubt() {
    trail.at(1_000_000_000L).observed(readFault(RAM));
    trail.at(32_500_000_000L).observed(new RunReturned(0, "restart", 4));
    trail.observed(new RunEnded("timeout"));

    assertThat(findings())
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.detail())
                .isEqualTo(
                    "nothing is recorded of vCPU 0 for 31 s, so whether it polls or waits is"
                        + " not known, until timeout"));
  }

  @Test
  void aLoopOfARunThatReachedTheShellIsNoFinding() {
    for (int i = 0; i < 2000; i++) {
      trail.observed(new VcpuExited(0, "IRQ", 0x1000));
    }
    trail.observed(new RunEnded("shell"));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aProcessorThatWaitsForAnInterruptDoesNotPoll() {
    for (int i = 0; i < 2000; i++) {
      trail.observed(new VcpuExited(0, i % 2 == 0 ? "IRQ" : "TRAP WFx", 0x1000));
    }
    trail.observed(new RunEnded("timeout"));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aProcessorThatIsSeenAtManyPlacesDoesNotLoop() {
    for (int i = 0; i < 2000; i++) {
      trail.observed(new VcpuExited(0, "IRQ", 0x1000 + i % 64 * 4));
    }
    trail.observed(new RunEnded("timeout"));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aBlockMappedOverPagesThatASnapshotDidNotHaveIsNoStaleMapping() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x400000, HVA));
    trail.observed(
        new PagesSeen(host(HVA, 0x400000), PageKind.ABSENT, null, false, false, List.of()));
    trail.observed(found(RAM >> 12, true, 0x8000, PageKind.UNKNOWN, null));
    trail.observed(mapped(RAM, 0x200000, 0x8000, Perms.RW, MemoryType.NORMAL, 0));
    trail.observed(new VcpuEntered(0, 0));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aMappingOfAPageThatWasDroppedAfterItsLookupIsStale() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x400000, HVA));
    trail.observed(found(RAM >> 12, true, 0x80, PageKind.UNKNOWN, null));
    trail.observed(new PagesDropped(host(HVA, 0x1000)));
    trail.observed(mapped(RAM, 0x80, Perms.RW, MemoryType.NORMAL));
    trail.observed(new VcpuEntered(0, 0));

    assertThat(kinds()).containsExactly(FindingKind.STALE_MAPPING);
  }

  @Test
  void aPrivatePageSharedSinceAForkIsASharedPage() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    trail.observed(file(HVA, Backing.PRIVATE_ANONYMOUS));
    trail.observed(pageMapped(HVA, 0x77, PageKind.ANONYMOUS, true));
    trail.observed(mapped(RAM, 0x77, Perms.RW, MemoryType.NORMAL));
    trail.derived(completed(AccessKind.WRITE, RAM, 4, 7L, Completion.DIRECT));
    assertThat(findings()).isEmpty();

    trail.observed(new PagesShared(host(HVA, 0x1000), true));
    trail.derived(completed(AccessKind.WRITE, RAM, 4, 7L, Completion.DIRECT));
    assertThat(kinds()).containsExactly(FindingKind.SHARED_PAGE_WRITTEN);
  }

  private List<Finding> findings() {
    return FindingsProjection.findingsOf(trail.entries());
  }

  private List<FindingKind> kinds() {
    return findings().stream().map(Finding::kind).toList();
  }

  private static PagesSeen seen(long hva, long pfn, PageKind kind) {
    return new PagesSeen(host(hva, 0x1000), kind, new Pfn(pfn), true, true, List.of());
  }

  private static HostMapped file(long hva, Backing backing) {
    return new HostMapped(host(hva, 0x100000), backing, Perms.RW, HugeAdvice.NONE, "");
  }
}
