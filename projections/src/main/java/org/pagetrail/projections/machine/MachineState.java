package org.pagetrail.projections.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/**
 * The machine, its host and its guest after some entry of a trail.
 *
 * <p>Mutable; {@link MachineProjection} changes it, readers do not. What it hands out is immutable,
 * or a view that is valid until the next entry. {@link #fork} makes a copy that changes on its own.
 */
public final class MachineState {
  private final Memslots slots;
  private final Stage2 stage2;
  private final HostMemory host;
  private final Monitor monitor;
  private final Guest guest;
  private final Lookups lookups;
  private RunFacts run;
  private long lastSeq;
  private @Nullable Long lastTimeNanos;
  private @Nullable Memslot slotGoneLast;
  private List<Run<Stage2Entry>> zeroPagesShownLast = List.of();

  MachineState(PageStores stores) {
    this(
        new Memslots(),
        new Stage2(stores.stage2(), false),
        new HostMemory(stores),
        new Monitor(),
        new Guest(),
        new Lookups());
  }

  private MachineState(
      Memslots slots,
      Stage2 stage2,
      HostMemory host,
      Monitor monitor,
      Guest guest,
      Lookups lookups) {
    this.slots = slots;
    this.stage2 = stage2;
    this.host = host;
    this.monitor = monitor;
    this.guest = guest;
    this.lookups = lookups;
    this.run = RunFacts.NONE;
    this.lastSeq = -1;
  }

  /** The state that these two make up; {@code stores} hold the pages already. */
  MachineState(PageStores stores, MachineBesidesPages rest) {
    this(
        Memslots.of(rest),
        new Stage2(stores.stage2(), rest.unmapsRecorded()),
        new HostMemory(stores, rest),
        Monitor.of(rest),
        Guest.of(rest),
        Lookups.of(rest.lookups()));
    run = rest.run();
    lastSeq = rest.lastSeq();
    lastTimeNanos = rest.lastTimeNanos();
  }

  /** What the state knows besides pages, as it is now. */
  public MachineBesidesPages besidesPages() {
    return new MachineBesidesPages(
        lastSeq,
        lastTimeNanos,
        run,
        List.copyOf(slots.all()),
        slots.found(),
        slots.isSaidByKvm(),
        stage2.unmapsRecorded(),
        stage2.invalidated(),
        lookups.all(),
        List.copyOf(host.mappings()),
        List.copyOf(host.zeroPages()),
        FrameContent.of(host),
        List.copyOf(host.rangeContents()),
        List.copyOf(monitor.flatViews()),
        List.copyOf(monitor.ramBlocks()),
        monitor.romdModes(),
        List.copyOf(guest.vcpus()),
        guest.milestones(),
        guest.milestoneCount(),
        guest.step(),
        guest.hang());
  }

  /** A copy that changes on its own; linear in the size of the state. */
  public MachineState fork() {
    MachineState fork =
        new MachineState(
            slots.fork(), stage2.fork(), host.fork(), monitor.fork(), guest.fork(), lookups.fork());
    fork.run = run;
    fork.lastSeq = lastSeq;
    fork.lastTimeNanos = lastTimeNanos;
    return fork;
  }

  /** The memslots. */
  public Memslots slots() {
    return slots;
  }

  /** The stage 2 tables. */
  public Stage2 stage2() {
    return stage2;
  }

  /** The host's memory. */
  public HostMemory host() {
    return host;
  }

  /** The virtual machine monitor. */
  public Monitor monitor() {
    return monitor;
  }

  /** The guest. */
  public Guest guest() {
    return guest;
  }

  /** The run as a whole. */
  public RunFacts run() {
    return run;
  }

  /** The last entry folded in, -1 before the first. */
  public long lastSeq() {
    return lastSeq;
  }

  /** The latest time seen on the trail's clock, null if none was. */
  public @Nullable Long lastTimeNanos() {
    return lastTimeNanos;
  }

  /** The flat view of the processors, or what the memslots tell of it. */
  public FlatView flatView() {
    FlatView committed = monitor.committed();
    return committed == null ? monitor.fromSlots(slots.all()) : committed;
  }

  /** The host address behind {@code gpa}, null if no memslot holds it. */
  public @Nullable Hva hvaOf(Gpa gpa) {
    Memslot slot = slots.at(gpa);
    return slot == null ? null : slot.hvaOf(gpa);
  }

  /** The kind of a frame, {@code UNKNOWN} if no entry said. */
  public PageKind kindOf(Pfn pfn) {
    FrameKind kind = host.kindOf(pfn);
    return kind == null ? PageKind.UNKNOWN : kind.kind();
  }

  /** The slot that the last entry deleted or moved, null if it did neither. */
  public @Nullable Memslot slotGoneLast() {
    return slotGoneLast;
  }

