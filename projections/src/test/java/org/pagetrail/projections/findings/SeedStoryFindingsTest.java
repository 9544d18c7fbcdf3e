package org.pagetrail.projections.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.range;
import static org.pagetrail.projections.SeedStory.FLASH;
import static org.pagetrail.projections.SeedStory.ZERO;
import static org.pagetrail.projections.findings.FindingKind.GUEST_POLLS;
import static org.pagetrail.projections.findings.FindingKind.RAM_MAPPED_DEVICE;
import static org.pagetrail.projections.findings.FindingKind.READ_ONLY_SLOT_WRITABLE;
import static org.pagetrail.projections.findings.FindingKind.SHARED_PAGE_WRITTEN;
import static org.pagetrail.projections.findings.FindingKind.WRITE_DID_NOT_EXIT;
import static org.pagetrail.projections.findings.FindingKind.ZERO_PAGE_NOT_ZERO;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.SeedStory;

class SeedStoryFindingsTest {
  private final SeedStory broken = SeedStory.broken();
  private final List<Finding> findings = FindingsProjection.findingsOf(broken.entries());

  @Test
  void theBrokenHostIsFoundFromEverySideAndNothingElseIs() {
    assertThat(findings)
        .extracting(Finding::kind)
        .containsExactly(
            SHARED_PAGE_WRITTEN,
            WRITE_DID_NOT_EXIT,
            READ_ONLY_SLOT_WRITABLE,
            RAM_MAPPED_DEVICE,
            GUEST_POLLS,
            ZERO_PAGE_NOT_ZERO);
  }

  @Test
  void theHealthyHostHasNoFinding() {
    assertThat(FindingsProjection.findingsOf(SeedStory.healthy().entries())).isEmpty();
  }

  @Test
  void theWritableMappingOfTheReadOnlySlotIsStillThereAtTheEnd() {
    Finding finding = the(READ_ONLY_SLOT_WRITABLE);

    assertThat(finding.slot()).isEqualTo(SlotId.of(1));
    assertThat(finding.guest()).isEqualTo(range(FLASH, 0x1000));
    assertThat(finding.pfn()).isEqualTo(new Pfn(ZERO));
    assertThat(finding.firstSeq()).isEqualTo(broken.mapping);
    assertThat(finding.evidence()).containsExactly(broken.slot, broken.mapping);
    assertThat(finding.isOpen()).isTrue();
    assertThat(finding.standing()).isEqualTo(Standing.OBSERVED);
  }

  @Test
  void theWordsSeenInTheZeroPageConvictTheOnlyMappingThatLetThemIn() {
    Finding finding = the(SHARED_PAGE_WRITTEN);

    assertThat(finding.pfn()).isEqualTo(new Pfn(ZERO));
    assertThat(finding.guest()).isEqualTo(range(FLASH, 0x1000));
    assertThat(finding.evidence()).containsExactly(broken.mapping, broken.last);
    assertThat(finding.detail()).isEqualTo("zero page, seen 0x0:0x700070 0x8:0x900090");
    assertThat(the(WRITE_DID_NOT_EXIT).evidence()).containsExactly(broken.mapping, broken.last);
  }

  @Test
  void theLoopIsToldByTheEndOfTheRun() {
    assertThat(the(GUEST_POLLS).detail())
        .isEqualTo(
            "vCPU 0 stopped 600 times at 3 places, without a fault or a device access, until"
                + " timeout");
  }

  private Finding the(FindingKind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).findFirst().orElseThrow();
  }
}
