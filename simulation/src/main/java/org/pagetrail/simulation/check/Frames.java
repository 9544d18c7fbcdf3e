package org.pagetrail.simulation.check;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.host.HostSettings;

/**
 * The frame that a page has in the recording and in the model. Which frame the host's allocator
 * hands out follows from no rule, so frames are compared by their distance to these, and by whether
 * they are the zero page where the recording tells which frame that is.
 *
 * @param recorded null where the recording shows none
 * @param derived null where the model finds none
 * @param alike false if one is the zero page and the other is not
 */
record Frames(@Nullable Pfn recorded, @Nullable Pfn derived, boolean alike) {

  static Frames of(
      @Nullable PfnResolved recorded, @Nullable PfnResolved derived, HostSettings host) {
    Pfn was = recorded == null ? null : recorded.pfn();
    Pfn is = derived == null ? null : derived.pfn();
    boolean told = !host.zeroPage().equals(HostSettings.UNRECORDED_ZERO_PAGE);
    boolean alike =
        !told
            || was == null
            || derived == null
            || is == null
            || host.isZeroPage(was) == (derived.kind() == PageKind.ZERO_PAGE);
    return new Frames(was, is, alike);
  }

  /** True if the two stand in the same place of their side's page. */
  boolean correspond(Pfn was, Pfn is) {
    if (recorded == null || derived == null) {
      return was.equals(is);
    }
    return alike && was.value() - recorded.value() == is.value() - derived.value();
  }
}
