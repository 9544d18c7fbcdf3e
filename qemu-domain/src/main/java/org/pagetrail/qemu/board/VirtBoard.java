package org.pagetrail.qemu.board;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.board.BoardStep.Fail;
import org.pagetrail.qemu.board.BoardStep.HeapBuffer;
import org.pagetrail.qemu.board.BoardStep.PlugFlash;
import org.pagetrail.qemu.board.BoardStep.RegisterImage;
import org.pagetrail.qemu.flash.FlashGeometry;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Set;
import org.pagetrail.qemu.rule.Rule;

/** The arm64 {@code virt} board: two NOR flash devices of 64 MiB below 128 MiB, RAM at 1 GiB. */
public final class VirtBoard implements Board {
  private static final ByteSize FLASH = ByteSize.mebibytes(64);
  private static final FlashGeometry GEOMETRY =
      new FlashGeometry(FLASH, new ByteSize(256 << 10), 4, 2, 0x89, 0x18);
  private static final long RAM_BASE = 0x4000_0000L;
  private static final int VIRTIO_TRANSPORTS = 32;
  private static final long STOLEN_TIME_BYTES = 64;

  private final VirtLayout layout;
  private final HvaAlignment hvas;

  /** A board of one layout. */
  public VirtBoard(VirtLayout layout, HvaAlignment hvas) {
    this.layout = layout;
    this.hvas = hvas;
  }

  @Override
  public HvaAlignment hvas() {
    return hvas;
  }

  @Override
  public @Nullable Chipset chipset() {
    return null;
  }

  @Override
  public Rule rule() {
    return layout.rule();
  }

  @Override
  public List<BoardStep> build(BoardSpec spec) {
    Steps steps = new Steps();
    boolean image = spec.flash(0).backing() == FlashBacking.BIOS_IMAGE;
    if (image && spec.flash(0).image().compareTo(FLASH) > 0) {
      steps.add(new Fail("Could not load ROM image '" + spec.flash(0).file() + "'"));
      return steps.done();
    }
    steps.addressSpaces();
    String ram = spec.ramBlockOr("mach-virt.ram");
    steps.change(Create.of(ram, RegionType.RAM, spec.ram().bytes()));
    if (layout == VirtLayout.RAM_FIRST) {
      steps.cpus(spec.cpus());
      steps.change(new Add(ram, Steps.SYSTEM, RAM_BASE));
      imageBeforeFlash(steps, spec);
      flash(steps, spec);
      oldDevices(steps);
    } else {
      flash(steps, spec);
      steps.cpus(spec.cpus());
      steps.change(new Add(ram, Steps.SYSTEM, RAM_BASE));
      devices(steps, spec);
    }
    image(steps, spec);
    return steps.done();
  }

  private static void flash(Steps steps, BoardSpec spec) {
    for (int unit = 0; unit < 2; unit++) {
      String device = "virt.flash" + unit;
      steps.add(new PlugFlash(device, GEOMETRY, spec.flash(unit), false));
      steps.change(new Add(device, Steps.SYSTEM, unit * FLASH.bytes()));
    }
  }

  /** Until 4.0 the image was read into the heap before the flash devices were made. */
  private static void imageBeforeFlash(Steps steps, BoardSpec spec) {
    if (spec.flash(0).backing() == FlashBacking.BIOS_IMAGE) {
      steps.add(new HeapBuffer(spec.flash(0).image()));
    }
  }

  private static void image(Steps steps, BoardSpec spec) {
    FlashSpec first = spec.flash(0);
    if (first.backing() == FlashBacking.BIOS_IMAGE) {
      String file = first.file() == null ? "" : first.file();
      steps.add(new RegisterImage("virt.flash0", first.image(), file));
    }
  }

  /** Every device is a commit of its own, also where it maps nothing that a guest can reach. */
  private void devices(Steps steps, BoardSpec spec) {
    steps.device("gicv3_dist", 0x800_0000L, 0x10000);
    steps.device("gicv3_redist_region[0]", 0x80a_0000L, 0x20000L * spec.cpus());
    steps.change(Create.of("gicv3_its", RegionType.CONTAINER, 0x20000));
    steps.change(Create.of("control", RegionType.IO, 0x10000));
    steps.change(new Add("control", "gicv3_its", 0));
    steps.change(Create.of("translation", RegionType.IO, 0x10000));
    steps.change(new Add("translation", "gicv3_its", 0x10000));
    steps.change(new Add("gicv3_its", Steps.SYSTEM, 0x808_0000L));
    if (layout == VirtLayout.FLASH_FIRST_STOLEN_TIME) {
      stolenTime(steps, spec);
    }
    steps.device("pl011", 0x900_0000L, 0x1000);
    steps.device("pl031", 0x901_0000L, 0x1000);
    pciExpress(steps);
    steps.device("acpi-ged", 0x908_0000L, 4);
    steps.change(Create.of("memhp container", RegionType.CONTAINER, 0x18));
    steps.change(new Add("memhp container", Steps.SYSTEM, 0x907_0000L));
    virtio(steps);
    firmwareConfiguration(steps);
    steps.change(Create.of("platform bus", RegionType.CONTAINER, 0x200_0000L));
    steps.change(new Add("platform bus", Steps.SYSTEM, 0xc00_0000L));
    machineDone(steps);
  }