  /**
   * The mappings of frames that the last entry showed to be zero pages: whatever was said of them
   * before was said without knowing that.
   */
  public List<Run<Stage2Entry>> zeroPagesShownLast() {
    return zeroPagesShownLast;
  }

  void apply(TrailEntry entry) {
    slotGoneLast = null;
    host.beginEntry();
    lastSeq = entry.seq();
    lastTimeNanos = entry.timeNanos() == null ? lastTimeNanos : entry.timeNanos();
    stage2.beginEntry();
    Origin origin = Origin.of(entry);
    switch (entry.event()) {
      case RunEvent event -> apply(event, origin);
      case QemuEvent event -> apply(event, origin);
      case HostEvent event -> apply(event, origin);
      case KvmEvent event -> apply(event, origin);
      case GuestEvent event -> guest.apply(event, origin);
    }
    List<Pfn> zeroPages = host.zeroPagesLast();
    zeroPagesShownLast = zeroPages.isEmpty() ? List.of() : stage2.mappingsOf(zeroPages);
  }

  private void apply(RunEvent event, Origin origin) {
    switch (event) {
      case RunEvent.HostDescribed described -> run = run.withHost(described);
      case RunEvent.MachineDescribed described -> run = run.withMachine(described);
      case RunEvent.EventsLost lost -> run = run.withEventsLost(lost.count());
      case RunEvent.RecordingLeft left ->
          run = run.withRecordingLeft(new Milestone(left.reason(), origin));
      case RunEvent.RunEnded ended -> run = run.withOutcome(new Milestone(ended.outcome(), origin));
      default -> {}
    }
  }

  private void apply(QemuEvent event, Origin origin) {
    monitor.apply(event, origin);
    if (event instanceof QemuEvent.MemslotRequested request) {
      unmapBehind(slots.apply(request, origin));
    }
  }

  private void apply(HostEvent event, Origin origin) {
    host.apply(event, origin);
    switch (event) {
      case HostEvent.RangeInvalidated range -> invalidate(range.range(), origin.seq());
      case HostEvent.EntryChanged changed ->
          invalidate(HvaRange.pageOf(changed.hva()), origin.seq());
      default -> {}
    }
  }

  private void invalidate(HvaRange range, long seq) {
    PageSpan pages = PageSpan.of(range);
    for (Memslot slot : slots.showing(range)) {
      stage2.invalidate(slot.framesBehind(pages), seq);
    }
  }

  private void apply(KvmEvent event, Origin origin) {
    switch (event) {
      case KvmEvent.MemslotSet set -> unmapBehind(slots.apply(set, origin));
      case KvmEvent.PfnResolved resolved -> resolve(resolved, origin);
      case KvmEvent.Stage2Mapped mapped -> map(mapped, origin);
      case KvmEvent.Stage2Relaxed relaxed -> stage2.relax(relaxed, origin);
      case KvmEvent.Stage2Unmapped unmapped -> stage2.unmap(PageSpan.of(unmapped.range()));
      case KvmEvent.Stage2WriteProtected range ->
          stage2.writeProtect(PageSpan.of(range.range()), origin);
      case KvmEvent.Stage2Split split -> stage2.split(PageSpan.of(split.range()), origin);
      case KvmEvent.Stage2MadeYoung young -> stage2.makeYoung(young.gpa(), origin);
      case KvmEvent.VcpuEntered entered -> guest.enter(entered, origin.seq());
      case KvmEvent.VcpuExited exited -> guest.exit(exited, origin.seq());
      default -> {}
    }
  }

  private void unmapBehind(@Nullable Memslot gone) {
    slotGoneLast = gone;
    if (gone != null && gone.id().addressSpace() == 0) {
      stage2.forgetSlot(gone.frames());
    }
  }

  /** A mapping tells what the host's pages were when they were looked up. */
  private void map(KvmEvent.Stage2Mapped event, Origin origin) {
    stage2.map(event, origin);
    for (Run<Stage2Entry> run : stage2.changedLast()) {
      Memslot slot = slots.atFrame(run.first());
      if (slot != null) {
        PageSpan frames = new PageSpan(run.first(), run.pages()).intersect(slot.frames());
        long lookup = lookups.latestOf(frames, origin.seq());
        host.behindMapping(slot.pagesBehind(frames), run.at(frames.first()).pfn(), lookup, origin);
      }
    }
  }

  private void resolve(KvmEvent.PfnResolved event, Origin origin) {
    lookups.add(event.gfn().value(), origin.seq());
    Pfn pfn = event.pfn();
    if (pfn == null) {
      return;
    }
    Memslot slot = slots.atFrame(event.gfn().value());
    if (slot == null) {
      host.learn(pfn, event.kind(), origin);
    } else {
      Hva hva = slot.hvaOf(event.gfn().gpa());
      host.resolve(hva, pfn, event.kind(), event.writable(), origin);
    }
  }
}
