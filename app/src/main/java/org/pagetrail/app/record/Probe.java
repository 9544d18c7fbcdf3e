package org.pagetrail.app.record;

/**
 * A function of the kernel that a probe can be set on.
 *
 * @param name what the trace calls its calls; of several with one name the first that the kernel
 *     takes counts
 * @param function the function
 * @param arguments what of a call goes into the trace, as {@code kprobe_events} takes it
 * @param result what of its return, empty to leave returns out
 */
record Probe(String name, String function, String arguments, String result) {
  /** The probe on calls, in a group. */
  String call(String group) {
    return "p:" + group + "/" + name + " " + function + " " + arguments;
  }

  /** The probe on returns, in a group. */
  String returned(String group) {
    return "r:" + group + "/" + name + "_ret " + function + " " + result;
  }
}
