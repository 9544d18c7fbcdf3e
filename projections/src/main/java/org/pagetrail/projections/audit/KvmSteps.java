package org.pagetrail.projections.audit;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/** What the hypervisor did with the page. */
final class KvmSteps {
  private final Page page;
  private final CauseMemory mine;
  private @Nullable PfnResolved undecided;
  private @Nullable Memslot slot;

  KvmSteps(Page page, CauseMemory mine) {
    this.page = page;
    this.mine = mine;
  }

  @Nullable Draft draft(TrailEntry entry, KvmEvent event, MachineState state) {
    return switch (event) {
      case MemslotSet set -> slot(set, state);
      case Stage2Faulted fault when page.holds(fault.gpa()) ->
          new Draft(
              StepKind.FAULT,
              "a "
                  + Phrases.access(fault.access())
                  + " of "
                  + fault.gpa()
                  + " misses stage 2"
                  + Phrases.pc(fault.pc())
                  + (fault.fault() == KvmEvent.FaultType.PERMISSION ? ": permission" : ""));
      case PfnResolved resolved -> resolved(resolved);
      case DeviceDecided decided -> decided(decided, entry);
      case KvmEvent.Undecided open when page.holds(open.gpa()) ->
          new Draft(StepKind.GAP, "the model cannot decide: " + open.question());
      case KvmEvent.PageDirtied dirtied when dirtied.gfn().equals(page.gfn()) ->
          new Draft(StepKind.CONTENT, "KVM marks the page dirty");
      default -> stage2(entry, event, state);
    };
  }

  private @Nullable Draft stage2(TrailEntry entry, KvmEvent event, MachineState state) {
    return switch (event) {
      case Stage2Mapped mapped -> mapped(mapped, state);
      case KvmEvent.Stage2Relaxed relaxed when covers(state, relaxed.gpa().gfn().value()) ->
          new Draft(
              StepKind.PERMISSION,
              relaxed.ret() == 0
                  ? "stage 2 adds " + relaxed.added()
                  : "stage 2 does not add " + relaxed.added() + ": " + relaxed.ret());
      case KvmEvent.Stage2WriteProtected range when changed(state) ->
          new Draft(StepKind.PERMISSION, "stage 2 takes write permission from " + range.range());
      case KvmEvent.Stage2Split split when changed(state) ->
          new Draft(StepKind.PERMISSION, "stage 2 splits the block into pages");
      case KvmEvent.Stage2MadeYoung young when covers(state, young.gpa().gfn().value()) ->
          new Draft(StepKind.PERMISSION, "the access flag is set");
      case KvmEvent.Stage2Unmapped range when removed(state) ->
          new Draft(StepKind.UNMAP, "stage 2 unmaps " + range.range());
      default -> exit(entry, event);
    };
  }

  private @Nullable Draft exit(TrailEntry entry, KvmEvent event) {
    return switch (event) {
      case KvmEvent.MmioExited exit when page.holds(exit.gpa()) ->
          new Draft(
              StepKind.EXIT,
              "a "
                  + exit.width()
                  + (exit.write() ? "-byte write of " + Hex.of(exit.value()) : "-byte read")
                  + " at "
                  + exit.gpa()
                  + " exits");
      case KvmEvent.MmioCompleted done when page.holds(done.gpa()) ->
          new Draft(StepKind.EXIT, "the guest gets " + Hex.of(done.value()) + " at " + done.gpa());
      case KvmEvent.MmioAbortHandled handled when page.holds(handled.gpa()) && handled.ret() < 0 ->
          new Draft(StepKind.OUTCOME, "the access cannot be emulated: " + handled.ret());
      case KvmEvent.AbortHandled handled when mine.caused(entry) && handled.ret() < 0 ->
          new Draft(StepKind.OUTCOME, "the fault fails with " + handled.ret());
      case KvmEvent.AbortInjected abort when mine.caused(entry) ->
          new Draft(
              StepKind.OUTCOME,
              switch (abort.kind()) {
                case INSTRUCTION -> "the guest takes an instruction abort";
                case DATA -> "the guest takes a data abort";
              });
      case KvmEvent.RunReturned returned when mine.caused(entry) && returned.errno() != 0 ->
          new Draft(StepKind.OUTCOME, "KVM_RUN fails with errno " + returned.errno());
      default -> null;
    };
  }

