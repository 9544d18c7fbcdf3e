package org.pagetrail.events.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gpa;

class TrailTest {
  private static final Citation RULE = new Citation("unknown/memory-type", "none", List.of());
  private static final Undecided OPEN = new Undecided(0, new Gpa(0x1000), "which memory type");

  @Test
  void whatTheModelDecidedIsDerivedAndWhatItCouldNotDecideIsUnknown() {
    Trail trail = new Trail();

    trail.derived(null, new AbortHandled(0, 1), new TreeSet<>(), RULE);
    trail.derived(null, OPEN, new TreeSet<>(), RULE);

    assertThat(trail.entries())
        .extracting(TrailEntry::standing)
        .containsExactly(Standing.DERIVED, Standing.UNKNOWN);
  }

  @Test
  void anOpenQuestionCitesTheRuleThatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrailEntry(0, null, Standing.UNKNOWN, OPEN, List.of(), null, null))
        .withMessage("unknown event 0 cites no rule");
  }
}
