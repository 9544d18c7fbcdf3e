package org.pagetrail.projections.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.access;
import static org.pagetrail.projections.Events.completed;
import static org.pagetrail.projections.Events.device;
import static org.pagetrail.projections.Events.found;
import static org.pagetrail.projections.Events.guestWrote;
import static org.pagetrail.projections.Events.invalidated;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.pageMapped;
import static org.pagetrail.projections.Events.readFault;
import static org.pagetrail.projections.Events.relaxed;
import static org.pagetrail.projections.Events.slot;
import static org.pagetrail.projections.Events.slotGone;
import static org.pagetrail.projections.Events.unmapped;
import static org.pagetrail.projections.SeedStory.FLASH;
import static org.pagetrail.projections.SeedStory.FLASH_HVA;
import static org.pagetrail.projections.SeedStory.ZERO;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.projections.SeedStory;
import org.pagetrail.projections.TrailBuilder;

class PageTrailTest {
  private static final Gpa PAGE = new Gpa(FLASH);

  private final TrailBuilder trail = new TrailBuilder();

  @Test
  void threeSentencesTellTheStoryOfTheOverwrittenZeroPage() {
    SeedStory story = SeedStory.broken();

    PageTrail audit = PageTrail.of(story.entries(), new Gpa(FLASH + 0x37));

    assertThat(audit.sentences())
        .containsExactly(
            "Guest page 0x4000000 is in RAM block virt.flash1, memslot 1 (read-only), host address"
                + " 0xffff87a00000; stage 2 maps it rw- Device to pfn 0x40a87, the host's zero"
                + " page.",
            "Event 7 at 29.985880 s mapped it rw- Device after a read of 0x4000037 (pc 0x4fc612d8)"
                + " missed stage 2; the lookup for read found pfn 0x40a87 (observed); KVM took the"
                + " page, not writable for the guest, for a device (observed).",
            "Found: the guest wrote a shared page: zero page, seen 0x0:0x700070 0x8:0x900090"
                + " (observed, events 7, 9); a write to a read-only"
                + " slot went to memory without an exit (observed, events 7, 9); stage 2 lets the"
                + " guest write a read-only slot since event 7 (observed, events 1, 7); RAM is"
                + " mapped Device since event 7 (observed, events 2, 7); the zero page is not zero"
                + " since event 9 (observed, events 2, 9); since the mapping no write exit was"
                + " recorded; the page holds 0x0:0x700070 0x8:0x900090 (observed).");
  }

  @Test
  void threeSentencesSayThatAHealthyPageIsHealthy() {
    PageTrail audit = PageTrail.of(SeedStory.healthy().entries(), PAGE);

    assertThat(audit.sentences().get(0))
        .endsWith("maps it r-- Normal to pfn 0x40a87, the host's zero page.");
    assertThat(audit.sentences().get(1)).contains("for memory");
    assertThat(audit.sentences().get(2))
        .isEqualTo(
            "Nothing on this page contradicts its memslot; since the mapping 1 write exit was"
                + " recorded.");
    assertThat(audit.findings()).isEmpty();
  }

  @Test
  void theChainLeadsFromTheMappingToTheMemory() {
    SeedStory story = SeedStory.broken();

    PageTrail audit = PageTrail.of(story.entries(), PAGE);

    assertThat(audit.chain())
        .containsExactly(
            story.mapping, story.decision, story.lookup, story.fault, 2L, story.slot, 0L);
  }

  @Test
  void everyStepNamesItsLineAndItsCauses() {
    SeedStory story = SeedStory.broken();

    Step mapping = step(PageTrail.of(story.entries(), PAGE), StepKind.MAPPING);

    assertThat(mapping.seq()).isEqualTo(story.mapping);
    assertThat(mapping.causes()).containsExactly(story.decision);
    assertThat(mapping.source()).hasToString("trace.txt:8");
    assertThat(mapping.what()).isEqualTo("stage 2 maps a page at 0x4000000 to 0x40a87, rw- Device");
  }

