package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.AddressSpaceCreated;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.DirtyLoggingSet;
import org.pagetrail.events.QemuEvent.FlashPlugged;
import org.pagetrail.events.QemuEvent.FlashRead;
import org.pagetrail.events.QemuEvent.FlashReset;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.KvmProbed;
import org.pagetrail.events.QemuEvent.MachineStarted;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.QemuEvent.RegionAttributeSet;
import org.pagetrail.events.QemuEvent.RegionCreated;
import org.pagetrail.events.QemuEvent.RegionPlaced;
import org.pagetrail.events.QemuEvent.RegionRemoved;
import org.pagetrail.events.QemuEvent.RomdModeChanged;
import org.pagetrail.events.QemuEvent.SystemReset;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.qemu.flash.FlashContent;
import org.pagetrail.qemu.flash.FlashGeometry;
import org.pagetrail.qemu.flash.FlashWrite;
import org.pagetrail.qemu.flash.NorFlash;
import org.pagetrail.qemu.region.FlatView;
import org.pagetrail.qemu.region.FlatViewRenderer;
import org.pagetrail.qemu.region.FlatViewRenderer.DirtyMask;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.Region.Place;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.region.Wide;
import org.pagetrail.qemu.slot.DirtyMasks;
import org.pagetrail.qemu.slot.Slot;

/** What each event makes of the state. */
final class QemuFold {
  private QemuFold() {}

  static QemuState evolve(QemuModel model, QemuState state, Event event) {
    return event instanceof QemuEvent own ? evolve(model, state, own) : state;
  }

  private static QemuState evolve(QemuModel model, QemuState state, QemuEvent event) {
    return switch (event) {
      case MachineStarted started -> state.with(state.machine().called(started.board()));
      case KvmProbed probed -> state.with(state.machine().on(probed));
      case MonitorExited e -> state.with(state.machine().exit());
      case DirtyLoggingSet set -> state.with(state.machine().logging(set.on()));
      case RamBlockAllocated block -> state.with(block);
      case RegionCreated created -> state.with(created(state.tree(), created));
      case RegionPlaced placed ->
          knows(state, placed.region()) && knows(state, placed.container())
              ? state.with(placed(state.tree(), placed))
              : state;
      case RegionRemoved removed ->
          knows(state, removed.region())
              ? state.with(state.tree().remove(removed.region()))
              : state;
      case RegionAttributeSet set ->
          knows(state, set.region()) ? state.with(attributeSet(state.tree(), set)) : state;
      case RomdModeChanged changed ->
          knows(state, changed.device())
              ? state.with(state.tree().mark(changed.device(), Mark.ROMD, changed.romd()))
              : state;
      case AddressSpaceCreated created -> addressSpace(model, state, created);
      case FlatViewBuilt built -> built(model, state, built);
      case FlatViewDropped dropped -> dropped(state, dropped);
      case MemslotRequested request -> request.ret() == 0 ? slot(state, request) : state;
      case FlashPlugged plugged -> state.with(plugged(model, plugged));
      case FlashWritten written -> written(model, state, written);
      case FlashRead read -> read(state, read);
      case FlashReset reset -> reset(state, reset);
      case ImageCopied image -> copied(state, image);
      case DeviceWritten written -> HostBridge.registers(model, state, written);
      case SystemReset e -> HostBridge.reset(model, state);
      case QemuEvent.FlatViewCommitted e -> state;
      case QemuEvent.FlashArrayMode e -> state;
      case QemuEvent.FlashErased e -> state;
      case QemuEvent.FlashProgrammed e -> state;
      case QemuEvent.FlashBufferStored e -> state;
      case QemuEvent.FlashNoted e -> state;
      case QemuEvent.DeviceRead e -> state;
      case QemuEvent.MmioServed e -> state;
      case QemuEvent.QemuNoted e -> state;
      case QemuEvent.Refused e -> state;
    };
  }

  /** A trail that a trace was read into names regions that no event has created. */
  private static boolean knows(QemuState state, String region) {
    return state.tree().find(region) != null;
  }

  private static RegionTree created(RegionTree tree, RegionCreated e) {
    Wide size = Wide.ofRegionSize(e.size());
    return tree.create(Region.fresh(e.region(), e.name(), e.kind(), size, e.target(), e.offset()));
  }

  private static RegionTree placed(RegionTree tree, RegionPlaced e) {
    return tree.place(e.region(), new Place(e.container(), e.address(), e.priority()));
  }

