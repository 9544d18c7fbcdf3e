package org.pagetrail.projections.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.slot;
import static org.pagetrail.projections.SeedStory.FLASH;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.SeedStory;
import org.pagetrail.projections.TrailBuilder;
import org.pagetrail.projections.audit.PageTrail;
import org.pagetrail.projections.diff.TrailDiff;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineSnapshot;
import org.pagetrail.projections.machine.Milestone;
import org.pagetrail.projections.machine.Origin;

class TextTest {
  private final SeedStory broken = SeedStory.broken();

  @Test
  void noLineIsWiderThanATerminal() {
    Stream<List<String>> texts =
        Stream.of(
            MachineStateText.lines(state(broken.entries()), 100, true),
            PageTrailText.lines(PageTrail.of(broken.entries(), new Gpa(FLASH))),
            FindingsText.lines(FindingsProjection.findingsOf(broken.entries())),
            TrailDiffText.lines(
                TrailDiff.of(broken.entries(), SeedStory.healthy().entries()),
                "none",
                "device-not-pfn-valid",
                100));

    assertThat(texts.flatMap(List::stream)).allMatch(line -> line.length() <= 80);
  }

  @Test
  void theStateReadsAsRanges() {
    assertThat(MachineStateText.lines(state(broken.entries()), 100, true))
        .contains(
            "Memslots",
            "  slot  guest                flags   host address    event",
            "  1     0x4000000-0x7ffffff  0x2 ro  0xffff87a00000  1",
            "Stage 2",
            "  guest                pages  perms  type    pfn      events",
            "  0x4000000-0x4000fff  1      rw-    DEVICE  0x40a87  7",
            "Run ended: timeout, event 1210");
  }

  @Test
  void aFindingSaysWhatWhereWhenAndOnWhatEvidence() {
    assertThat(FindingsText.lines(FindingsProjection.findingsOf(broken.entries())))
        .containsSequence(
            "read-only-slot-writable: stage 2 lets the guest write a read-only slot",
            "    guest 0x4000000-0x4000fff, memslot 1, pfn 0x40a87",
            "    event 7, still so at the end; observed, shown by 1, 7");
    assertThat(FindingsText.lines(List.of())).containsExactly("No findings.");
  }

  @Test
  void aFindingBehindTheEndOfTheRecordingSaysSo() {
    List<Finding> findings = FindingsProjection.findingsOf(broken.entries());
    Milestone left = new Milestone("other value", new Origin(6, Standing.DERIVED));

    assertThat(FindingsText.lines(findings, left))
        .containsSequence(
            "    event 7, still so at the end; observed, shown by 1, 7",
            "    after event 6, where the recording was left");
    assertThat(FindingsText.lines(findings, null)).isEqualTo(FindingsText.lines(findings));
  }

  @Test
  void theAuditBeginsWithTheSentencesAndEndsWithWhatIsNotKnown() {
    List<String> lines = PageTrailText.lines(PageTrail.of(broken.entries(), new Gpa(FLASH)));

    assertThat(lines.getFirst()).startsWith("Guest page 0x4000000 is in RAM block virt.flash1");
    assertThat(lines)
        .contains(
            "  7 29.985880 KVM mapping: stage 2 maps a page at 0x4000000 to 0x40a87, rw-",
            "      observed, trace.txt:8, because of 6",
            "What the trail does not tell");
  }

  @Test
  void aDiffNamesTheFirstDivergenceOnBothSides() {
    List<String> lines =
        TrailDiffText.lines(
            TrailDiff.of(broken.entries(), SeedStory.healthy().entries()), "none", "fixed", 100);

    assertThat(lines.getFirst()).startsWith("First divergence of ");
    assertThat(lines).anyMatch(line -> line.startsWith("  none: event 6, device decided: pfn"));
    assertThat(lines).anyMatch(line -> line.startsWith("  fixed: event 6, device decided: pfn"));
    assertThat(lines).contains("Findings of none only");
    assertThat(
            TrailDiffText.lines(
                TrailDiff.of(broken.entries(), broken.entries()), "one", "other", 100))
        .containsExactly("The trails do not differ.");
  }

  @Test
  void namesFromATraceAreShownAndNotObeyed() {
    TrailBuilder trail = new TrailBuilder();
    trail.observed(
        new RamBlockAllocated(
            "evil\u001b[2J\u202e\nname", new ByteSize(0x4000), new Hva(0x1000), null));
    trail.observed(slot(0, SlotFlags.NONE, FLASH, 0x4000, 0x1000));

    List<String> lines = PageTrailText.lines(PageTrail.of(trail.entries(), new Gpa(FLASH)));
    List<String> state = MachineStateText.lines(state(trail.entries()), 10, true);

    assertThat(Stream.concat(lines.stream(), state.stream()))
        .allMatch(line -> line.codePoints().noneMatch(Character::isISOControl))
        .anyMatch(line -> line.contains("\\u{1b}[2J\\u{202e}\\u{a}name"));
  }

  @Test
  void moreRowsThanAskedForAreCounted() {
    TrailBuilder trail = new TrailBuilder();
    for (int i = 0; i < 50; i++) {
      trail.observed(mapped(FLASH + i * 0x2000L, 0x100, Perms.RW, MemoryType.NORMAL));
    }

    assertThat(MachineStateText.lines(state(trail.entries()), 10, true)).contains("  40 more");
  }

  @Test
  void aTrailWithoutAnyEventOfStage2IsNotSaidToMapNothing() {
    TrailBuilder trail = new TrailBuilder();
    trail.observed(slot(0, SlotFlags.NONE, FLASH, 0x4000, 0x1000));

    List<String> audit = PageTrailText.lines(PageTrail.of(trail.entries(), new Gpa(FLASH)));
    assertThat(String.join(" ", audit))
        .contains("nothing was recorded of stage 2. No event of the trail maps, unmaps or faults")
        .contains("Whether stage 2 contradicts its memslot cannot be told.")
        .contains("What the trail does not tell   - whether and how stage 2 maps it: no event")
        .doesNotContain("never mapped", "Nothing on this page");
    assertThat(MachineStateText.lines(state(trail.entries()), 10, false))
        .contains("Nothing was recorded of stage 2: no event maps, unmaps or faults into it.");
    assertThat(MachineStateText.lines(state(trail.entries()), 10, true))
        .contains("Stage 2 maps nothing.");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void wrappingKeepsEveryWordAndEveryLineNarrow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append(i == 0 ? "" : " ").append("x".repeat(random.nextInt(1, 120)));
    }

    List<String> lines = Plain.wrapped(text.toString(), "  - ", "    ");

    assertThat(lines).as("seed %d", seed).allMatch(line -> line.length() <= Plain.COLUMNS);
    assertThat(String.join("", lines).replaceAll("[^x]", ""))
        .as("seed %d", seed)
        .isEqualTo(text.toString().replace(" ", ""));
  }

  private static MachineSnapshot state(List<TrailEntry> entries) {
    return MachineSnapshot.of(new MachineProjection().fold(entries));
  }
}
