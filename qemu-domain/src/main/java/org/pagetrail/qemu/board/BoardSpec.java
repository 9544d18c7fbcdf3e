package org.pagetrail.qemu.board;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;

/**
 * A machine to switch on.
 *
 * @param board {@code virt}, {@code q35} or {@code pc}
 * @param qemu the release it runs on, which must be that of the model
 * @param ram size of guest RAM
 * @param ramBlock name of RAM's block: the memory backend's identity, or empty for the board's own
 * @param ramPreallocated true if the host touched all of RAM before the guest starts
 * @param cpus how many vCPUs
 * @param flash what stands behind the flash devices, from unit 0 on; those left out have no file
 * @param kvm what the host offers
 * @param hvas where RAM blocks lie in the host, by name; the model places the others
 */
public record BoardSpec(
    String board,
    String qemu,
    ByteSize ram,
    String ramBlock,
    boolean ramPreallocated,
    int cpus,
    List<FlashSpec> flash,
    KvmCapabilities kvm,
    SortedMap<String, Hva> hvas) {

  /** Copies what can change. */
  public BoardSpec {
    flash = List.copyOf(flash);
    hvas = Collections.unmodifiableSortedMap(new TreeMap<>(hvas));
  }

  /** One vCPU, RAM of the board's own, all blocks placed by the model. */
  public static BoardSpec of(
      String board, String qemu, ByteSize ram, List<FlashSpec> flash, KvmCapabilities kvm) {
    return new BoardSpec(board, qemu, ram, "", false, 1, flash, kvm, new TreeMap<>());
  }

  /** The same with RAM blocks at given places. */
  public BoardSpec at(SortedMap<String, Hva> places) {
    return new BoardSpec(board, qemu, ram, ramBlock, ramPreallocated, cpus, flash, kvm, places);
  }

  /** What stands behind flash {@code unit}. */
  public FlashSpec flash(int unit) {
    return unit < flash.size() ? flash.get(unit) : FlashSpec.NONE;
  }

  /** The name of RAM's block on a board that calls its own {@code ownName}. */
  String ramBlockOr(String ownName) {
    return ramBlock.isEmpty() ? ownName : ramBlock;
  }
}
