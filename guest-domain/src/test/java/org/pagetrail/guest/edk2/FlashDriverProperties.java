package org.pagetrail.guest.edk2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.flash.FlashRegion;
import org.pagetrail.guest.edk2.flash.FlashRequest;
import org.pagetrail.guest.edk2.flash.FlashRequest.EraseBlocks;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.flash.NorFlashDriver;
import org.pagetrail.guest.edk2.memory.ByteImage;

/** After any requests a working flash holds what was written. */
class FlashDriverProperties {
  private static final long SEED = 202211;
  private static final int BLOCK = 0x40000;
  private static final int BLOCKS = 3;
  private static final FlashRegion REGION =
      new FlashRegion(new Gpa(0x4000000), BLOCK, BLOCKS * BLOCK, 256);

  static List<NorFlashDriver> driversThatReadWhatTheyCompareWith() {
    return List.of(NorFlashDriver.OF_2014, NorFlashDriver.OF_2024_02);
  }

  @ParameterizedTest
  @MethodSource("driversThatReadWhatTheyCompareWith")
  void theFlashHoldsWhatWasWritten(NorFlashDriver driver) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 40; round++) {
      check(driver, random, 400, "round " + round + ", seed " + SEED);
    }
  }

  /** Its writes of less than a buffer that cross a boundary can spoil what lies behind them. */
  @Test
  void theDriverOf2022KeepsThisForWritesThatStayWithinABuffer() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 40; round++) {
      check(NorFlashDriver.OF_2022_11, random, 0, "round " + round + ", seed " + SEED);
    }
  }

  private static void check(
      NorFlashDriver driver, SplittableRandom random, int lengthMax, String what) {
    Device device = new Device(driver, REGION);
    List<FlashRequest> requests = new ArrayList<>();
    requests.add(new EraseBlocks(device, 0, BLOCKS));
    byte[] expected = new byte[BLOCKS * BLOCK];
    Arrays.fill(expected, (byte) 0xff);
    for (int i = 0; i < 12; i++) {
      int block = random.nextInt(BLOCKS) * BLOCK;
      if (random.nextInt(6) == 0) {
        requests.add(new EraseBlocks(device, block, 1));
        Arrays.fill(expected, block, block + BLOCK, (byte) 0xff);
        continue;
      }
      int offset = random.nextInt(1024);
      int length =
          lengthMax == 0 ? 1 + random.nextInt(128 - offset % 128) : 1 + random.nextInt(lengthMax);
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        for (int k = 0; k < length; k++) {
          bytes[k] &= expected[block + offset + k];
        }
      }
      System.arraycopy(bytes, 0, expected, block + offset, length);
      requests.add(new WriteBytes(device, block + offset, ByteImage.of(bytes)));
    }

    FakeMachine machine = FakeMachine.healthy().run(new RequestProgram(device, requests));

    assertThat(machine.flash(1).content(expected.length)).as(what).isEqualTo(expected);
  }
}
