package org.pagetrail.kvm.host;

import org.pagetrail.kvm.run.RunWords;
import org.pagetrail.kvm.run.Sliced;

/**
 * All bytes of frames alike, except where words say otherwise.
 *
 * @param value the byte, 0 to 255
 */
record FrameFill(int value) implements Sliced<FrameFill> {
  static final RunWords<FrameFill> WORDS =
      new RunWords<>() {
        @Override
        public long first(FrameFill fill) {
          return fill.value + 1L;
        }

        @Override
        public FrameFill of(long first, long second) {
          return new FrameFill((int) first - 1);
        }
      };

  @Override
  public FrameFill after(long pages) {
    return this;
  }
}
