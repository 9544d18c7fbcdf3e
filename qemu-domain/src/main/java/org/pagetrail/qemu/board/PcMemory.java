package org.pagetrail.qemu.board;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.board.BoardStep.Fail;
import org.pagetrail.qemu.board.BoardStep.FilledRam;
import org.pagetrail.qemu.board.BoardStep.PlugFlash;
import org.pagetrail.qemu.flash.FlashGeometry;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Set;

/** RAM, firmware and option ROMs of the x86 boards. */
final class PcMemory {
  /** The window onto RAM below 4 GiB. */
  static final String BELOW_4G = "ram-below-4g";

  /** What PCI devices and firmware show. */
  static final String PCI = "pci";

  /** The name of RAM's block. */
  static final String RAM = "pc.ram";

  private static final long FOUR_GIB = 1L << 32;
  private static final long ONE_MIB = 1L << 20;
  private static final long BLOCK = 4096;
  private static final long ISA_BIOS_MAX = 128 << 10;
  private static final long FIRMWARE_MAX = 8 << 20;
  private static final ByteSize BUILT_IN_FIRMWARE = new ByteSize(256 << 10);
  private static final int UNITS = 2;

  private final Steps steps;
  private final BoardSpec spec;
  private final long below4g;

  PcMemory(Steps steps, BoardSpec spec, long below4g) {
    this.steps = steps;
    this.spec = spec;
    this.below4g = below4g;
  }

  /** Where RAM below 4 GiB ends, with room for devices. */
  static long below4g(ByteSize ram, long threshold, long split) {
    return ram.bytes() >= threshold ? split : ram.bytes();
  }

  /** Everything up to the host bridge; false if the machine cannot be built. */
  boolean build() {
    String ram = spec.ramBlockOr(RAM);
    if (!firmwareFits()) {
      return false;
    }
    steps.addressSpaces();
    steps.change(Create.of(ram, RegionType.RAM, spec.ram().bytes()));
    steps.cpus(spec.cpus());
    steps.change(Create.alias(BELOW_4G, ram, 0, below4g));
    steps.change(new Add(BELOW_4G, Steps.SYSTEM, 0));
    long above = spec.ram().bytes() - below4g;
    if (above > 0) {
      steps.change(Create.alias("ram-above-4g", ram, below4g, above));
      steps.change(new Add("ram-above-4g", Steps.SYSTEM, FOUR_GIB));
    }
    steps.change(Create.of(PCI, RegionType.CONTAINER, -1));
    if (hasFile(0)) {
      flash();
    } else {
      builtInFirmware();
    }
    steps.change(Create.of("pc.rom", RegionType.RAM, 0x20000));
    steps.change(Set.readOnly("pc.rom", true));
    steps.change(new Add("pc.rom", PCI, 0xc0000, 1));
    return true;
  }

  /** The devices that every PC has, and the ports that configure the host bridge. */
  void devices() {
    steps.device("kvm-ioapic", 0xfec0_0000L, 0x1000);
    steps.change(Create.of("kvm-apic-msi", RegionType.IO, 0x10_0000));
    steps.change(new Add("kvm-apic-msi", Steps.SYSTEM, 0xfee0_0000L, 4096));
    port("pci-conf-idx", 0xcf8, 4);
    port("pci-conf-data", 0xcfc, 4);
  }

  private void port(String name, long port, long size) {
    steps.change(Create.of(name, RegionType.IO, size));
    steps.change(new Add(name, "io", port));
  }

  private boolean hasFile(int unit) {
    FlashBacking backing = spec.flash(unit).backing();
    return backing == FlashBacking.FILE || backing == FlashBacking.FILE_READ_ONLY;
  }

  private boolean firmwareFits() {
    String problem = null;
    long sum = 0;
    for (int unit = 0; unit < UNITS && hasFile(unit); unit++) {
      long size = spec.flash(unit).image().bytes();
      sum += size;
      if (size == 0) {
        problem = "system firmware block device " + spec.flash(unit).file() + " is empty";
      } else if (size % BLOCK != 0) {
        problem =
            "system firmware block device " + spec.flash(unit).file() + " has invalid size " + size;
      }
    }
    if (hasFile(1) && !hasFile(0)) {
      problem = "pflash1 requires pflash0";
    } else if (hasFile(0) && !spec.kvm().readOnlyMemory()) {
      problem = "pflash with kvm requires KVM readonly memory support";
    } else if (problem == null && sum > FIRMWARE_MAX) {
      problem = "combined size of system firmware exceeds " + FIRMWARE_MAX + " bytes";
    }
    if (problem != null) {
      steps.add(new Fail(problem));
    }
    return problem == null;
  }

  /** Flash devices are stacked downwards from 4 GiB; the end of the first shows below 1 MiB. */
  private void flash() {
    long end = FOUR_GIB;
    for (int unit = 0; unit < UNITS && hasFile(unit); unit++) {
      FlashSpec behind = spec.flash(unit);
      String device = "system.flash" + unit;
      long size = behind.image().bytes();
      end -= size;
      FlashGeometry geometry = new FlashGeometry(behind.image(), new ByteSize(BLOCK), 1, 0, 0, 0);
      steps.add(new PlugFlash(device, geometry, behind, false));
      steps.change(new Add(device, Steps.SYSTEM, end));
      if (unit == 0) {
        isaBiosCopy(size, behind.file());
      }
    }
  }

  private void isaBiosCopy(long flashSize, @Nullable String file) {
    long size = Math.min(flashSize, ISA_BIOS_MAX);
    steps.add(new FilledRam("isa-bios", new ByteSize(size), file));
    steps.change(new Add("isa-bios", PCI, ONE_MIB - size, 1));
    steps.change(Set.readOnly("isa-bios", true));
  }

  private void builtInFirmware() {
    FlashSpec image = spec.flash(0);
    boolean given = image.backing() == FlashBacking.BIOS_IMAGE && !image.image().isZero();
    ByteSize size = given ? image.image() : BUILT_IN_FIRMWARE;
    steps.add(new FilledRam("pc.bios", size, given ? image.file() : "bios-256k.bin"));
    steps.change(Set.readOnly("pc.bios", true));
    long shown = Math.min(size.bytes(), ISA_BIOS_MAX);
    steps.change(Create.alias("isa-bios", "pc.bios", size.bytes() - shown, shown));
    steps.change(new Add("isa-bios", PCI, ONE_MIB - shown, 1));
    steps.change(Set.readOnly("isa-bios", true));
    steps.change(new Add("pc.bios", PCI, FOUR_GIB - size.bytes()));
  }
}
