package org.pagetrail.simulation.reaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.FlashArrayMode;
import org.pagetrail.events.QemuEvent.FlashBufferStored;
import org.pagetrail.events.QemuEvent.FlashErased;
import org.pagetrail.events.QemuEvent.FlashProgrammed;
import org.pagetrail.events.QemuEvent.FlashReset;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.kvm.KvmCommand;

/**
 * Where each flash device's storage lies in host memory, and the words that wait in its write
 * buffer: what turns the device's steps into writes of host memory.
 */
public final class FlashPlaces {
  /** KVM and the host see at most this many bytes of one write. */
  private static final int WORD_BYTES = 8;

  private final Map<String, Hva> storage = new TreeMap<>();
  private final Map<String, List<FlashProgrammed>> buffered = new TreeMap<>();

  /** A copy that changes on its own. */
  public FlashPlaces fork() {
    FlashPlaces fork = new FlashPlaces();
    fork.storage.putAll(storage);
    buffered.forEach((device, words) -> fork.buffered.put(device, new ArrayList<>(words)));
    return fork;
  }

  /** Takes note of where a device's storage begins. */
  public void place(String device, Hva start) {
    storage.put(device, start);
  }

  /** Where the device's storage begins, or null if nobody said. */
  public @Nullable Hva of(String device) {
    return storage.get(device);
  }

  /** The writes of host memory that a step of a flash device comes to; takes note of buffers. */
  public List<KvmCommand> writesOf(QemuEvent event) {
    return switch (event) {
      case FlashErased erased -> {
        Hva start = storage.get(erased.device());
        yield start == null
            ? List.of()
            : List.of(
                new KvmCommand.HostFill(
                    new HvaRange(start.plus(erased.offset()), erased.size()), 0xff));
      }
      case FlashProgrammed word when word.buffered() -> {
        buffered.computeIfAbsent(word.device(), _ -> new ArrayList<>()).add(word);
        yield List.of();
      }
      case FlashProgrammed word -> write(word);
      case FlashBufferStored stored -> {
        List<FlashProgrammed> words = buffered.remove(stored.device());
        yield words == null ? List.of() : words.stream().flatMap(w -> write(w).stream()).toList();
      }
      case FlashArrayMode back -> forget(back.device());
      case FlashReset reset -> forget(reset.device());
      default -> List.of();
    };
  }

  private List<KvmCommand> forget(String device) {
    buffered.remove(device);
    return List.of();
  }

  private List<KvmCommand> write(FlashProgrammed word) {
    Hva start = storage.get(word.device());
    return start == null || word.width() > WORD_BYTES
        ? List.of()
        : List.of(new KvmCommand.HostWrite(start.plus(word.offset()), word.width(), word.value()));
  }
}
