package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.QemuEvent.AddressSpaceCreated;
import org.pagetrail.events.QemuEvent.FlashPlugged;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.KvmProbed;
import org.pagetrail.events.QemuEvent.MachineStarted;
import org.pagetrail.events.QemuEvent.RegionCreated;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.board.Board;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.BoardStep;
import org.pagetrail.qemu.board.BoardStep.Change;
import org.pagetrail.qemu.board.BoardStep.Fail;
import org.pagetrail.qemu.board.BoardStep.FilledRam;
import org.pagetrail.qemu.board.BoardStep.HeapBuffer;
import org.pagetrail.qemu.board.BoardStep.NewAddressSpace;
import org.pagetrail.qemu.board.BoardStep.PlugFlash;
import org.pagetrail.qemu.board.BoardStep.RegisterImage;
import org.pagetrail.qemu.flash.FlashGeometry;
import org.pagetrail.qemu.region.FlatView;
import org.pagetrail.qemu.region.ViewRange;
import org.pagetrail.qemu.rule.Rule;

/** Builds a machine step by step, each of them a commit where it may show. */
final class BoardBuilder {
  static final Rule PROBE =
      new Rule(
          "qemu/kvm/probe",
          "KVM is asked what memslots can do before the machine is built.",
          "QEMU");

  private final Draft draft;
  private final BoardSpec spec;
  private final HostMemory memory;
  private final Rule rule;
  private final List<ImageCopied> images = new ArrayList<>();

  BoardBuilder(Draft draft, BoardSpec spec, Board board) {
    this.draft = draft;
    this.spec = spec;
    this.memory = new HostMemory(draft.model(), spec.hvas(), draft.state());
    this.rule = board.rule();
  }

  static void build(Draft draft, BoardSpec spec) throws Impossible {
    QemuModel model = draft.model();
    if (!model.release().equals(spec.qemu())) {
      throw new Impossible(
          "the machine is one of QEMU " + spec.qemu() + ", the model of " + model.release());
    }
    Board board = model.boards().get(spec.board());
    if (board == null) {
      throw new Impossible(
          "the model has no board " + spec.board() + ", only " + model.boards().keySet());
    }
    draft.add(new MachineStarted(spec.board()), board.rule());
    draft.add(
        new KvmProbed(spec.kvm().readOnlyMemory(), spec.kvm().slots(), spec.kvm().hostPage()),
        PROBE);
    BoardBuilder builder = new BoardBuilder(draft, spec, board);
    for (BoardStep step : board.build(spec)) {
      builder.take(step);
    }
    new Reset(draft).run(builder.images);
  }

  private void take(BoardStep step) throws Impossible {
    switch (step) {
      case Change change -> RegionEdits.commit(draft, memory, change.ops());
      case NewAddressSpace space -> addressSpace(space);
      case PlugFlash flash -> flash(flash);
      case HeapBuffer buffer -> memory.heapBuffer(buffer.size(), spec.kvm().hostPage());
      case RegisterImage image ->
          images.add(new ImageCopied(image.block(), 0, image.size(), image.file()));
      case FilledRam ram -> {
        memory.allocate(draft, ram.region(), ram.size(), null, ram.file());
        draft.add(
            new RegionCreated(
                ram.region(), ram.region(), RegionType.RAM, ram.size().bytes(), null, 0),
            rule);
      }
      case Fail fail -> throw new Impossible(fail.reason());
    }
  }

  private void addressSpace(NewAddressSpace space) {
    QemuState state = draft.state();
    Rule sharing = draft.model().sharing().rule();
    if (state.spaces().built() == 0) {
      draft.add(new FlatViewBuilt(FlatView.EMPTY.id(), FlatView.NO_ROOT), sharing);
    }
    draft.add(new AddressSpaceCreated(space.name(), space.root(), space.kvmAddressSpace()), rule);
    String root = draft.model().sharing().rootOf(state.tree(), space.root());
    if (root != null && !state.spaces().latest().containsKey(root)) {
      new MapRebuild(draft).build(root);
    }
    AddressSpace now = draft.state().space(space.name());
    if (now != null && now.kvmAddressSpace() >= 0) {
      Memslots memslots = new Memslots(draft);
      for (ViewRange range : now.view().ranges()) {
        memslots.add(now.kvmAddressSpace(), range);
      }
    }
  }

  private void flash(PlugFlash plug) throws Impossible {
    FlashGeometry geometry = plug.geometry();
    ByteSize image = plug.behind().image();
    boolean fromFile = plug.behind().backing() != FlashBacking.BIOS_IMAGE;
    String problem =
        draft
            .model()
            .flash()
            .sizeCheck()
            .problem(plug.device(), draft.state().flash().size(), geometry.size(), image);
    if (fromFile && !image.isZero() && problem != null) {
      throw new Impossible(problem);
    }
    String file =
        switch (plug.behind().backing()) {
          case FILE, FILE_READ_ONLY -> plug.behind().file();
          case NONE, BIOS_IMAGE -> null;
        };
    memory.allocate(draft, plug.device(), geometry.size(), null, file);
    draft.add(
        new RegionCreated(
            plug.device(), plug.device(), RegionType.ROM_DEVICE, geometry.size().bytes(), null, 0),
        rule);
    draft.add(
        new FlashPlugged(
            plug.device(),
            plug.behind().backing(),
            geometry.size(),
            geometry.block(),
            geometry.bankWidth(),
            geometry.deviceWidth(),
            geometry.manufacturerId(),
            geometry.deviceId(),
            plug.secure()),
        rule);
  }
}
