package org.pagetrail.traceimport.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.ContentCheck;
import org.pagetrail.traceimport.capture.MappedArea;
import org.pagetrail.traceimport.capture.MonitorView;
import org.pagetrail.traceimport.capture.PageDump;
import org.pagetrail.traceimport.capture.PageRun;
import org.pagetrail.traceimport.capture.RamBlock;
import org.pagetrail.traceimport.capture.SlotRange;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.capture.Snapshot.Place;
import org.pagetrail.traceimport.capture.Stage2Row;
import org.pagetrail.traceimport.maps.HostMappings;
import org.pagetrail.traceimport.pagemap.PageKinds;

/**
 * Adds what was looked at from outside: the machine and the host's pages before and after the run,
 * at a place in the trail but without a time, and in the run at the time that the file's name says;
 * the zero page at the times of its checks.
 */
final class SnapshotLinker {
  private final TrailWriter out;
  private final Capture capture;
  private final SlotTable slots;
  private final Map<String, String> filesByBlock;
  private final List<ContentCheck> checks;
  private final List<String> warnings;
  private final PageDumps dumps;
  private final List<Snapshot> taken;
  private final Stage2Watch stage2 = new Stage2Watch();
  private int nextCheck;
  private int nextTaken;
  private @Nullable Pfn zeroPage;

  /**
   * Adds to a trail.
   *
   * @param filesByBlock the file that fills a RAM block at start, by the block's name
   * @param dumpStarts the address of the first page of a dump of pagemap, by input
   */
  SnapshotLinker(
      TrailWriter out,
      Capture capture,
      SlotTable slots,
      Map<String, String> filesByBlock,
      Map<String, Hva> dumpStarts,
      List<String> warnings) {
    this.out = out;
    this.capture = capture;
    this.slots = slots;
    this.filesByBlock = filesByBlock;
    this.warnings = warnings;
    if (!capture.stage2Rows().isEmpty()) {
      out.watch(stage2::see);
    }
    this.dumps = new PageDumps(out, capture, dumpStarts, warnings);
    this.checks = new ArrayList<>(capture.contentChecks());
    checks.sort(Comparator.comparingLong(SnapshotLinker::timeOrEnd));
    taken = takenInRun();
  }

  /** Adds the snapshots that were taken in the run, before a time. */
  void addTakenBefore(long timeNanos) {
    while (nextTaken < taken.size() && timeOf(taken.get(nextTaken)) < timeNanos) {
      add(taken.get(nextTaken++));
    }
  }

  /** Adds what was looked at last: what is left of the run, then what came after it. */
  void addLast() {
    addTakenBefore(Long.MAX_VALUE);
    add(Snapshot.AFTER);
  }

  private static long timeOf(Snapshot snapshot) {
    return Objects.requireNonNull(snapshot.timeNanos());
  }

  /** When somebody looked in the run, in order. */
  private List<Snapshot> takenInRun() {
    return Stream.of(
            capture.areas().stream().map(MappedArea::snapshot),
            capture.pageRuns().stream().map(PageRun::snapshot),
            capture.pageDumps().stream().map(PageDump::snapshot),
            capture.stage2Rows().stream().map(Stage2Row::snapshot),
            capture.monitorViews().stream().map(MonitorView::snapshot))
        .flatMap(snapshots -> snapshots)
        .filter(snapshot -> snapshot.place() == Place.AT)
        .distinct()
        .sorted()
        .toList();
  }

  /** Adds a snapshot of the machine and of the host's memory. */
  void add(Snapshot snapshot) {
    if (snapshot.equals(Snapshot.BEFORE)) {
      capture.ramBlocks().forEach(this::addBlock);
    }
    for (MonitorView view : capture.monitorViews()) {
      if (view.snapshot().equals(snapshot)) {
        out.observed(
            snapshot.timeNanos(),
            new FlatViewCommitted(view.addressSpace(), view.ranges()),
            Causes.of(),
            view.source());
      }
    }
    for (HostMappings.Stated mapping : HostMappings.of(capture.areas(), snapshot)) {
      out.observed(snapshot.timeNanos(), mapping.event(), Causes.of(), mapping.area().source());
    }
    for (PageRun run : capture.pageRuns()) {
      if (run.snapshot().equals(snapshot)) {
        addPages(run);
      }
    }
    dumps.add(snapshot);
    stage2.compare(snapshot, capture, out, warnings);
  }

  /** Adds the checks of the zero page that were made before a time. */
  void addChecksBefore(long timeNanos) {
    while (nextCheck < checks.size() && timeOrEnd(checks.get(nextCheck)) < timeNanos) {
      addCheck(checks.get(nextCheck++));
    }
  }

  /** Adds the checks that are left. */
  void addChecks() {
    while (nextCheck < checks.size()) {
      addCheck(checks.get(nextCheck++));
    }
  }

  private static long timeOrEnd(ContentCheck check) {
    Long time = check.timeNanos();
    return time == null ? Long.MAX_VALUE : time;
  }

  private void addCheck(ContentCheck check) {
    if (!check.pfn().equals(zeroPage)) {
      zeroPage = check.pfn();
      out.observed(check.timeNanos(), new ZeroPageSeen(check.pfn()), Causes.of(), check.source());
    }
    out.observed(
        check.timeNanos(),
        new ContentSeen(check.pfn(), check.whole(), check.words()),
        Causes.of(),
        check.source());
  }

  private void addPages(PageRun run) {
    Hva base = hvaOfSlot(run);
    if (base == null) {
      warnings.add(run.source() + ": pages of a slot at " + run.slot() + ", which no input places");
      return;
    }
    try {
      ByteSize size = new ByteSize(Math.multiplyExact(run.pages(), PageSize.BASE_BYTES));
      out.observed(
          run.snapshot().timeNanos(),
          new PagesSeen(
              new HvaRange(base.plus(run.offset()), size),
              PageKinds.of(run),
              run.first(),
              run.contiguous(),
              run.exclusive(),
              run.flags()),
          Causes.of(),
          run.source());
    } catch (ArithmeticException e) {
      warnings.add(run.source() + ": a run of pages beyond the end of the address space");
    }
  }

  private @Nullable Hva hvaOfSlot(PageRun run) {
    for (SlotRange range : capture.slotRanges()) {
      if (range.gpa().equals(run.slot())) {
        return range.hva();
      }
    }
    SlotTable.Slot slot = slots.at(run.slot());
    return slot != null && slot.range().start().equals(run.slot()) ? slot.hva() : null;
  }

  /** Before QEMU 8.0 the host address follows from the slot that shows the block's start. */
  private void addBlock(RamBlock block) {
    Hva hva = block.hva() != null ? block.hva() : hvaByView(block.name());
    if (hva != null) {
      out.stated(
          new RamBlockAllocated(block.name(), block.size(), hva, filesByBlock.get(block.name())),
          block.source());
    }
  }

  private @Nullable Hva hvaByView(String block) {
    for (MonitorView view : capture.monitorViews()) {
      for (FlatRange range : view.ranges()) {
        SlotTable.Slot slot = range.region().equals(block) ? slots.at(range.start()) : null;
        if (slot != null && view.snapshot().equals(Snapshot.BEFORE)) {
          return new Hva(slot.hvaOf(range.start()).value() - range.offset());
        }
      }
    }
    return null;
  }
}
