package org.pagetrail.kvm;

/**
 * How one fault ended.
 *
 * @param outcome what the vCPU does next
 * @param errno for FAILED, the positive errno of KVM_RUN
 */
record FaultEnd(Outcome outcome, int errno) {

  enum Outcome {
    /** The guest tries the access again. */
    RESUMED,
    /** The instruction counts as done. */
    SKIPPED,
    /** The monitor must answer. */
    EXITED,
    /** The guest takes an abort instead. */
    INJECTED,
    /** KVM cannot emulate the instruction: KVM_EXIT_INTERNAL_ERROR. */
    NOT_EMULATED,
    /** The guest would be resumed, but a signal for the monitor is pending. */
    SIGNALLED,
    /** The model does not know; it has said what. */
    UNDECIDED,
    /** KVM_RUN fails. */
    FAILED
  }

  static FaultEnd of(Outcome outcome) {
    return new FaultEnd(outcome, 0);
  }

  static FaultEnd failed(int errno) {
    return new FaultEnd(Outcome.FAILED, errno);
  }
}
