package org.pagetrail.qemu;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.DeviceRead;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.MmioServed;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Input;
import org.pagetrail.qemu.flash.FlashAnswer;
import org.pagetrail.qemu.flash.NorFlash;
import org.pagetrail.qemu.region.FlatView;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.ViewRange;
import org.pagetrail.qemu.region.Wide;
import org.pagetrail.qemu.rule.Rule;

/** Serves an access that KVM handed on: finds the device and splits what it cannot take at once. */
final class AccessDispatch {
  /** The address space of guest memory. */
  static final String MEMORY = "memory";

  /** The address space of ports. */
  static final String PORTS = "I/O";

  static final Rule DISPATCH =
      new Rule(
          "qemu/mmio/dispatch",
          "The flat view names the device. An access wider than the device takes, or not aligned,"
              + " becomes several, lowest address first. What nothing answers reads as 0.",
          "QEMU 2.1 to 10.2, exec.c, memory.c");

  private final Draft draft;
  private final String space;

  /** False once a device or memory answered that the model has no content of. */
  private boolean known = true;

  AccessDispatch(Draft draft, String space) {
    this.draft = draft;
    this.space = space;
  }

  void read(Gpa gpa, int width) throws Impossible {
    check(gpa, width);
    long value = 0;
    for (int done = 0; done < width; ) {
      Gpa at = gpa.plus(done);
      int part = width - done;
      ViewRange range = find(at);
      if (range != null) {
        Region region = draft.state().tree().get(range.region());
        long offset = offset(range, at);
        part = reach(range, at, part);
        if (region.readsMemory()) {
          value |= memory(region, offset, part) << (8 * done);
        } else {
          part = DeviceTraits.of(region.name()).takes(offset, part);
          value |= (deviceRead(region, offset, part) & mask(part)) << (8 * done);
        }
      } else {
        part = 1;
      }
      done += part;
    }
    served(new MmioServed(gpa, width, false, value), Input.of("known", known));
  }

  void write(Gpa gpa, int width, long value) throws Impossible {
    check(gpa, width);
    for (int done = 0; done < width && !draft.state().machine().exited(); ) {
      Gpa at = gpa.plus(done);
      int part = width - done;
      ViewRange range = find(at);
      if (range != null) {
        Region region = draft.state().tree().get(range.region());
        long offset = offset(range, at);
        part = reach(range, at, part);
        if (!region.writesMemory()) {
          part = DeviceTraits.of(region.name()).takes(offset, part);
          deviceWrite(region, offset, part, (value >>> (8 * done)) & mask(part));
        }
      } else {
        part = 1;
      }
      done += part;
    }
    served(new MmioServed(gpa, width, true, value & mask(width)));
  }

  private void served(MmioServed event, Input... inputs) {
    if (space.equals(MEMORY)) {
      draft.add(event, DISPATCH, inputs);
    }
  }

  private static void check(Gpa gpa, int width) throws Impossible {
    if (width < 1 || width > 8) {
      throw new Impossible("an access has 1 to 8 bytes, not " + width);
    }
    if (Long.compareUnsigned(gpa.value() + width - 1, gpa.value()) < 0) {
      throw new Impossible(width + " bytes at " + gpa + " leave the address space");
    }
  }

  private @Nullable ViewRange find(Gpa gpa) throws Impossible {
    AddressSpace memory = draft.state().space(space);
    if (memory == null) {
      throw new Impossible("no machine is on");
    }
    FlatView view = memory.view();
    return view.at(Wide.ofUnsigned(gpa.value()));
  }

  private static long offset(ViewRange range, Gpa gpa) {
    return range.offset().plus(Wide.ofUnsigned(gpa.value()).minus(range.start())).low();
  }

  /** How many bytes of the access lie in the range. */
  private static int reach(ViewRange range, Gpa gpa, int width) {
    Wide left = range.end().minus(Wide.ofUnsigned(gpa.value()));
    return (int) Wide.min(left, Wide.ofUnsigned(width)).low();
  }

  private long memory(Region region, long offset, int width) {
    NorFlash flash = draft.state().flash().get(region.id());
    known &= flash != null && flash.content().isKnown(offset, width);
    return flash == null ? 0 : flash.content().word(offset, width);
  }

  /** The value as the guest gets it. */
  private long deviceRead(Region region, long offset, int width) {
    NorFlash flash = draft.state().flash().get(region.id());
    FlashAnswer.Outcome read =
        flash == null ? null : new FlashDriver(draft).read(flash, offset, width);
    known &= read == null ? region.kind() == RegionType.RESERVATION : read.known();
    long value = read == null ? 0 : read.value();
    if (region.kind() != RegionType.RESERVATION) {
      Gpa address = address(region, offset);
      draft.add(new DeviceRead(region.name(), address, width, value & mask(width)), DISPATCH);
    }
    return DeviceTraits.of(region.name()).turned(value & mask(width), width);
  }

  private void deviceWrite(Region region, long offset, int width, long guestValue)
      throws Impossible {
    if (region.kind() == RegionType.RESERVATION || region.isRam()) {
      return;
    }
    long value = DeviceTraits.of(region.name()).turned(guestValue, width);
    Gpa address = address(region, offset);
    DeviceWritten written = new DeviceWritten(region.name(), address, width, value);
    draft.add(written, DISPATCH);
    NorFlash flash = draft.state().flash().get(region.id());
    if (flash == null) {
      HostBridge.react(draft, written);
    } else {
      new FlashDriver(draft).write(flash, offset, width, value);
    }
  }

  /** The address as the trace has it: counted through the containers, not through aliases. */
  private Gpa address(Region region, long offset) {
    return new Gpa(draft.state().tree().absoluteAddress(region.id()).low() + offset);
  }

  private static long mask(int width) {
    return width >= 8 ? -1 : (1L << (8 * width)) - 1;
  }
}
