package org.pagetrail.qemu.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which registers a write touches. */
class ChipsetTest {

  @ParameterizedTest(name = "{1} bytes at {0} over {3} at {2}")
  @CsvSource({
    "0x90, 1, 0x90, 1, true",
    "0x8e, 2, 0x90, 1, false",
    "0x8e, 4, 0x90, 1, true",
    "0x91, 1, 0x90, 1, false",
    "0x90, 4, 0x91, 6, true",
    "0x97, 1, 0x91, 6, false",
    "0x96, 1, 0x91, 6, true",
    "0x90, 1, 0x91, 6, false"
  })
  void aRegisterIsWrittenWhereTheBytesMeet(
      String offset, int width, String other, int size, boolean meet) {
    assertThat(Chipset.overlap(Integer.decode(offset), width, Integer.decode(other), size))
        .isEqualTo(meet);
  }
}
