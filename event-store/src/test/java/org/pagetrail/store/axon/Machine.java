package org.pagetrail.store.axon;

import java.util.List;
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

/** The machine whose firmware hangs under the rule of 2014. */
final class Machine {
  private Machine() {}

  /** What a recording says of it. */
  static Trail described() {
    Trail trail = new Trail();
    trail.assumed(null, new HostDescribed("arm64", "6.1", List.of(), "never"), new TreeSet<>());
    trail.assumed(
        null,
        new MachineDescribed(
            "virt",
            "7.2.22",
            ByteSize.mebibytes(256),
            true,
            List.of(
                new FlashDevice("virt.flash0", FlashBacking.BIOS_IMAGE, "efi64.fd"),
                new FlashDevice("virt.flash1", FlashBacking.NONE, null)),
            ""),
        new TreeSet<>());
    return trail;
  }

  /** A kernel with fixes. */
  static KernelModel kernel(String... fixes) {
    KernelModel kernel = Kernels.of(Arch.of("arm64"), "6.1");
    for (String fix : fixes) {
      kernel = Fixes.named(fix).applyTo(kernel);
    }
    return kernel;
  }
}
