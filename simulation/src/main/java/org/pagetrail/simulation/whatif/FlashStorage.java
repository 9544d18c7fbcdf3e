package org.pagetrail.simulation.whatif;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.simulation.reaction.FlashPlaces;

/**
 * Finds the host memory of the flash devices of a recording: the exit that a flash write came with
 * says where the device begins for the guest, and the memslot last set there says where its storage
 * lies.
 */
public final class FlashStorage {
  private final FlashPlaces places;
  private final Map<Gpa, Hva> slots;
  private @Nullable MmioExited lastExit;

  /** Nothing is known yet. */
  public FlashStorage() {
    this(new FlashPlaces(), new TreeMap<>());
  }

  private FlashStorage(FlashPlaces places, Map<Gpa, Hva> slots) {
    this.places = places;
    this.slots = slots;
  }

  /** A copy that changes on its own. */
  FlashStorage fork() {
    FlashStorage fork = new FlashStorage(places.fork(), new TreeMap<>(slots));
    fork.lastExit = lastExit;
    return fork;
  }

  /** Takes note of a memslot. */
  public void apply(MemslotSet set) {
    if (set.ret() == 0 && !set.size().isZero()) {
      slots.put(set.gpa(), set.hva());
    }
  }

  /** Takes note of an exit. */
  public void apply(MmioExited exit) {
    lastExit = exit;
  }

  /** The writes of host memory behind a recorded step of a flash device. */
  public List<KvmCommand> writesOf(QemuEvent event) {
    if (event instanceof FlashWritten write && lastExit != null) {
      long base = lastExit.gpa().value() - write.offset();
      Hva hva = slots.get(new Gpa(base));
      if (hva != null) {
        places.place(write.device(), hva);
      }
    }
    return places.writesOf(event);
  }
}
