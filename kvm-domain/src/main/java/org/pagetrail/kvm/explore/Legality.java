package org.pagetrail.kvm.explore;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Backings;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.HugePages;
import org.pagetrail.kvm.run.Run;

/** Which operations a host could perform in a state. */
final class Legality {
  private static final int WORD = 4;
  private static final HvaRange RANGE = new HvaRange(Backings.HVA, ByteSize.mebibytes(4));

  /** Pages at whose words a run may have changed something, by their offset in the slot. */
  private static final long[] WRITTEN_AT = {0x2f80, 0x3f80, 0x4f80};

  private Legality() {}

  /** KSM merges pages of equal content only; there must be what is collapsed, split or moved. */
  static boolean allows(Operation operation, KvmState state) {
    return switch (operation) {
      case KSM -> isAlike(state, false);
      case KSM_ZERO -> isAlike(state, true);
      case COLLAPSE -> !HugePages.collapsible(state.host(), RANGE).isEmpty();
      case SPLIT -> !HugePages.huge(state.host(), RANGE).isEmpty();
      case SLOT_MOVE -> !state.slots().all().isEmpty();
      default -> true;
    };
  }

  /**
   * True if at least two private pages are there and all hold the same. What the set-up put into
   * all pages is not known but equal; what a step wrote differs from it.
   */
  private static boolean isAlike(KvmState state, boolean zeros) {
    long pages = 0;
    for (Run<HostPages> run : state.host().pagesIn(RANGE)) {
      PageKind kind = run.value().kind();
      pages += kind == PageKind.ANONYMOUS || kind == PageKind.ANONYMOUS_HUGE ? run.count() : 0;
    }
    if (pages < 2) {
      return false;
    }
    Boolean zero = null;
    for (long offset : WRITTEN_AT) {
      HostPages page = state.host().pageAt(Backings.HVA.plus(offset));
      if (page == null
          || (page.kind() != PageKind.ANONYMOUS && page.kind() != PageKind.ANONYMOUS_HUGE)) {
        continue;
      }
      Long value = state.host().read(Backings.HVA.plus(offset), WORD);
      if (value != null && value != 0) {
        return false;
      }
      if (zero != null && zero != isZero(value)) {
        return false;
      }
      zero = isZero(value);
    }
    return zero != null && (!zeros || zero);
  }

  private static boolean isZero(@Nullable Long value) {
    return value != null && value == 0;
  }
}
