package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.pagetrail.events.QemuEvent.FlashReset;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.SystemReset;
import org.pagetrail.qemu.flash.NorFlash;
import org.pagetrail.qemu.region.RegionOp.SetRomd;
import org.pagetrail.qemu.rule.Rule;

/** A system reset: the flash devices as their release does it, then the firmware images. */
final class Reset {
  private static final Rule SYSTEM =
      new Rule("qemu/reset/system", "A reset reaches the devices, then the images.", "QEMU");

  private static final Rule IMAGE =
      new Rule(
          "qemu/reset/image-copied-again",
          "A -bios image is copied into the flash at every reset; what lies beyond it stays.",
          "QEMU 2.6 and later, hw/core/loader.c");

  private final Draft draft;

  Reset(Draft draft) {
    this.draft = draft;
  }

  void run() throws Impossible {
    draft.add(new SystemReset(), SYSTEM);
    // Children of the machine are reset in the reverse order of their creation.
    List<NorFlash> devices = new ArrayList<>(draft.state().flash().values());
    Collections.reverse(devices);
    for (NorFlash device : devices) {
      reset(device);
    }
    for (ImageCopied image : List.copyOf(draft.state().images().values())) {
      draft.add(image, IMAGE);
    }
  }

  private void reset(NorFlash device) throws Impossible {
    switch (draft.model().flash().reset()) {
      case NEVER -> {}
      case TO_ARRAY -> {
        draft.add(new FlashReset(device.device()), draft.model().flash().reset().rule());
        HostMemory none = new HostMemory(new TreeMap<>(), draft.state());
        RegionEdits.commit(draft, none, List.of(new SetRomd(device.device(), true)));
      }
    }
  }
}
