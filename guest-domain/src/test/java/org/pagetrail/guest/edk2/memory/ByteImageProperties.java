package org.pagetrail.guest.edk2.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An image is an array of bytes that never changes. */
class ByteImageProperties {
  private static final long SEED = 4096;
  private static final int SIZE = 5 * 4096 + 100;

  @Test
  void anImageHoldsWhatAnArrayHolds() {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] array = new byte[SIZE];
    Arrays.fill(array, (byte) 0xff);
    ByteImage image = ByteImage.erased(SIZE);
    for (int round = 0; round < 2000; round++) {
      int offset = random.nextInt(SIZE);
      int length = random.nextInt(Math.min(9000, SIZE - offset) + 1);
      byte[] bytes = new byte[length];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      } else {
        Arrays.fill(bytes, (byte) 0xff);
      }
      ByteImage before = image;
      byte[] beforeBytes = array.clone();
      image = image.with(offset, bytes);
      System.arraycopy(bytes, 0, array, offset, length);
      String what = "round " + round + ", seed " + SEED;
      assertThat(image.slice(0, SIZE)).as(what).isEqualTo(array);
      assertThat(before.slice(0, SIZE)).as(what + ", before").isEqualTo(beforeBytes);
      assertThat(image.isErased(offset, length))
          .as(what)
          .isEqualTo(Arrays.equals(bytes, ByteImage.erased(length).slice(0, length)));
      assertThat(image).as(what).isEqualTo(ByteImage.of(array));
    }
  }

  @Test
  void aRangeThatLeavesTheAreaIsRefused() {
    assertThatThrownBy(() -> ByteImage.erased(16).slice(12, 5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("5 bytes at 12 leave an area of 16");
  }
}
