package org.pagetrail.projections.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.projections.machine.FlatView;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Origin;

/** What the monitor did with the page. */
final class QemuSteps {
  private final Page page;
  private @Nullable FlatRange shown;
  private @Nullable Memslot slot;

  QemuSteps(Page page) {
    this.page = page;
  }

  @Nullable Draft draft(QemuEvent event, MachineState state) {
    return switch (event) {
      case RamBlockAllocated block when page.overlaps(block.hva(), block.size()) ->
          new Draft(StepKind.RAM_BLOCK, allocated(block));
      case FlatViewCommitted commit when state.monitor().isOfProcessors(commit.addressSpace()) ->
          committed(commit);
      case MemslotRequested request -> requested(request, state);
      case QemuEvent.RomdModeChanged mode when mode.device().equals(page.device(state)) ->
          new Draft(
              StepKind.REGION,
              mode.romd()
                  ? mode.device() + " enters romd mode: reads are memory again"
                  : mode.device() + " leaves romd mode: reads go to the device too");
      case QemuEvent.ImageCopied image
          when page.isPartOf(image.block(), image.offset(), image.size().bytes(), state) ->
          new Draft(StepKind.CONTENT, "QEMU copies " + image.image() + " into " + image.block());
      case QemuEvent.MmioServed served when page.holds(served.gpa()) ->
          new Draft(
              StepKind.DEVICE,
              "QEMU serves a "
                  + width(served.width())
                  + (served.write() ? " write of " : " read of ")
                  + Hex.of(served.value())
                  + " at "
                  + served.gpa());
      default -> flash(event, state);
    };
  }

  private @Nullable Draft flash(QemuEvent event, MachineState state) {
    return switch (event) {
      case QemuEvent.FlashWritten w when here(w.device(), w.offset(), w.width(), state) ->
          device(
              w.device()
                  + " takes "
                  + Hex.of(w.value())
                  + " at offset "
                  + Hex.of(w.offset())
                  + " in write cycle "
                  + w.cycle());
      case QemuEvent.FlashRead r when here(r.device(), r.offset(), r.width(), state) ->
          device(
              r.device()
                  + " answers "
                  + Hex.of(r.value())
                  + " at offset "
                  + Hex.of(r.offset())
                  + ", command "
                  + Hex.of(r.command()));
      case QemuEvent.FlashErased e when here(e.device(), e.offset(), e.size().bytes(), state) ->
          new Draft(StepKind.CONTENT, e.device() + " erases the block to ones");
      case QemuEvent.FlashProgrammed p when here(p.device(), p.offset(), p.width(), state) ->
          new Draft(
              StepKind.CONTENT,
              p.device()
                  + " programs "
                  + Hex.of(p.value())
                  + " at offset "
                  + Hex.of(p.offset())
                  + (p.buffered() ? ", into its buffer" : ""));
      case QemuEvent.FlashBufferStored b
          when here(b.device(), b.offset(), b.size().bytes(), state) ->
          new Draft(StepKind.CONTENT, b.device() + " stores its write buffer");
      default -> null;
    };
  }

  private boolean here(String device, long offset, long sizeBytes, MachineState state) {
    return page.isPartOf(device, offset, sizeBytes, state);
  }

  private static Draft device(String what) {
    return new Draft(StepKind.DEVICE, what);
  }

  private static String allocated(RamBlockAllocated block) {
    String content = block.filePath() == null ? "untouched" : "filled from " + block.filePath();
    return "RAM block "
        + block.name()
        + " of "
        + block.size()
        + " bytes at host address "
        + block.hva()
        + ", "
        + content;
  }

  /** Only what shows at the page is news. */
  private @Nullable Draft committed(FlatViewCommitted commit) {
    FlatView view =
        new FlatView(
            commit.addressSpace(), commit.ranges(), new Origin(0, Standing.OBSERVED), false);
    FlatRange now = view.at(page.gpa());
    if (Objects.equals(now, shown)) {
      return null;
    }
    shown = now;
    String what =
        now == null
            ? "the flat view of " + commit.addressSpace() + " shows nothing there"
            : "the flat view of "
                + commit.addressSpace()
                + " shows "
                + now.region()
                + " ("
                + Phrases.region(now.kind())
                + ") at "
                + now.start()
                + "-"
                + now.lastByte();
    return new Draft(StepKind.REGION, what);
  }

  private @Nullable Draft requested(MemslotRequested request, MachineState state) {
    Memslot before = slot;
    slot = state.slots().at(page.gpa());
    boolean covers =
        Long.compareUnsigned(page.gpa().value() - request.gpa().value(), request.size().bytes())
            < 0;
    boolean deletes =
        request.size().isZero() && before != null && before.id().equals(request.slot());
    if (!covers && !deletes) {
      return null;
    }
    String result = request.ret() == 0 ? "" : ", refused with " + request.ret();
    String what =
        deletes
            ? "QEMU deletes memslot " + request.slot()
            : "QEMU sets memslot "
                + request.slot()
                + " ("
                + Phrases.flags(request.flags())
                + ") at "
                + Phrases.range(request.gpa(), request.size())
                + ", host address "
                + request.hva();
    return new Draft(StepKind.SLOT, what + result);
  }

  /** The slot as it was known before the next request, kept in step with KVM's own record. */
  void follow(MachineState state) {
    Memslot now = state.slots().at(page.gpa());
    slot = now == null ? slot : now;
  }

  private static String width(int bytes) {
    return bytes + "-byte";
  }
}