  private static RegionTree attributeSet(RegionTree tree, RegionAttributeSet e) {
    boolean on = e.value() != 0;
    return switch (e.attribute()) {
      case ENABLED -> tree.mark(e.region(), Mark.ENABLED, on);
      case SIZE -> tree.resize(e.region(), Wide.ofRegionSize(e.value()));
      case READ_ONLY -> tree.mark(e.region(), Mark.READ_ONLY, on);
      case NONVOLATILE -> tree.mark(e.region(), Mark.NONVOLATILE, on);
      case UNMERGEABLE -> tree.mark(e.region(), Mark.UNMERGEABLE, on);
      case ALIAS_OFFSET -> tree.slide(e.region(), e.value());
      case DIRTY_LOG -> tree.mark(e.region(), Mark.DIRTY_LOG, on);
    };
  }

  private static QemuState addressSpace(
      QemuModel model, QemuState state, AddressSpaceCreated created) {
    if (!knows(state, created.root())) {
      return state;
    }
    String root = model.sharing().rootOf(state.tree(), created.root());
    FlatView latest = root == null ? null : state.spaces().latest().get(root);
    FlatView view = latest == null ? FlatView.EMPTY : latest;
    AddressSpace space =
        new AddressSpace(created.addressSpace(), created.root(), created.kvmAddressSpace(), view);
    return state.with(state.spaces().plus(space));
  }

  /** Renders the view, and lets every address space of that root show it. */
  private static QemuState built(QemuModel model, QemuState state, FlatViewBuilt built) {
    AddressSpaces counted = state.spaces().countView();
    if (!knows(state, built.root())) {
      return state.with(counted);
    }
    DirtyMask masks = DirtyMasks.of(model.dirtyLogging(), state.machine().dirtyLogging());
    FlatView view =
        new FlatView(
            built.view(), built.root(), FlatViewRenderer.render(state.tree(), built.root(), masks));
    List<AddressSpace> spaces = new ArrayList<>();
    for (AddressSpace space : counted.spaces()) {
      String root = model.sharing().rootOf(state.tree(), space.root());
      if (root == null) {
        spaces.add(space.showing(FlatView.EMPTY));
      } else {
        spaces.add(root.equals(built.root()) ? space.showing(view) : space);
      }
    }
    return state.with(counted.withLatest(view).showing(spaces));
  }

  private static QemuState dropped(QemuState state, FlatViewDropped dropped) {
    FlatView latest = state.spaces().latest().get(dropped.root());
    return latest == null || !latest.id().equals(dropped.view())
        ? state
        : state.with(state.spaces().withoutLatest(dropped.root()));
  }

  private static QemuState slot(QemuState state, MemslotRequested e) {
    int space = e.slot().addressSpace();
    Slot slot = new Slot(e.slot().id(), e.flags(), e.gpa(), e.size(), e.hva());
    return state.with(space, state.slots(space).after(slot));
  }

  private static NorFlash plugged(QemuModel model, FlashPlugged e) {
    FlashGeometry geometry =
        new FlashGeometry(
            e.size(), e.block(), e.bankWidth(), e.deviceWidth(), e.manufacturerId(), e.deviceId());
    boolean fromFile =
        e.backing() == FlashBacking.FILE || e.backing() == FlashBacking.FILE_READ_ONLY;
    return NorFlash.plugged(
        e.device(),
        geometry,
        e.backing() == FlashBacking.FILE_READ_ONLY,
        e.secure(),
        fromFile ? FlashContent.unknown() : FlashContent.zeros(),
        model.flash());
  }

  private static QemuState written(QemuModel model, QemuState state, FlashWritten e) {
    NorFlash flash = state.flash().get(e.device());
    return flash == null || !flash.geometry().contains(e.offset(), e.width())
        ? state
        : state.with(
            FlashWrite.write(model.flash(), flash, e.offset(), e.width(), e.value()).flash());
  }

  /** A read under a command that the flash does not know returns it to array mode. */
  private static QemuState read(QemuState state, FlashRead e) {
    NorFlash flash = state.flash().get(e.device());
    return flash == null || flash.command() == e.command()
        ? state
        : state.with(flash.forgetCommand());
  }

  private static QemuState reset(QemuState state, FlashReset e) {
    NorFlash flash = state.flash().get(e.device());
    return flash == null ? state : state.with(flash.reset());
  }

  private static QemuState copied(QemuState state, ImageCopied e) {
    QemuState next = state.with(e);
    NorFlash flash = state.flash().get(e.block());
    return flash == null
        ? next
        : next.with(flash.with(flash.content().forgetting(e.offset(), e.size().bytes())));
  }
}
