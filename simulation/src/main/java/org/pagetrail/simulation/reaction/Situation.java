package org.pagetrail.simulation.reaction;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.memory.Hva;

/** The little that reactions must know of what happened before: open exits and RAM blocks. */
public final class Situation {
  private final Map<Integer, MmioExited> pendingExits = new TreeMap<>();
  private final Map<String, Hva> ramBlocks = new TreeMap<>();
  private final FlashPlaces flash = new FlashPlaces();
  private int vcpuInQemu;

  /** The exit that QEMU still has to serve for this vCPU, or null. */
  public @Nullable MmioExited pendingExit(int vcpu) {
    return pendingExits.get(vcpu);
  }

  /** The vCPU whose exit QEMU took last. */
  public int vcpuInQemu() {
    return vcpuInQemu;
  }

  /** Where the host memory of a RAM block begins, or null if there is no such block. */
  public @Nullable Hva ramBlock(String name) {
    return ramBlocks.get(name);
  }

  /** The flash devices' storage. */
  FlashPlaces flash() {
    return flash;
  }

  /** Takes note of an event. */
  public void apply(Event event) {
    switch (event) {
      case MmioExited exit -> {
        pendingExits.put(exit.vcpu(), exit);
        vcpuInQemu = exit.vcpu();
      }
      case MmioCompleted done -> pendingExits.remove(done.vcpu());
      case VcpuEntered entered -> pendingExits.remove(entered.vcpu());
      case RamBlockAllocated block -> {
        ramBlocks.put(block.name(), block.hva());
        flash.place(block.name(), block.hva());
      }
      default -> {}
    }
  }
}
