package org.pagetrail.projections.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.pagetrail.projections.Events.access;
import static org.pagetrail.projections.Events.completed;
import static org.pagetrail.projections.Events.device;
import static org.pagetrail.projections.Events.found;
import static org.pagetrail.projections.Events.guestWrote;
import static org.pagetrail.projections.Events.invalidated;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.pageMapped;
import static org.pagetrail.projections.Events.range;
import static org.pagetrail.projections.Events.readFault;
import static org.pagetrail.projections.Events.slot;
import static org.pagetrail.projections.SeedStory.FLASH;
import static org.pagetrail.projections.SeedStory.FLASH_HVA;
import static org.pagetrail.projections.SeedStory.ZERO;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.SeedStory;
import org.pagetrail.projections.TrailBuilder;
import org.pagetrail.projections.diff.StateDifference.Part;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingKind;

class TrailDiffTest {
  private static final long RAM = 0x40000000L;

  @Test
  void aTrailDoesNotDifferFromItself() {
    List<TrailEntry> entries = SeedStory.broken().entries();

    assertThat(TrailDiff.of(entries, entries).isEmpty()).isTrue();
  }

  @Test
  void theFirstDivergenceIsTheDecisionThatTheFixChanged() {
    TrailDiff diff = TrailDiff.of(flashWrite(true), flashWrite(false));

    Divergence first = Objects.requireNonNull(diff.first());
    assertThat(rule(first.left())).isEqualTo("arm64/device/page-reserved");
    assertThat(rule(first.right())).isEqualTo("arm64/device/pfn-valid");
    assertThat(Objects.requireNonNull(first.stimulusLeft()).event())
        .isEqualTo(access(AccessKind.READ, FLASH, 4, null));
    assertThat(diff.divergenceCount()).isEqualTo(2);
    assertThat(diff.parted()).isFalse();
  }

  @Test
  void statesAndFindingsTellWhatTheFixIsGoodFor() {
    TrailDiff diff = TrailDiff.of(flashWrite(true), flashWrite(false));

    assertThat(diff.states())
        .containsExactly(
            new StateDifference(
                Part.STAGE2,
                range(FLASH, 0x1000),
                null,
                1,
                "rw- DEVICE ZERO_PAGE",
                "r-- NORMAL ZERO_PAGE"),
            new StateDifference(
                Part.CONTENT, null, new Pfn(ZERO), 0, "0x0:0x700070", "zero or not known"));
    assertThat(diff.onlyLeft())
        .extracting(Finding::kind)
        .containsExactly(
            FindingKind.SHARED_PAGE_WRITTEN,
            FindingKind.WRITE_DID_NOT_EXIT,
            FindingKind.READ_ONLY_SLOT_WRITABLE,
            FindingKind.RAM_MAPPED_DEVICE);
    assertThat(diff.onlyRight()).isEmpty();
  }

  @Test
  void differentFramesForTheSameWorkAreNoDifference() {
    assertThat(TrailDiff.of(ramReads(0x100), ramReads(0x900)).isEmpty()).isTrue();
  }

  @Test
  void anotherLayoutOfTheMonitorsAddressSpaceIsNoDifference() {
    assertThat(TrailDiff.of(hostWork(0x7f0000000000L), hostWork(0x7e5550000000L)).isEmpty())
        .isTrue();
  }

  @Test
  void aHostPageThatOnlyOneTrailHasIsToldByTheGuestPageItStandsBehind() {
    List<TrailEntry> left = hostWork(0x7f0000000000L);
    TrailBuilder right = new TrailBuilder();
    right.derived(slot(0, SlotFlags.NONE, RAM, 0x100000, 0x7f0000000000L));

    assertThat(TrailDiff.of(left, right.entries()).states())
        .contains(
            new StateDifference(
                Part.HOST_PAGE,
                range(RAM + 0x3000, 0x1000),
                null,
                1,
                "ANONYMOUS writable",
                "nothing"));
  }

  private static List<TrailEntry> hostWork(long hva) {
    TrailBuilder trail = new TrailBuilder();
    trail.derived(slot(0, SlotFlags.NONE, RAM, 0x100000, hva));
    trail.derived(pageMapped(hva + 0x3000, 0x44, PageKind.ANONYMOUS, true));
    trail.derived(invalidated(hva + 0x5000, 0x2000));
    trail.derived(invalidated(hva + 0x8000000, 0x2000));
    return trail.entries();
  }