  private @Nullable Draft slot(MemslotSet set, MachineState state) {
    Memslot before = slot;
    slot = state.slots().at(page.gpa());
    boolean covers =
        Long.compareUnsigned(page.gpa().value() - set.gpa().value(), set.size().bytes()) < 0;
    boolean concerned = before != null && before.id().equals(set.slot());
    if (!covers && !concerned) {
      return null;
    }
    if (set.ret() != 0) {
      return new Draft(
          StepKind.SLOT, "the request for memslot " + set.slot() + " is refused: " + set.ret());
    }
    String unmapped = removed(state) ? ", and what stage 2 held there goes with it" : "";
    String what =
        slot == null
            ? "memslot " + set.slot() + " is deleted"
            : "memslot "
                + slot.id()
                + " ("
                + Phrases.flags(slot.flags())
                + ") covers "
                + slot.guest()
                + ", host address "
                + slot.hva();
    return new Draft(StepKind.SLOT, what + unmapped);
  }

  private @Nullable Draft resolved(PfnResolved event) {
    if (!event.gfn().equals(page.gfn())) {
      undecided = null;
      return null;
    }
    undecided = event;
    String asked = event.write() ? "for write" : "for read";
    Pfn pfn = event.pfn();
    String result = pfn == null ? "comes to " + event.result() : "finds " + pfn;
    String kind =
        pfn == null || event.kind() == PageKind.UNKNOWN ? "" : ", " + Phrases.kind(event.kind());
    Boolean writable = event.writable();
    String may = writable == null ? "" : writable ? ", writable" : ", not writable";
    return new Draft(StepKind.LOOKUP, "the lookup " + asked + " " + result + kind + may);
  }

  /** A decision belongs to the page whose lookup caused it, or came right before it. */
  private @Nullable Draft decided(DeviceDecided event, TrailEntry entry) {
    PfnResolved lookup = undecided;
    boolean follows = lookup != null && event.pfn().equals(lookup.pfn());
    if (!follows && !mine.caused(entry)) {
      return null;
    }
    return new Draft(
        StepKind.DECISION,
        "KVM takes "
            + event.pfn()
            + (event.device() ? " for a device" : " for memory")
            + (event.writable() ? ", writable" : ", not writable"));
  }

  private @Nullable Draft mapped(Stage2Mapped event, MachineState state) {
    PageSpan span = PageSpan.clamped(event.gpa().gfn().value(), Math.max(1, event.size().pages()));
    if (!span.contains(page.gfn().value())) {
      return removed(state)
          ? new Draft(StepKind.UNMAP, "the block is replaced by a mapping of " + event.gpa())
          : null;
    }
    String what =
        "a "
            + Phrases.size(event.size())
            + " at "
            + event.gpa()
            + " to "
            + event.pfn()
            + ", "
            + event.perms()
            + " "
            + Phrases.type(event.memoryType());
    return new Draft(
        StepKind.MAPPING,
        event.ret() == 0
            ? "stage 2 maps " + what
            : "stage 2 does not map " + what + ": " + event.ret());
  }

  private boolean removed(MachineState state) {
    return holdsPage(state.stage2().removedLast());
  }

  private boolean changed(MachineState state) {
    return holdsPage(state.stage2().changedLast());
  }

  private boolean holdsPage(Iterable<Run<Stage2Entry>> runs) {
    for (Run<Stage2Entry> run : runs) {
      if (new PageSpan(run.first(), run.pages()).contains(page.gfn().value())) {
        return true;
      }
    }
    return false;
  }

  /** True if the entry that maps {@code gfn} also maps the page. */
  private boolean covers(MachineState state, long gfn) {
    return gfn == page.gfn().value() || changed(state);
  }
}
