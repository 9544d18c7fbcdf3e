package org.pagetrail.simulation;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.RunEvent.FlashDevice;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.loop.ClosedLoop;

/** Machines and kernels that tests run. */
public final class Machines {
  /** The machine of the seed: a firmware image in flash 0, nothing behind flash 1. */
  public static final MachineDescribed BIOS_64 =
      machine(
          new FlashDevice("virt.flash0", FlashBacking.BIOS_IMAGE, "efi64.fd"),
          new FlashDevice("virt.flash1", FlashBacking.NONE, null));

  /** The same with a file behind each flash. */
  public static final MachineDescribed PFLASH_2 =
      machine(
          new FlashDevice("virt.flash0", FlashBacking.FILE_READ_ONLY, "code64.fd"),
          new FlashDevice("virt.flash1", FlashBacking.FILE, "vars64.fd"));

  private Machines() {}

  /** A kernel by name. */
  public static KernelModel kernel(String release, String... fixes) {
    KernelModel kernel = Kernels.of(Arch.of("arm64"), release);
    for (String fix : fixes) {
      kernel = Fixes.named(fix).applyTo(kernel);
    }
    return kernel;
  }

  /** A machine run from power-on. */
  public static Trail run(MachineDescribed machine, String hugePages, KernelModel kernel) {
    Trail description = new Trail();
    description.assumed(
        null, new HostDescribed("arm64", "6.1", List.of(), hugePages), new TreeSet<>());
    description.assumed(null, machine, new TreeSet<>());
    return Objects.requireNonNull(ClosedLoop.machineOf(description, kernel));
  }

  private static MachineDescribed machine(FlashDevice... flash) {
    return new MachineDescribed(
        "virt", "7.2.22", ByteSize.mebibytes(256), true, List.of(flash), "");
  }
}