  @Test
  void oneFrameWhereTheOtherHostHasTwoIsADifference() {
    TrailBuilder left = new TrailBuilder();
    TrailBuilder right = new TrailBuilder();
    for (TrailBuilder trail : List.of(left, right)) {
      trail.derived(slot(0, SlotFlags.NONE, RAM, 0x100000, FLASH_HVA));
      trail.derived(access(AccessKind.READ, RAM, 4, null));
      trail.derived(mapped(RAM, 0x10, Perms.R, MemoryType.NORMAL));
      trail.derived(access(AccessKind.READ, RAM + 0x1000, 4, null));
      long second = trail == left ? 0x10 : 0x11;
      trail.derived(mapped(RAM + 0x1000, second, Perms.R, MemoryType.NORMAL));
    }

    TrailDiff diff = TrailDiff.of(left.entries(), right.entries());

    assertThat(diff.divergenceCount()).isEqualTo(1);
    assertThat(diff.states())
        .filteredOn(difference -> difference.part() == Part.STAGE2)
        .extracting(StateDifference::left, StateDifference::right)
        .containsExactly(tuple("r-- NORMAL pfn 0x10", "r-- NORMAL pfn 0x11"));
  }

  @Test
  void whatARecorderDoesNotSeeIsNotHeldAgainstTheModel() {
    TrailBuilder recorded = new TrailBuilder();
    recorded.observed(new HostDescribed("arm64", "6.1", List.of(), "never"));
    recorded.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    long fault = recorded.observed(readFault(FLASH + 0x37));
    recorded.observed(found(0x4000, false, ZERO, PageKind.UNKNOWN, null), fault);
    recorded.observed(device(ZERO, false, true));
    recorded.observed(mapped(FLASH, ZERO, Perms.RW, MemoryType.DEVICE));
    recorded.observed(new VcpuExited(0, "IRQ", 1));

    TrailBuilder model = new TrailBuilder();
    model.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    model.derived(access(AccessKind.READ, FLASH, 4, null));
    model.derived(readFault(FLASH));
    model.derived(pageMapped(FLASH_HVA, ZERO, PageKind.ZERO_PAGE, false));
    model.derived(found(0x4000, false, ZERO, PageKind.ZERO_PAGE, false));
    model.derived(device(ZERO, false, true));
    model.derived(mapped(FLASH, ZERO, Perms.RW, MemoryType.DEVICE));
    model.derived(completed(AccessKind.READ, FLASH, 4, 0L, Completion.DIRECT));

    TrailDiff diff = TrailDiff.of(recorded.entries(), model.entries());

    assertThat(diff.divergences()).isEmpty();
    assertThat(diff.states()).isEmpty();
  }

  @Test
  void aStimulusThatOneTrailLacksIsSkipped() {
    TrailBuilder left = new TrailBuilder();
    TrailBuilder right = new TrailBuilder();
    for (int i = 0; i < 10; i++) {
      left.derived(access(AccessKind.READ, RAM + i * 8L, 8, null));
      if (i != 4) {
        right.derived(access(AccessKind.READ, RAM + i * 8L, 8, null));
      }
    }

    TrailDiff diff = TrailDiff.of(left.entries(), right.entries());

    assertThat(diff.parted()).isFalse();
    assertThat(diff.divergences())
        .singleElement()
        .satisfies(divergence -> {
          assertThat(Objects.requireNonNull(divergence.left()).seq()).isEqualTo(4);
          assertThat(divergence.right()).isNull();
        });
  }

  @Test
  void guestsThatGoDifferentWaysPartOnce() {
    TrailBuilder left = new TrailBuilder();
    TrailBuilder right = new TrailBuilder();
    left.derived(access(AccessKind.READ, RAM, 8, null));
    right.derived(access(AccessKind.READ, RAM, 8, null));
    for (int i = 0; i < 1000; i++) {
      left.derived(access(AccessKind.READ, 0x1000, 4, null));
      right.derived(access(AccessKind.WRITE, 0x2000 + i, 1, (long) i));
    }

    TrailDiff diff = TrailDiff.of(left.entries(), right.entries());

    assertThat(diff.parted()).isTrue();
    assertThat(diff.divergenceCount()).isEqualTo(1);
  }