  private static void stolenTime(Steps steps, BoardSpec spec) {
    long page = spec.kvm().hostPage().bytes();
    long bytes = (spec.cpus() * STOLEN_TIME_BYTES + page - 1) & -page;
    steps.change(Create.of("pvtime", RegionType.RAM, bytes));
    steps.change(new Add("pvtime", Steps.SYSTEM, 0x90a_0000L));
  }

  private static void pciExpress(Steps steps) {
    steps.change(Create.of("gpex_mmio", RegionType.CONTAINER, -1));
    steps.change(Create.of("gpex_ioport", RegionType.CONTAINER, 0x10000));
    steps.change(Create.of("gpex_mmio_window", RegionType.IO, -1));
    steps.change(new Add("gpex_mmio", "gpex_mmio_window", 0));
    steps.change(Create.of("gpex_ioport_window", RegionType.IO, 0x10000));
    steps.change(new Add("gpex_ioport", "gpex_ioport_window", 0));
    steps.change(Create.of("bus master container", RegionType.CONTAINER, -1));
    steps.add(new BoardStep.NewAddressSpace("gpex-root", "bus master container", -1));
    steps.change(Create.of("pcie-mmcfg-mmio", RegionType.IO, 0x1000_0000L));
    steps.change(Create.alias("pcie-ecam", "pcie-mmcfg-mmio", 0, 0x1000_0000L));
    steps.change(new Add("pcie-ecam", Steps.SYSTEM, 0x40_1000_0000L));
    steps.change(Create.alias("pcie-mmio", "gpex_mmio_window", 0x1000_0000L, 0x2eff_0000L));
    steps.change(new Add("pcie-mmio", Steps.SYSTEM, 0x1000_0000L));
    steps.change(
        Create.alias("pcie-mmio-high", "gpex_mmio_window", 0x80_0000_0000L, 0x80_0000_0000L));
    steps.change(new Add("pcie-mmio-high", Steps.SYSTEM, 0x80_0000_0000L));
    steps.change(new Add("gpex_ioport_window", Steps.SYSTEM, 0x3eff_0000L));
  }

  private static void virtio(Steps steps) {
    for (int transport = 0; transport < VIRTIO_TRANSPORTS; transport++) {
      long address = 0xa00_0000L + 0x200L * transport;
      steps.device("virtio-mmio[" + transport + "]", "virtio-mmio", address, 0x200);
    }
  }

  private static void firmwareConfiguration(Steps steps) {
    steps.device("fwcfg.ctl", 0x902_0008L, 2);
    steps.device("fwcfg.data", 0x902_0000L, 8);
    steps.device("fwcfg.dma", 0x902_0010L, 8);
  }

  /** The host bridge's way to memory appears, closed; the ACPI tables become read-only. */
  private static void machineDone(Steps steps) {
    steps.change(Create.alias("bus master", Steps.SYSTEM, 0, -1));
    steps.change(Set.enabled("bus master", false));
    steps.change(new Add("bus master", "bus master container", 0));
    rom(steps, "/rom@etc/acpi/tables", 0x20_0000);
    rom(steps, "/rom@etc/table-loader", 0x1_0000);
    rom(steps, "/rom@etc/acpi/rsdp", 0x1000);
  }

  private static void rom(Steps steps, String name, long size) {
    steps.change(Create.of(name, RegionType.RAM, size));
    steps.change(Set.readOnly(name, true));
  }

  private static void oldDevices(Steps steps) {
    steps.device("kvm-gic_dist", 0x800_0000L, 0x1000);
    steps.device("kvm-gic_cpu", 0x801_0000L, 0x1000);
    steps.device("pl011", 0x900_0000L, 0x1000);
    steps.device("pl031", 0x901_0000L, 0x1000);
    virtio(steps);
  }
}
