package org.pagetrail.projections.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.content;
import static org.pagetrail.projections.Events.found;
import static org.pagetrail.projections.Events.guestWrote;
import static org.pagetrail.projections.Events.host;
import static org.pagetrail.projections.Events.invalidated;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.pageMapped;
import static org.pagetrail.projections.Events.slot;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageCopied;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.PagesDropped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.PagesWriteProtected;
import org.pagetrail.events.HostEvent.RangeFilled;
import org.pagetrail.events.HostEvent.RangeLoaded;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.projections.TrailBuilder;

class HostMemoryTest {
  private static final long HVA = 0x7f0000000000L;
  private static final long RAM = 0x40000000L;

  private final TrailBuilder trail = new TrailBuilder();

  @Test
  void aLookupTellsWhichFrameStandsBehindTheAddress() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x100000, HVA));
    long lookup = trail.observed(found((RAM >> 12) + 2, true, 0x77, PageKind.UNKNOWN, null));

    HostPage page = page(HVA + 0x2000);
    assertThat(page.pfn()).isEqualTo(new Pfn(0x77));
    assertThat(page.origin().seq()).isEqualTo(lookup);
  }

  @Test
  void aBlockMappingTellsTheFramesOfAllItsPagesEvenOfThoseThatASnapshotDidNotHave() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x400000, HVA));
    trail.observed(absent(HVA, 0x400000));
    trail.observed(found(RAM >> 12, true, 0x8000, PageKind.UNKNOWN, null));
    trail.observed(mapped(RAM, 0x200000, 0x8000, Perms.RW, MemoryType.NORMAL, 0));

    assertThat(page(HVA + 0x1ff000).pfn()).isEqualTo(new Pfn(0x81ff));
    assertThat(page(HVA + 0x200000).kind()).isEqualTo(PageKind.ABSENT);
  }

  @Test
  void whatHappenedAfterTheLookupIsNotForgottenByTheMapping() {
    trail.observed(slot(0, SlotFlags.NONE, RAM, 0x400000, HVA));
    trail.observed(found(RAM >> 12, true, 0x80, PageKind.UNKNOWN, null));
    trail.observed(new PagesDropped(host(HVA, 0x1000)));
    trail.observed(mapped(RAM, 0x80, Perms.RW, MemoryType.NORMAL));

    assertThat(page(HVA).kind()).isEqualTo(PageKind.ABSENT);
  }

  @Test
  void aNotifierCallPutsThePageInDoubtUntilItIsKnownAgain() {
    trail.observed(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));
    long call = trail.observed(invalidated(HVA, 0x1000));
    assertThat(page(HVA).doubted()).isEqualTo(call);

    trail.observed(pageMapped(HVA, 0x11, PageKind.ANONYMOUS, true));
    assertThat(page(HVA).doubted()).isEqualTo(-1);
  }

  @Test
  void aRunOfZeroPagesIsOneFrame() {
    trail.observed(
        new PagesMapped(host(HVA, 0x10000), PageKind.ZERO_PAGE, new Pfn(0x10), false, false));

    assertThat(page(HVA + 0xf000).pfn()).isEqualTo(new Pfn(0x10));
    assertThat(state().host().zeroPages()).containsExactly(new Pfn(0x10));
  }

  @Test
  void theZeroPageStaysTheZeroPage() {
    trail.observed(new ZeroPageSeen(new Pfn(0x10)));
    trail.observed(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));

    assertThat(state().kindOf(new Pfn(0x10))).isEqualTo(PageKind.ZERO_PAGE);
  }

  @Test
  void aFrameThatIsUsedAgainHasItsLatestKind() {
    trail.observed(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));
    trail.observed(pageMapped(HVA + 0x1000, 0x10, PageKind.PAGE_CACHE, true));

    assertThat(state().kindOf(new Pfn(0x10))).isEqualTo(PageKind.PAGE_CACHE);
  }

  @Test
  void forkWriteProtectsAndSharesPages() {
    trail.observed(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));
    trail.observed(new PagesWriteProtected(host(HVA, 0x1000)));
    trail.observed(new PagesShared(host(HVA, 0x1000), true));

    assertThat(page(HVA).writable()).isFalse();
    assertThat(page(HVA).exclusive()).isFalse();
  }

  @Test
  void anUnmappedRangeHasNeitherMappingNorPages() {
    trail.observed(
        new HostMapped(
            host(HVA, 0x4000), Backing.PRIVATE_ANONYMOUS, Perms.RW, HugeAdvice.NONE, "ram"));
    trail.observed(pageMapped(HVA + 0x1000, 0x10, PageKind.ANONYMOUS, true));
    trail.observed(new HostUnmapped(host(HVA + 0x1000, 0x1000)));

    assertThat(state().host().mappingAt(new Hva(HVA + 0x1000))).isNull();
    assertThat(state().host().mappingAt(new Hva(HVA + 0x2000))).isNotNull();
    assertThat(page(HVA + 0x1000).kind()).isEqualTo(PageKind.ABSENT);
  }

  @Test
  void theLatestWriteOfEachByteIsWhatAPageHolds() {
    trail.derived(guestWrote(0x10, 0, 8, 0x1122334455667788L));
    trail.derived(guestWrote(0x10, 2, 2, 0xaabb));

    assertThat(words(0x10)).containsExactly("0+2=7788", "2+2=aabb", "4+4=11223344");
  }

  @Test
  void lookingAtAWholePageReplacesWhatWasKnown() {
    trail.derived(guestWrote(0x10, 0x100, 4, 5));
    trail.observed(content(0x10, 0, 0x700070));

    assertThat(words(0x10)).containsExactly("0+8=700070");
  }

  @Test
  void writesThatReachOverThePageAreCutOff() {
    trail.derived(guestWrote(0x10, 4094, 8, 0x1122334455667788L));
    trail.derived(guestWrote(0x10, 5000, 8, 1));
    trail.derived(guestWrote(0x10, -4, 8, 1));

    assertThat(words(0x10)).containsExactly("4094+2=7788");
  }

  @Test
  void aCopyHoldsWhatTheOriginalHeld() {
    trail.derived(guestWrote(0x10, 0, 4, 5));
    trail.derived(new PageCopied(new Pfn(0x10), new Pfn(0x20), ByteSize.PAGE));
    trail.derived(guestWrote(0x20, 0, 4, 6));

    assertThat(words(0x10)).containsExactly("0+4=5");
    assertThat(words(0x20)).containsExactly("0+4=6");
  }

  @Test
  void aPrivatePageThatIsDroppedTakesItsContentAlong() {
    trail.derived(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));
    trail.derived(guestWrote(0x10, 0, 4, 5));
    trail.derived(new PagesDropped(host(HVA, 0x1000)));

    assertThat(state().host().contentOf(new Pfn(0x10))).isNull();
  }

  @Test
  void aFillForgetsTheWordsItCoversAndNoOthers() {
    trail.derived(pageMapped(HVA, 0x10, PageKind.ANONYMOUS, true));
    trail.derived(guestWrote(0x10, 0, 8, 1));
    trail.derived(guestWrote(0x10, 0x100, 8, 2));
    trail.derived(new RangeFilled(host(HVA + 0x80, 0x100), 0xff, Writer.HOST));

    assertThat(words(0x10)).containsExactly("0+8=1");
  }

  @Test
  void aLoadedFileIsKnownByItsName() {
    trail.observed(new RangeLoaded(host(HVA, 0x2000), "efi.fd"));
    trail.derived(new PageWritten(new Pfn(0x10), 0, 4, 1, Writer.HOST));

    RangeContent loaded =
        Objects.requireNonNull(state().host().rangeContentAt(new Hva(HVA + 0x1fff)));
    assertThat(loaded.file()).isEqualTo("efi.fd");
    assertThat(state().host().rangeContentAt(new Hva(HVA + 0x2000))).isNull();
  }

  @Test
  void alikeHostPagesPrintAsOneRange() {
    for (int i = 0; i < 20; i++) {
      trail.observed(pageMapped(HVA + i * 0x1000L, 0x100 + i, PageKind.ANONYMOUS, true));
    }
    for (int i = 20; i < 24; i++) {
      trail.observed(pageMapped(HVA + i * 0x1000L, 0x900 - i * 2, PageKind.ANONYMOUS, true));
    }
    for (int i = 24; i < 60; i++) {
      trail.observed(pageMapped(HVA + i * 0x1000L, 0x10, PageKind.ZERO_PAGE, false));
    }

    List<HostRange> ranges = HostRange.of(state().host().pages());

    assertThat(ranges).extracting(HostRange::pages).containsExactly(20L, 4L, 36L);
    assertThat(ranges)
        .extracting(HostRange::frames)
        .containsExactly(Frames.CONSECUTIVE, Frames.SCATTERED, Frames.SAME);
  }

  private MachineState state() {
    return new MachineProjection().fold(trail.entries());
  }

  private HostPage page(long hva) {
    return Objects.requireNonNull(state().host().pageAt(new Hva(hva)));
  }

  private List<String> words(long pfn) {
    return Objects.requireNonNull(state().host().contentOf(new Pfn(pfn))).words().stream()
        .map(word -> word.offset() + "+" + word.width() + "=" + Long.toHexString(word.value()))
        .toList();
  }

  private static PagesSeen absent(long hva, long size) {
    return new PagesSeen(host(hva, size), PageKind.ABSENT, null, false, false, List.of());
  }
}