  @Test
  void writesThatLeaveNoLineInATraceAreSaidToBeUnknown() {
    SeedStory story = SeedStory.broken();

    assertThat(PageTrail.of(story.entries(), PAGE).unknowns())
        .anySatisfy(unknown -> {
          assertThat(unknown.what()).contains("takes no exit and leaves no line in a trace");
          assertThat(unknown.evidence()).containsExactly(story.mapping);
        });
    assertThat(PageTrail.of(SeedStory.healthy().entries(), PAGE).unknowns())
        .noneMatch(unknown -> unknown.what().contains("leaves no line"));
  }

  @Test
  void theAuditOfAnEarlierMomentDoesNotKnowWhatCameLater() {
    SeedStory story = SeedStory.broken();

    PageTrail audit = PageTrail.at(story.entries(), PAGE, story.decision);

    assertThat(audit.mapping()).isNull();
    assertThat(audit.findings()).isEmpty();
    assertThat(audit.sentences().get(0)).endsWith("stage 2 never mapped it.");
  }

  @Test
  void aDerivedDecisionIsToldWithItsRule() {
    trail.derived(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    trail.derived(pageMapped(FLASH_HVA, ZERO, PageKind.ZERO_PAGE, false));
    long fault = trail.derived(readFault(FLASH));
    long lookup = trail.derived(found(0x4000, false, ZERO, PageKind.ZERO_PAGE, false), fault);
    long decision = trail.derived("arm64/device/page-reserved", device(ZERO, false, true), lookup);
    trail.derived(mapped(FLASH, ZERO, Perms.RW, MemoryType.DEVICE), decision);

    assertThat(PageTrail.of(trail.entries(), PAGE).sentences().get(1))
        .contains("for a device (rule arm64/device/page-reserved, 6.1)");
  }

  @Test
  void aCopyOnWriteIsToldStepByStep() {
    trail.observed(slot(0, SlotFlags.NONE, FLASH, 0x100000, FLASH_HVA));
    trail.observed(mapped(FLASH, ZERO, Perms.R, MemoryType.NORMAL));
    trail.observed(invalidated(FLASH_HVA, 0x1000));
    trail.observed(unmapped(FLASH, 0x1000));
    trail.observed(pageMapped(FLASH_HVA, 0x99, PageKind.ANONYMOUS, true));
    trail.observed(mapped(FLASH, 0x99, Perms.R, MemoryType.NORMAL));
    long relax = trail.observed(relaxed(FLASH, Perms.RW));

    PageTrail audit = PageTrail.of(trail.entries(), PAGE);

    assertThat(audit.steps())
        .extracting(Step::kind)
        .containsExactly(
            StepKind.SLOT,
            StepKind.MAPPING,
            StepKind.INVALIDATION,
            StepKind.UNMAP,
            StepKind.HOST_PAGE,
            StepKind.MAPPING,
            StepKind.PERMISSION);
    assertThat(audit.chain()).startsWith(relax);
    assertThat(audit.sentences().get(2)).isEqualTo("Nothing on this page contradicts its memslot.");
  }

  @Test
  void aDeletedSlotTakesItsMappingAlong() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    trail.observed(mapped(FLASH, ZERO, Perms.R, MemoryType.NORMAL));
    long gone = trail.observed(slotGone(1, FLASH, FLASH_HVA));

    PageTrail audit = PageTrail.of(trail.entries(), PAGE);

    assertThat(audit.steps().getLast().what())
        .isEqualTo("memslot 1 is deleted, and what stage 2 held there goes with it");
    assertThat(audit.sentences().get(0))
        .isEqualTo(
            "Guest page 0x4000000, in no memslot; stage 2 maps nothing there since event "
                + gone
                + ".");
  }

