package org.pagetrail.kvm.model;

import java.util.function.UnaryOperator;

/**
 * A change to a kernel: it applies to any kernel, also to those it was never written for, or says
 * why it cannot.
 *
 * @param name what options and trails call it
 * @param layer whether it changes shared code or that of one architecture
 * @param source the patch or commit
 * @param sentence what it changes
 * @param change makes the changed kernel; throws {@link FixRefused}
 */
public record Fix(
    String name,
    RuleLayer layer,
    String source,
    String sentence,
    UnaryOperator<KernelModel> change) {

  /**
   * The kernel with this fix put in.
   *
   * @throws FixRefused if the kernel has nothing that the fix could change
   */
  public KernelModel applyTo(KernelModel kernel) {
    return change.apply(kernel).fixed(name);
  }
}
