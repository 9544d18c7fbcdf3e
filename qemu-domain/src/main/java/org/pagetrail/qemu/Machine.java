package org.pagetrail.qemu;

import org.pagetrail.events.QemuEvent.KvmProbed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.board.ChipsetRegisters;

/**
 * What the machine is and how it is doing.
 *
 * @param board its type, empty before power-on
 * @param kvm what KVM can do
 * @param chipset the registers of an x86 host bridge
 * @param dirtyLogging true while all migratable memory is logged
 * @param exited true once QEMU has given up
 */
public record Machine(
    String board, KvmProbed kvm, ChipsetRegisters chipset, boolean dirtyLogging, boolean exited) {

  static final Machine NONE =
      new Machine("", new KvmProbed(true, 0, ByteSize.PAGE), ChipsetRegisters.NONE, false, false);

  Machine called(String name) {
    return new Machine(name, kvm, chipset, dirtyLogging, exited);
  }

  Machine on(KvmProbed probed) {
    return new Machine(board, probed, chipset, dirtyLogging, exited);
  }

  Machine with(ChipsetRegisters registers) {
    return new Machine(board, kvm, registers, dirtyLogging, exited);
  }

  Machine logging(boolean on) {
    return new Machine(board, kvm, chipset, on, exited);
  }

  Machine exit() {
    return new Machine(board, kvm, chipset, dirtyLogging, true);
  }
}
