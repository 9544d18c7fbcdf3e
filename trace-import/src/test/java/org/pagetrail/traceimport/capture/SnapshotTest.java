package org.pagetrail.traceimport.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  @Test
  void theNameOfAFileSaysWhenItWasTaken() {
    assertThat(Snapshot.of("maps.before.xz")).isEqualTo(Snapshot.BEFORE);
    assertThat(Snapshot.of("maps.after")).isEqualTo(Snapshot.AFTER);
    assertThat(Snapshot.of("pagemap.at-12.000000345.jsonl"))
        .isEqualTo(Snapshot.at(12_000_000_345L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"flat-12.000000345", "at-12", "at-12.5", "at-99999999999.000000000", "smaps"})
  void whatIsNoTimeIsAfterTheRun(String name) {
    assertThat(Snapshot.of(name)).isEqualTo(Snapshot.AFTER);
  }

  @Test
  void snapshotsOfTheRunComeInTheOrderOfTheirTimesBetweenTheOthers() {
    assertThat(Stream.of(Snapshot.AFTER, Snapshot.at(20), Snapshot.at(3), Snapshot.BEFORE).sorted())
        .containsExactly(Snapshot.BEFORE, Snapshot.at(3), Snapshot.at(20), Snapshot.AFTER);
  }
}
