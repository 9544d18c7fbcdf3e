package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.LeftEvents.Range;

/** Given a trail of 24 events in blocks of three, of which some are damaged or cut off. */
class LeftEventsTest {
  @Test
  void ofAWholeTrailNothingIsLost() {
    LeftEvents left = left(SmallTrail.BYTES);

    assertThat(left.whole()).containsExactly(new Range(0, 23));
    assertThat(left.lost()).isEmpty();
  }

  @Test
  void aDamagedBlockLosesItsOwnPositionsAndNoneBehindIt() {
    for (Placed block : SmallTrail.blocks()) {
      byte[] bytes = SmallTrail.BYTES.clone();
      bytes[Math.toIntExact(block.offset()) + BlockHead.BYTES] ^= 1;
      Range own = new Range(block.head().firstSeq(), block.endSeq() - 1);

      assertThat(left(bytes).lost())
          .as("%s", block)
          .isEqualTo(block.head().kind() == Kind.ENTRIES ? List.of(own) : List.of());
    }
  }

  @Test
  void ofACutTrailTheEventsOfWholeBlocksAreLeft() {
    Placed third = SmallTrail.blocks().get(1);
    int cut = Math.toIntExact(third.end()) - 8;

    LeftEvents left = left(Arrays.copyOf(SmallTrail.BYTES, cut));

    assertThat(left.whole()).containsExactly(new Range(0, third.head().firstSeq() - 1));
    assertThat(left.lost()).containsExactly(new Range(third.head().firstSeq(), third.endSeq() - 1));
  }

  private static LeftEvents left(byte[] bytes) {
    return LeftEvents.of(MemorySegment.ofArray(bytes), SmallTrail.headBytes());
  }
}
