package org.pagetrail.kvm;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.FrameExpected;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.AccessMemory;
import org.pagetrail.kvm.KvmCommand.HandleFault;
import org.pagetrail.kvm.KvmCommand.MapHost;
import org.pagetrail.kvm.KvmCommand.StatePage;
import org.pagetrail.kvm.host.HostAccess;
import org.pagetrail.kvm.host.HostCalls;
import org.pagetrail.kvm.host.HugePages;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.arm.Syndrome;
import org.pagetrail.kvm.model.mm.HostRule;

/**
 * KVM and the host memory below it under one kernel: pure, deterministic and total. Every decision
 * cites the rule that made it.
 */
public final class KvmDecider {
  /** Bytes of a fault whose access a trace does not describe. */
  private static final int UNKNOWN_WIDTH = 4;

  private final KernelModel model;

  /** Decides by the rules of {@code model}. */
  public KvmDecider(KernelModel model) {
    this.model = model;
  }

  /** The rules. */
  public KernelModel model() {
    return model;
  }

  /**
   * What happens because of a command, and where it leads.
   *
   * @param decisions the events in order
   * @param after the state after all of them, as {@link #evolve} makes it of one after the other
   */
  public record Outcome(List<Decision> decisions, KvmState after) {
    /** Copies the list. */
    public Outcome {
      decisions = List.copyOf(decisions);
    }
  }

  /** What happens in {@code state} because of a command, in order. */
  public List<Decision> decide(KvmState state, KvmCommand command) {
    return outcome(state, command).decisions();
  }

  /** What happens in {@code state} because of a command, and the state after it. */
  public Outcome outcome(KvmState state, KvmCommand command) {
    Draft draft = new Draft(model, state);
    perform(draft, command);
    return new Outcome(draft.decisions(), draft.state());
  }

  /** The state after an event, whoever decided or saw it. */
  public KvmState evolve(KvmState state, Event event) {
    return Evolution.evolve(state, event);
  }

  private static void perform(Draft draft, KvmCommand command) {
    switch (command) {
      case KvmCommand.SetMemslot set -> new SlotRequests(draft).set(set);
      case KvmCommand.GetDirtyLog get -> new SlotRequests(draft).readDirtyLog(get.slot());
      case AccessMemory access -> new GuestAccess(draft, access).run();
      case HandleFault fault -> handle(draft, fault);
      case KvmCommand.CompleteMmio done -> GuestAccess.complete(draft, done);
      case MapHost map ->
          new HostCalls(draft)
              .map(
                  map.range(), map.backing(), map.perms(), map.advice(), map.name(), map.details());
      case KvmCommand.UnmapHost unmap -> new HostCalls(draft).unmap(unmap.range());
      case KvmCommand.HostRead read -> new HostAccess(draft).read(read.hva());
      case KvmCommand.HostWrite write ->
          new HostAccess(draft).write(write.hva(), write.width(), write.value());
      case KvmCommand.HostFill fill -> new HostAccess(draft).fill(fill.range(), fill.fillByte());
      case KvmCommand.HostLoad load -> new HostAccess(draft).load(load.range(), load.file());
      case KvmCommand.Madvise advise -> advise(new HostCalls(draft), advise);
      case KvmCommand.Mprotect protect ->
          new HostCalls(draft).protect(protect.range(), protect.perms());
      case KvmCommand.Msync sync -> new HostCalls(draft).sync(sync.range());
      case KvmCommand.Fork fork -> new HostCalls(draft).fork(fork.childKept());
      case KvmCommand.KsmMerge merge ->
          new HostAccess(draft).merge(merge.range(), merge.toZeroPage());
      case KvmCommand.CollapseHuge collapse -> new HugePages(draft).collapse(collapse.range());
      case KvmCommand.SplitHuge split -> new HugePages(draft).split(split.range());
      case KvmCommand.PoisonPage poison -> new HostAccess(draft).poison(poison.hva());
      case KvmCommand.ExpectFrame expect ->
          draft.emit(new FrameExpected(expect.hva(), expect.pfn()), HostRule.ANNOUNCED.cite());
      case KvmCommand.NotifyInvalidate notify ->
          draft.emit(new RangeInvalidated(notify.range()), HostRule.ANNOUNCED.cite());
      case KvmCommand.NotifyEntryChanged notify ->
          draft.emit(new EntryChanged(notify.hva()), HostRule.ANNOUNCED.cite());
      case StatePage page -> state(draft, page);
    }
  }

  private static void handle(Draft draft, HandleFault fault) {
    FaultPath.of(draft)
        .handle(
            new Fault(
                fault.vcpu(),
                fault.access(),
                fault.gpa(),
                Syndrome.widthOf(fault.syndrome(), UNKNOWN_WIDTH),
                null,
                fault.fault(),
                fault.level(),
                fault.syndrome(),
                fault.pc()));
  }

  private static void advise(HostCalls calls, KvmCommand.Madvise command) {
    switch (command.advice()) {
      case DONTNEED -> calls.dontNeed(command.range());
      case POPULATE_READ -> calls.populate(command.range(), false);
      case POPULATE_WRITE -> calls.populate(command.range(), true);
      case HUGEPAGE -> calls.advise(command.range(), HugeAdvice.HUGE);
      case NOHUGEPAGE -> calls.advise(command.range(), HugeAdvice.NO_HUGE);
    }
  }

  private static void state(Draft draft, StatePage page) {
    boolean blocks =
        page.pfn() != null
            && !page.size().isZero()
            && page.size().bytes() % PageSize.BLOCK_BYTES == 0;
    Event event =
        blocks && page.pfn() != null
            ? new PageMapped(page.hva(), page.size(), page.pfn(), page.kind(), page.writable())
            : new PagesMapped(
                new HvaRange(page.hva(), atLeastAPage(page.size())),
                page.kind(),
                page.pfn(),
                true,
                page.writable());
    draft.decide(event, HostRule.ANNOUNCED);
  }

  private static ByteSize atLeastAPage(ByteSize size) {
    return size.pages() == 0 ? ByteSize.PAGE : size;
  }
}
