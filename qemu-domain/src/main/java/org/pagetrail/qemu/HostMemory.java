package org.pagetrail.qemu;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.Input;
import org.pagetrail.qemu.board.Board;
import org.pagetrail.qemu.board.HvaAlignment;
import org.pagetrail.qemu.rule.Rule;

/**
 * Places RAM blocks in QEMU's address space: where they are known to lie, or downwards from below
 * what is there, as Linux maps.
 */
final class HostMemory {
  static final Rule GIVEN =
      new Rule(
          "qemu/host-memory/given",
          "The block lies where the machine was said to have it.",
          "input");

  /** Where mappings begin if nothing is known: free on x86 and arm64, a multiple of 2 MiB. */
  private static final Hva TOP = new Hva(0x7f80_0000_0000L);

  /** The lowest addresses, which the model leaves free; more than any alignment. */
  private static final long RESERVED_BYTES = 1L << 32;

  private final SortedMap<String, Hva> given;
  private final HvaAlignment alignment;
  private Hva below;

  /** Places more blocks in a machine that is on. */
  static HostMemory of(Draft draft) {
    return new HostMemory(draft.model(), new TreeMap<>(), draft.state());
  }

  HostMemory(QemuModel model, SortedMap<String, Hva> given, QemuState state) {
    Board board = model.boards().get(state.machine().board());
    this.alignment = board == null ? HvaAlignment.BLOCK : board.hvas();
    this.given = given;
    this.below = TOP;
    for (RamBlockAllocated block : state.blocks().values()) {
      lower(block.hva());
    }
  }

  void allocate(Draft draft, String name, ByteSize size, @Nullable Hva hva, @Nullable String file)
      throws Impossible {
    Hva known = hva == null ? given.get(name) : hva;
    if (known != null) {
      if (known.value() < 0 || known.value() + size.bytes() < 0) {
        throw new Impossible(name + " at " + known + " leaves the host's address space");
      }
      draft.add(new RamBlockAllocated(name, size, known, file), GIVEN);
      return;
    }
    if (size.bytes() > below.value() - RESERVED_BYTES) {
      throw new Impossible("the host has no room for " + size + " bytes of " + name);
    }
    Hva placed = alignment.place(below, size, draft.state().machine().kvm().hostPage());
    draft.add(
        new RamBlockAllocated(name, size, placed, file),
        alignment.rule(),
        Input.of("below", below));
    lower(placed);
  }

  void heapBuffer(ByteSize size, ByteSize hostPage) {
    below = HvaAlignment.afterHeapBuffer(below, size, hostPage);
  }

  private void lower(Hva hva) {
    if (hva.compareTo(below) < 0) {
      below = hva;
    }
  }
}
