package org.pagetrail.traceimport.link;

import java.util.HashMap;
import java.util.Map;

/** What QEMU did last in each of its threads, from which the thread's next ioctl follows. */
final class QemuEffects {
  /** The state of one thread. */
  static final class Doing {
    /** The access to a device. */
    long access = Causes.NONE;

    /** What the flash did about it. */
    long flash = Causes.NONE;

    /** The flat view that was rendered for it. */
    long view = Causes.NONE;

    void begin() {
      access = Causes.NONE;
      flash = Causes.NONE;
      view = Causes.NONE;
    }

    /** The last step of the device. */
    long step() {
      return flash == Causes.NONE ? access : flash;
    }
  }

  private final Map<Integer, Doing> byThread = new HashMap<>();

  Doing at(int thread) {
    return byThread.computeIfAbsent(thread, key -> new Doing());
  }

  /** What an ioctl of the thread follows from. */
  Causes of(int thread) {
    Doing doing = byThread.get(thread);
    return doing == null ? Causes.of() : Causes.of(doing.step(), doing.view);
  }
}
