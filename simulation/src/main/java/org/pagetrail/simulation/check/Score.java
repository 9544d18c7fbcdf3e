package org.pagetrail.simulation.check;

import java.util.List;

/**
 * How well a kernel explains a recording.
 *
 * @param explained decisions that the kernel takes as recorded
 * @param unexplained decisions that it takes otherwise
 * @param unknown decisions of which the model says that it does not know them
 * @param misses the first of the unexplained ones, in order
 * @param stoppedAt the stimulus behind which nothing more was compared, because too much was
 *     unexplained by then; -1 if all was compared
 */
public record Score(
    long explained, long unexplained, long unknown, List<Miss> misses, long stoppedAt) {
  /** Copies the list. */
  public Score {
    misses = List.copyOf(misses);
  }

  /** True if the whole recording was compared. */
  public boolean isComplete() {
    return stoppedAt < 0;
  }

  /** How many decisions could be judged. */
  public long judged() {
    return explained + unexplained;
  }
}
