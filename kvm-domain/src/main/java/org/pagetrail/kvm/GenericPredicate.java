package org.pagetrail.kvm;

import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.MmioPredicate;
import org.pagetrail.kvm.model.stated.Facts;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.stated.StatedRule;

/**
 * What the generic predicate of a kernel says of a frame.
 *
 * @param mmio it is not ordinary memory
 * @param rule the predicate, the kernel's own or what a user stated
 */
record GenericPredicate(boolean mmio, Rule rule) {

  /** Asks it. */
  static GenericPredicate of(KernelModel model, FrameFacts frame, PageKind kind) {
    MmioPredicate predicate = model.rule(MmioPredicate.class);
    boolean mmio = predicate.isMmio(frame);
    StatedRule stated = model.stated(StatedDecision.MMIO);
    if (stated == null) {
      return new GenericPredicate(mmio, predicate);
    }
    return new GenericPredicate(stated.holds(Facts.of(frame, kind), mmio), stated);
  }
}
