package org.pagetrail.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlashContentProperties {
  private static final int BYTES = 4 * ContentPage.BYTES;

  @Test
  void contentIsWhatAPlainArrayWouldHold() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] plain = new int[BYTES];
      boolean file = random.nextBoolean();
      Arrays.fill(plain, file ? -1 : 0);
      FlashContent content = file ? FlashContent.unknown() : FlashContent.zeros();
      for (int step = 0; step < 60; step++) {
        int width = 1 << random.nextInt(4);
        int offset = random.nextInt(BYTES - width);
        int size = random.nextInt(BYTES - offset);
        switch (random.nextInt(4)) {
          case 0 -> {
            content = content.erased(offset, size);
            Arrays.fill(plain, offset, offset + size, 0xff);
          }
          case 1 -> {
            content = content.forgetting(offset, size);
            Arrays.fill(plain, offset, offset + size, -1);
          }
          default -> {
            long value = random.nextLong();
            content = content.withWord(offset, width, value);
            for (int i = 0; i < width; i++) {
              plain[offset + i] = (int) (value >>> (8 * i)) & 0xff;
            }
          }
        }
      }
      for (int at = 0; at < BYTES; at++) {
        if (content.get(at) != plain[at]) {
          assertThat(content.get(at)).as("seed %d, byte %d", seed, at).isEqualTo(plain[at]);
        }
      }
      assertThat(content.get(0)).as("seed %d", seed).isEqualTo(plain[0]);
    }
  }
}
