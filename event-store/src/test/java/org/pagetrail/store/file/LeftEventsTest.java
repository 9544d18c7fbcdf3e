package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void eventsOfASegmentThatItsSealWasNotMadeForAreDoubtfulAndAllOthersWhole() {
    Placed seal =
        SmallTrail.blocks().stream()
            .filter(block -> block.head().kind().isSeal())
            .findFirst()
            .orElseThrow();
    byte[] bytes = SmallTrail.BYTES.clone();
    byte[] digest = new byte[seal.head().bytesA()];
    BlockHead head = seal.head();
    BlockHead.toBytes(
            head.kind(),
            head.firstSeq(),
            head.count(),
            digest,
            new byte[0],
            head.plainB(),
            head.minTime(),
            head.maxTime(),
            seal.offset())
        .get(bytes, Math.toIntExact(seal.offset()), Math.toIntExact(head.blockBytes()));

    LeftEvents left = left(bytes);

    assertThat(left.doubtful()).containsExactly(new Range(0, seal.endSeq() - 1));
    assertThat(left.whole()).containsExactly(new Range(seal.endSeq(), 23));
    assertThat(left.lost()).isEmpty();
    assertThat(new Salvage(MemorySegment.ofArray(bytes), SmallTrail.headBytes()).events()).isZero();
  }

  @Test
  void aDamagedSealOrIndexDoesNotMakeEventsDoubtful() {
    for (int at = SmallTrail.headBytes(); at < SmallTrail.BYTES.length; at += 97) {
      byte[] bytes = SmallTrail.BYTES.clone();
      bytes[at] ^= 1;
      LeftEvents left = left(bytes);

      assertThat(left.doubtful()).as("byte %d", at).isEmpty();
      if (SmallTrail.blockAt(at).head().kind() != Kind.ENTRIES) {
        assertThat(left.whole()).as("byte %d", at).containsExactly(new Range(0, 23));
      }
    }
  }

  @Test
  void withoutTheHeadOfTheFileAllEventsAreLost(@TempDir Path folder) throws IOException {
    byte[] bytes = SmallTrail.BYTES.clone();
    bytes[100] ^= 1;

    LeftEvents left = LeftEvents.of(Files.write(folder.resolve("damaged.trail"), bytes));

    assertThat(left.whole()).isEmpty();
    assertThat(left.lost()).containsExactly(new Range(0, 23));
  }

  private static LeftEvents left(byte[] bytes) {
    return LeftEvents.of(MemorySegment.ofArray(bytes), SmallTrail.headBytes());
  }
}
