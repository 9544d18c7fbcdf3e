package org.pagetrail.qemu;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.KvmProbed;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.flash.NorFlash;
import org.pagetrail.qemu.region.FlatView;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.slot.SlotTable;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * The virtual machine monitor at one moment. Never changes.
 *
 * @param kvm what KVM can do
 * @param exited true once QEMU has given up
 * @param tree all memory regions
 * @param spaces the address spaces, in the order they came
 * @param latestViews the newest view of every flat view root
 * @param viewsBuilt how many views were rendered so far
 * @param slots the memslots of every KVM address space that has some
 * @param blocks RAM blocks by name
 * @param flash NOR flash devices by name
 * @param images firmware images that every reset copies again, by RAM block
 * @param dirtyLogging true while all migratable memory is logged
 */
public record QemuState(
    KvmProbed kvm,
    boolean exited,
    RegionTree tree,
    List<AddressSpace> spaces,
    PMap<String, FlatView> latestViews,
    int viewsBuilt,
    PMap<Integer, SlotTable> slots,
    PMap<String, RamBlockAllocated> blocks,
    PMap<String, NorFlash> flash,
    PMap<String, ImageCopied> images,
    boolean dirtyLogging) {

  /** QEMU before it built a machine. */
  public static final QemuState INITIAL =
      new QemuState(
          new KvmProbed(true, 0, ByteSize.PAGE),
          false,
          RegionTree.EMPTY,
          List.of(),
          TreePMap.empty(),
          0,
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          false);

  /** Copies what can change. */
  public QemuState {
    spaces = List.copyOf(spaces);
  }

  /** True once a machine is built. */
  public boolean isOn() {
    return !spaces.isEmpty() && !exited;
  }

  /** The address space called {@code name}, null if there is none. */
  public @Nullable AddressSpace space(String name) {
    for (AddressSpace space : spaces) {
      if (space.name().equals(name)) {
        return space;
      }
    }
    return null;
  }

  /** The memslots of a KVM address space. */
  public SlotTable slots(int kvmAddressSpace) {
    return slots.getOrDefault(kvmAddressSpace, SlotTable.EMPTY);
  }

  QemuState with(KvmProbed probed) {
    return new QemuState(
        probed,
        exited,
        tree,
        spaces,
        latestViews,
        viewsBuilt,
        slots,
        blocks,
        flash,
        images,
        dirtyLogging);
  }

  QemuState exit() {
    return new QemuState(
        kvm,
        true,
        tree,
        spaces,
        latestViews,
        viewsBuilt,
        slots,
        blocks,
        flash,
        images,
        dirtyLogging);
  }

  QemuState with(RegionTree fresh) {
    return new QemuState(
        kvm,
        exited,
        fresh,
        spaces,
        latestViews,
        viewsBuilt,
        slots,
        blocks,
        flash,
        images,
        dirtyLogging);
  }

  QemuState with(List<AddressSpace> fresh) {
    return new QemuState(
        kvm,
        exited,
        tree,
        fresh,
        latestViews,
        viewsBuilt,
        slots,
        blocks,
        flash,
        images,
        dirtyLogging);
  }

  QemuState with(PMap<String, FlatView> views, int built) {
    return new QemuState(
        kvm, exited, tree, spaces, views, built, slots, blocks, flash, images, dirtyLogging);
  }

  QemuState with(int kvmAddressSpace, SlotTable table) {
    return new QemuState(
        kvm,
        exited,
        tree,
        spaces,
        latestViews,
        viewsBuilt,
        slots.plus(kvmAddressSpace, table),
        blocks,
        flash,
        images,
        dirtyLogging);
  }

  QemuState with(RamBlockAllocated block) {
    return new QemuState(
        kvm,
        exited,
        tree,
        spaces,
        latestViews,
        viewsBuilt,
        slots,
        blocks.plus(block.name(), block),
        flash,
        images,
        dirtyLogging);
  }

  QemuState with(NorFlash device) {
    return new QemuState(
        kvm,
        exited,
        tree,
        spaces,
        latestViews,
        viewsBuilt,
        slots,
        blocks,
        flash.plus(device.device(), device),
        images,
        dirtyLogging);
  }

  QemuState with(ImageCopied image) {
    return new QemuState(
        kvm,
        exited,
        tree,
        spaces,
        latestViews,
        viewsBuilt,
        slots,
        blocks,
        flash,
        images.plus(image.block(), image),
        dirtyLogging);
  }

  QemuState dirtyLogging(boolean on) {
    return new QemuState(
        kvm, exited, tree, spaces, latestViews, viewsBuilt, slots, blocks, flash, images, on);
  }
}
