package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an access is cut and turned for a device. */
class DeviceTraitsTest {

  @ParameterizedTest(name = "{0}: {2} bytes at {1}")
  @CsvSource({
    "fwcfg.data, 0, 8, 8",
    "fwcfg.data, 4, 8, 4",
    "fwcfg.data, 0, 3, 2",
    "fwcfg.data, 6, 8, 2",
    "uart, 0, 8, 4",
    "uart, 1, 4, 1",
    "uart, 2, 4, 2"
  })
  void aDeviceTakesAsMuchAsIsAlignedAndAsWideAsItCan(
      String name, long offset, int width, int taken) {
    assertThat(DeviceTraits.of(name).takes(offset, width)).isEqualTo(taken);
  }

  @Test
  void theBytesOfABigEndianRegisterAreReversedInItsWidth() {
    assertThat(DeviceTraits.of("fwcfg.ctl").turned(0x1234, 2)).isEqualTo(0x3412);
    assertThat(DeviceTraits.of("fwcfg.dma").turned(0x1122334455667788L, 8))
        .isEqualTo(0x8877665544332211L);
    assertThat(DeviceTraits.of("uart").turned(0x1234, 2)).isEqualTo(0x1234);
  }
}
