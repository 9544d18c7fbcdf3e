package org.pagetrail.qemu;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.qemu.flash.NorFlash;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.slot.SlotTable;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * The virtual machine monitor at one moment. Never changes.
 *
 * @param machine what it is and how it is doing
 * @param tree all memory regions
 * @param spaces the address spaces and what they show
 * @param slots the memslots of every KVM address space that has some
 * @param blocks RAM blocks by name
 * @param flash NOR flash devices by name
 * @param images firmware images that every reset copies again, by RAM block
 */
public record QemuState(
    Machine machine,
    RegionTree tree,
    AddressSpaces spaces,
    PMap<Integer, SlotTable> slots,
    PMap<String, RamBlockAllocated> blocks,
    PMap<String, NorFlash> flash,
    PMap<String, ImageCopied> images) {

  /** QEMU before it built a machine. */
  public static final QemuState INITIAL =
      new QemuState(
          Machine.NONE,
          RegionTree.EMPTY,
          AddressSpaces.NONE,
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty());

  /** True once a machine is built, and until QEMU gives up. */
  public boolean isOn() {
    return !machine.board().isEmpty() && !machine.exited();
  }

  /** The address space called {@code name}, null if there is none. */
  public @Nullable AddressSpace space(String name) {
    return spaces.find(name);
  }

  /** The memslots of a KVM address space. */
  public SlotTable slots(int kvmAddressSpace) {
    return slots.getOrDefault(kvmAddressSpace, SlotTable.EMPTY);
  }

  QemuState with(Machine fresh) {
    return new QemuState(fresh, tree, spaces, slots, blocks, flash, images);
  }

  QemuState with(RegionTree fresh) {
    return new QemuState(machine, fresh, spaces, slots, blocks, flash, images);
  }

  QemuState with(AddressSpaces fresh) {
    return new QemuState(machine, tree, fresh, slots, blocks, flash, images);
  }

  QemuState with(int kvmAddressSpace, SlotTable table) {
    PMap<Integer, SlotTable> tables = slots.plus(kvmAddressSpace, table);
    return new QemuState(machine, tree, spaces, tables, blocks, flash, images);
  }

  QemuState with(RamBlockAllocated block) {
    PMap<String, RamBlockAllocated> more = blocks.plus(block.name(), block);
    return new QemuState(machine, tree, spaces, slots, more, flash, images);
  }

  QemuState with(NorFlash device) {
    PMap<String, NorFlash> devices = flash.plus(device.device(), device);
    return new QemuState(machine, tree, spaces, slots, blocks, devices, images);
  }

  QemuState with(ImageCopied image) {
    PMap<String, ImageCopied> more = images.plus(image.block(), image);
    return new QemuState(machine, tree, spaces, slots, blocks, flash, more);
  }
}
