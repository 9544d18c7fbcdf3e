package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand.DispatchRead;
import org.pagetrail.qemu.QemuCommand.DispatchWrite;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.QemuCommand.RegionTransaction;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.FlashSpec;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.qemu.region.RegionOp;

/** A virtual machine monitor under test: given commands, it keeps its state and its events. */
final class Monitor {
  static final ByteSize RAM = ByteSize.mebibytes(256);
  private final QemuDecider decider;
  private QemuState state = QemuState.INITIAL;
  private List<Event> events = List.of();

  Monitor(String release) {
    decider = new QemuDecider(QemuModel.of(release));
  }

  /** The {@code virt} board with a {@code -bios} image of 64 MiB, switched on. */
  static Monitor virt(String release) {
    FlashSpec image = new FlashSpec(FlashBacking.BIOS_IMAGE, ByteSize.mebibytes(64), "efi.fd");
    return new Monitor(release).does(new PowerOn(virtSpec(release, List.of(image))));
  }

  static BoardSpec virtSpec(String release, List<FlashSpec> flash) {
    return BoardSpec.of("virt", release, RAM, flash, KvmCapabilities.ARM64);
  }

  Monitor does(QemuCommand command) {
    List<Event> made = new ArrayList<>();
    for (Decision decision : decider.decide(state, command)) {
      made.add(decision.event());
      state = decider.evolve(state, decision.event());
    }
    events = made;
    return this;
  }

  Monitor does(RegionOp... ops) {
    return does(new RegionTransaction(List.of(ops)));
  }

  Monitor write(long gpa, long value) {
    return does(new DispatchWrite(0, new Gpa(gpa), 4, value));
  }

  Monitor read(long gpa, int width) {
    return does(new DispatchRead(0, new Gpa(gpa), width));
  }

  QemuState state() {
    return state;
  }

  /** What the last command made happen. */
  List<Event> events() {
    return events;
  }

  <E> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The memslot requests of the last command: {@code #slot flags gpa+size}. */
  List<String> slots() {
    return events(MemslotRequested.class).stream()
        .map(e -> "#" + e.slot() + " " + e.flags() + " " + e.gpa() + "+" + e.size())
        .toList();
  }

  static RegionOp.Create ram(String name, long size) {
    return RegionOp.Create.of(name, RegionType.RAM, size);
  }
}
