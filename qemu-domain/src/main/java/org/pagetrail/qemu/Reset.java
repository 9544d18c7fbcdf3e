package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pagetrail.events.QemuEvent.FlashReset;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.SystemReset;
import org.pagetrail.qemu.board.ImageCopy;
import org.pagetrail.qemu.flash.NorFlash;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.RegionOp.SetRomd;
import org.pagetrail.qemu.rule.Rule;

/** A system reset: the devices as their release does it, then the firmware images. */
final class Reset {
  static final Rule SYSTEM =
      new Rule(
          "qemu/reset/system",
          "A reset reaches the devices, then the firmware images are copied again.",
          "QEMU 2.1 to 10.2, vl.c, hw/core/loader.c");

  private final Draft draft;

  Reset(Draft draft) {
    this.draft = draft;
  }

  /** Resets the machine; the images are those that no reset has copied yet. */
  void run(List<ImageCopied> newImages) throws Impossible {
    draft.add(new SystemReset(), SYSTEM);
    // Children of the machine are reset in the reverse order of their creation.
    List<NorFlash> devices = new ArrayList<>(draft.state().flash().values());
    Collections.reverse(devices);
    for (NorFlash device : devices) {
      reset(device);
    }
    HostBridge.afterReset(draft);
    List<ImageCopied> images = new ArrayList<>(draft.state().images().values());
    images.addAll(newImages);
    for (ImageCopied image : images) {
      copy(image);
    }
  }

  private void copy(ImageCopied image) {
    ImageCopy rule = draft.model().imageCopy();
    Region region = draft.state().tree().find(image.block());
    boolean reachable = region == null || region.readsMemory();
    if (rule == ImageCopy.INTO_HOST_MEMORY || reachable) {
      draft.add(image, rule.rule());
    }
  }

  private void reset(NorFlash device) throws Impossible {
    switch (draft.model().flash().reset()) {
      case NEVER -> {}
      case TO_ARRAY -> {
        draft.add(new FlashReset(device.device()), draft.model().flash().reset().rule());
        RegionEdits.commit(
            draft, HostMemory.of(draft), List.of(new SetRomd(device.device(), true)));
      }
    }
  }
}
