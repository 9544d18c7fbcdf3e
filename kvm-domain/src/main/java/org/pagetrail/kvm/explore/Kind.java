package org.pagetrail.kvm.explore;

/**
 * A kind of difference: what can be seen under one kernel and not under the other.
 *
 * @param sort what differs
 * @param what the operation that shows it, or the finding
 * @param left what is seen under the left kernel
 * @param right what is seen under the right kernel
 */
public record Kind(Sort sort, String what, String left, String right) {

  /** What differs. */
  public enum Sort {
    /** The slot is refused. */
    SLOT,
    /** How an operation ends: in memory, with an exit, an errno, an abort. */
    OUTCOME,
    /** What a load finds. */
    VALUE,
    /** Something is wrong under one of the kernels. */
    FINDING
  }

  /** In one line. */
  @Override
  public String toString() {
    return what + ": " + left + " | " + right;
  }
}
