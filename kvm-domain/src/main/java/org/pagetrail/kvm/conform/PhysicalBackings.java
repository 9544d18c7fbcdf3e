package org.pagetrail.kvm.conform;

import java.util.List;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.model.Arch;

/** Backings that are physical memory, by what the recorded machines had there. */
final class PhysicalBackings {
  private PhysicalBackings() {}

  /** Those that machines of an architecture had. */
  static List<String> names(Arch arch) {
    return arch == Arch.X86
        ? List.of(
            "devmem_bar",
            "devmem_bar_cached",
            "devmem_bar_ro",
            "devmem_edu",
            "devmem_bios",
            "devmem_rom",
            "devmem_ramnomap",
            "devmem_ramnomap_cached",
            "devmem_ramnomap_ro",
            "devmem_reserved",
            "devmem_reserved_cached")
        : List.of(
            "devmem_flash",
            "devmem_flash_ro",
            "devmem_virtiommio",
            "devmem_ramnomap",
            "devmem_ramnomap_cached",
            "devmem_reserved_cached");
  }

  /** The size of the slot. */
  static ByteSize size(String name, Arch arch) {
    if (arch == Arch.X86) {
      return name.contains("edu")
          ? new ByteSize(0x100000)
          : name.contains("bios")
              ? new ByteSize(0x10000)
              : name.contains("_rom")
                  ? new ByteSize(0x40000)
                  : name.contains("reserved") ? new ByteSize(0x8000) : ByteSize.mebibytes(4);
    }
    return name.contains("virtiommio") || name.contains("reserved")
        ? new ByteSize(0x4000)
        : ByteSize.mebibytes(4);
  }

  /** The frames. */
  static Details frames(String name, Arch arch) {
    boolean cached = name.contains("cached");
    if (arch == Arch.X86) {
      PageKind kind = name.contains("reserved") ? PageKind.RESERVED_RAM : PageKind.DEVICE;
      return Details.frames(kind, new Pfn(0xfe000), cached);
    }
    if (name.contains("reserved")) {
      // The program takes the first region that /proc/iomem calls reserved: the kernel's initial
      // sections, which were given back after boot, so that their pages are no longer reserved.
      return Details.frames(PageKind.UNKNOWN, new Pfn(0x408b0), cached);
    }
    // What arm64's kernel does not map as memory, it maps uncached whatever the program asks for.
    long frame = name.contains("flash") ? 0x4000 : name.contains("virtiommio") ? 0xa000 : 0xf0000;
    return Details.frames(PageKind.DEVICE, new Pfn(frame), false);
  }
}
