package org.pagetrail.simulation;

import org.pagetrail.kvm.run.RunWords;
import org.pagetrail.kvm.run.Sliced;

/**
 * What made pages what they are.
 *
 * @param seq the position of the event
 */
record Since(long seq) implements Sliced<Since> {
  static final RunWords<Since> WORDS =
      new RunWords<>() {
        @Override
        public long first(Since since) {
          return since.seq + 1;
        }

        @Override
        public Since of(long first, long second) {
          return new Since(first - 1);
        }
      };

  @Override
  public Since after(long pages) {
    return this;
  }
}