  @Test
  void theFlatViewNamesTheRegionAndOnlyItsChangesAreSteps() {
    FlatRange flash =
        new FlatRange(PAGE, new Gpa(FLASH + 0x3ffffff), "virt.flash1", RegionKind.ROMD, 0);
    FlatRange ram =
        new FlatRange(
            new Gpa(0x40000000L), new Gpa(0x4fffffffL), "mach-virt.ram", RegionKind.RAM, 0);
    trail.observed(new FlatViewCommitted("memory", List.of(flash)));
    trail.observed(new FlatViewCommitted("memory", List.of(flash, ram)));

    PageTrail audit = PageTrail.of(trail.entries(), PAGE);

    assertThat(audit.steps()).hasSize(1);
    assertThat(audit.sentences().get(0))
        .startsWith("Guest page 0x4000000 is in virt.flash1 (ROM device in romd mode)");
  }

  @Test
  void eventsOfOtherPagesAreNoSteps() {
    trail.observed(slot(0, SlotFlags.NONE, FLASH, 0x100000, FLASH_HVA));
    trail.observed(readFault(FLASH + 0x1000));
    trail.observed(found(0x4001, false, 0x55, PageKind.ANONYMOUS, true));
    trail.observed(device(0x55, true, false));
    trail.observed(mapped(FLASH + 0x1000, 0x55, Perms.RW, MemoryType.NORMAL));
    trail.observed(unmapped(FLASH + 0x1000, 0x1000));
    trail.observed(pageMapped(FLASH_HVA + 0x1000, 0x56, PageKind.ANONYMOUS, true));
    trail.derived(access(AccessKind.WRITE, FLASH + 0x1000, 4, 1L));
    trail.derived(guestWrote(0x56, 0, 4, 1));

    assertThat(PageTrail.of(trail.entries(), PAGE).steps())
        .extracting(Step::kind)
        .containsExactly(StepKind.SLOT);
  }

  @Test
  void directWritesIntoThePageAreStepsWithTheirWords() {
    trail.derived(slot(1, SlotFlags.READ_ONLY, FLASH, 0x100000, FLASH_HVA));
    trail.derived(mapped(FLASH, 0x55, Perms.RW, MemoryType.NORMAL));
    long access = trail.derived(access(AccessKind.WRITE, FLASH + 8, 4, 0x900090L));
    trail.derived(guestWrote(0x55, 8, 4, 0x900090), access);
    trail.derived(completed(AccessKind.WRITE, FLASH + 8, 4, 0x900090L, Completion.DIRECT), access);

    PageTrail audit = PageTrail.of(trail.entries(), PAGE);

    assertThat(audit.steps())
        .extracting(Step::what)
        .contains(
            "guest write of 0x900090 at 0x4000008",
            "the guest writes 0x900090 (4 bytes) at offset 0x8 of 0x55",
            "the write at 0x4000008 ends in memory, without an exit, 0x900090");
    assertThat(audit.sentences().get(2))
        .contains("no write exit was recorded, 1 write went to memory")
        .endsWith("; the page holds 0x8:0x900090 (derived).");
  }

  @Test
  void aPollingGuestFillsABoundedNumberOfSteps() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    for (int i = 0; i < 5000; i++) {
      trail.observed(new MmioExited(0, PAGE, 4, i % 2 == 0, i));
    }
    for (int i = 0; i < 5000; i++) {
      trail.observed(new MmioExited(0, PAGE, 4, true, 7));
    }

    PageTrail audit = PageTrail.of(trail.entries(), PAGE);

    assertThat(audit.steps()).hasSizeLessThanOrEqualTo(2 * Steps.KEPT + 1);
    assertThat(audit.steps().getLast().count()).isEqualTo(5000);
    assertThat(audit.steps().size() + audit.omitted()).isEqualTo(5002);
    assertThat(audit.traffic().writeExits()).isEqualTo(7500);
  }

  @Test
  void anEmptyTrailKnowsNothingAndSaysSo() {
    PageTrail audit = PageTrail.of(List.of(), PAGE);

    assertThat(audit.lastSeq()).isEqualTo(-1);
    assertThat(audit.sentences().get(1)).startsWith("No event of the trail maps, unmaps or");
  }

  private static Step step(PageTrail audit, StepKind kind) {
    return audit.steps().stream().filter(step -> step.kind() == kind).findFirst().orElseThrow();
  }
}