  @Test
  void alikeDifferencesOfNeighboursAreOneRange() {
    TrailBuilder left = new TrailBuilder();
    TrailBuilder right = new TrailBuilder();
    left.derived(mapped(RAM, 0x200000, 0x1000, Perms.RW, MemoryType.NORMAL, 0));
    for (int i = 0; i < 512; i++) {
      right.derived(mapped(RAM + i * 0x1000L, 0x1000 + i, Perms.RW, MemoryType.NORMAL));
    }

    assertThat(TrailDiff.of(left.entries(), right.entries()).states())
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.guest()).isEqualTo(range(RAM, 0x200000));
          assertThat(difference.left()).isEqualTo("rw- NORMAL block");
          assertThat(difference.right()).isEqualTo("rw- NORMAL");
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theDiffOfSwappedTrailsIsTheSwappedDiff(long seed) {
    List<TrailEntry> one = random(new SplittableRandom(seed));
    List<TrailEntry> other = random(new SplittableRandom(seed + 100));

    TrailDiff diff = TrailDiff.of(one, other);
    TrailDiff swapped = TrailDiff.of(other, one);

    assertThat(swapped.divergenceCount()).as("seed %d", seed).isEqualTo(diff.divergenceCount());
    assertThat(swapped.onlyLeft()).as("seed %d", seed).isEqualTo(diff.onlyRight());
    assertThat(swapped.states().stream().map(StateDifference::right).toList())
        .as("seed %d", seed)
        .isEqualTo(diff.states().stream().map(StateDifference::left).toList());
  }

  private static List<TrailEntry> flashWrite(boolean broken) {
    TrailBuilder trail = new TrailBuilder();
    trail.derived(new ZeroPageSeen(new Pfn(ZERO)));
    trail.derived(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    long read = trail.derived(access(AccessKind.READ, FLASH, 4, null));
    trail.derived(found(0x4000, false, ZERO, PageKind.ZERO_PAGE, false), read);
    trail.derived(
        broken ? "arm64/device/page-reserved" : "arm64/device/pfn-valid",
        device(ZERO, false, broken));
    trail.derived(
        broken
            ? mapped(FLASH, ZERO, Perms.RW, MemoryType.DEVICE)
            : mapped(FLASH, ZERO, Perms.R, MemoryType.NORMAL));
    long write = trail.derived(access(AccessKind.WRITE, FLASH, 4, 0x700070L));
    if (broken) {
      trail.derived(guestWrote(ZERO, 0, 4, 0x700070), write);
    } else {
      trail.derived(new MmioExited(0, new Gpa(FLASH), 4, true, 0x700070), write);
    }
    return trail.entries();
  }

  private static List<TrailEntry> ramReads(long firstFrame) {
    TrailBuilder trail = new TrailBuilder();
    trail.derived(slot(0, SlotFlags.NONE, RAM, 0x100000, FLASH_HVA));
    for (int i = 0; i < 8; i++) {
      long frame = firstFrame + (i * 5) % 8;
      trail.derived(access(AccessKind.READ, RAM + i * 0x1000L, 4, null));
      trail.derived(pageMapped(FLASH_HVA + i * 0x1000L, frame, PageKind.ANONYMOUS, true));
      trail.derived(mapped(RAM + i * 0x1000L, frame, Perms.RW, MemoryType.NORMAL));
    }
    return trail.entries();
  }

  private static List<TrailEntry> random(SplittableRandom random) {
    TrailBuilder trail = new TrailBuilder();
    trail.derived(slot(1, SlotFlags.READ_ONLY, RAM, 0x100000, FLASH_HVA));
    for (int i = 0; i < 60; i++) {
      long gpa = RAM + random.nextLong(8) * 0x1000;
      trail.derived(access(AccessKind.READ, RAM + i * 4L, 4, null));
      Perms perms = random.nextBoolean() ? Perms.R : Perms.RW;
      trail.derived(mapped(gpa, gpa >> 12, perms, MemoryType.NORMAL));
    }
    return trail.entries();
  }

  private static String rule(@Nullable TrailEntry entry) {
    Citation rule = Objects.requireNonNull(entry).rule();
    return Objects.requireNonNull(rule).rule();
  }
}
