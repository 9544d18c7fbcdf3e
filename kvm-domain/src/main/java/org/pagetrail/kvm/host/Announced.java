package org.pagetrail.kvm.host;

import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.run.RunWords;
import org.pagetrail.kvm.run.Sliced;

/**
 * Frames that a recording announced for pages that follow each other.
 *
 * @param frame of the first page
 */
record Announced(Pfn frame) implements Sliced<Announced> {
  static final RunWords<Announced> WORDS =
      new RunWords<>() {
        @Override
        public long first(Announced announced) {
          return 1;
        }

        @Override
        public long second(Announced announced) {
          return announced.frame.value();
        }

        @Override
        public Announced of(long first, long second) {
          return new Announced(new Pfn(second));
        }
      };

  @Override
  public Announced after(long pages) {
    return pages == 0 ? this : new Announced(frame.plus(pages));
  }
}
