package org.pagetrail.app.live;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.live.Libc.Answer;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.kvm.Machine.Paging;

/** Finds out what the model has to know about a host: its capabilities and widths of addresses. */
final class HostSurvey {
  /** KVM_GET_API_VERSION. */
  static final long GET_API_VERSION = 0xae00;

  private static final long CHECK_EXTENSION = 0xae03;
  private static final long GET_SUPPORTED_CPUID = 0xc008_ae05L;

  private static final int CAP_NR_MEMSLOTS = 10;
  private static final int CAP_READONLY_MEM = 81;
  private static final int CAP_CHECK_EXTENSION_VM = 105;
  private static final int CAP_MULTI_ADDRESS_SPACE = 118;
  private static final int CAP_ARM_VM_IPA_SIZE = 165;

  /** What kernels answered before KVM_CAP_NR_MEMSLOTS, Documentation/virt/kvm/api.rst. */
  private static final int MEMSLOTS_UNSTATED = 32;

  private static final int CPUID_ENTRIES = 256;
  private static final int CPUID_HEADER_BYTES = 8;
  private static final int CPUID_ENTRY_BYTES = 40;
  private static final int CPUID_EAX_OFFSET = 12;
  private static final int CPUID_ADDRESS_WIDTHS = 0x8000_0008;

  /** Guest addresses of an arm64 virtual machine that was not asked for others. */
  private static final int ARM_IPA_BITS = 40;

  /** Guest addresses that shadow page tables can hold. */
  private static final int SHADOW_BITS = 52;

  /** Widths that user space has on some processor and kernel, widest first. */
  private static final int[] USER_BITS = {56, 52, 48, 47, 42, 39};

  private final Libc libc;
  private final int device;
  private final String arch;
  private final String release;

  HostSurvey(Libc libc, int device, String arch, String release) {
    this.libc = libc;
    this.device = device;
    this.arch = arch;
    this.release = release;
  }

  /** Everything; maps the memory that the facts name, which the caller then owns. */
  HostFacts facts() {
    int memslots;
    int spaces;
    boolean readOnlyMemslots;
    int vm = LinuxKvm.createVm(libc, device, vmType(libc, device, arch));
    try {
      int asked = capability(device, CAP_CHECK_EXTENSION_VM) > 0 ? vm : device;
      memslots = capability(asked, CAP_NR_MEMSLOTS);
      spaces = Math.max(1, capability(asked, CAP_MULTI_ADDRESS_SPACE));
      readOnlyMemslots = capability(asked, CAP_READONLY_MEM) > 0;
    } finally {
      libc.close(vm);
    }
    Paging paging = arch.equals("x86") ? paging(Path.of("/sys/module")) : Paging.NPT;
    int guestBits = arch.equals("x86") ? x86GuestBits(paging) : armGuestBits(libc, device);
    int userBits = userBits();
    HvaRange writable = LinuxKvm.map(libc, MemslotTable.MEMORY_BYTES, Libc.PROT_READ_WRITE);
    try {
      return new HostFacts(
          arch,
          release,
          memslots == 0 ? MEMSLOTS_UNSTATED : memslots,
          spaces,
          readOnlyMemslots,
          guestBits,
          userBits,
          paging,
          writable,
          LinuxKvm.map(libc, MemslotTable.MEMORY_BYTES, Libc.PROT_READ));
    } catch (RuntimeException e) {
      LinuxKvm.unmap(libc, writable);
      throw e;
    }
  }

  /** The argument of KVM_CREATE_VM: nothing, or the width of addresses that the processor has. */
  static long vmType(Libc libc, int device, String arch) {
    if (!arch.equals("arm64")) {
      return 0;
    }
    int bits = armGuestBits(libc, device);
    return bits == ARM_IPA_BITS ? 0 : bits;
  }

  private static int armGuestBits(Libc libc, int device) {
    Answer widest = libc.ioctl(device, CHECK_EXTENSION, CAP_ARM_VM_IPA_SIZE);
    boolean stated = !widest.failed() && widest.value() > 0;
    return stated ? (int) Math.min(ARM_IPA_BITS, widest.value()) : ARM_IPA_BITS;
  }

  private int capability(int fd, int number) {
    Answer answer = libc.ioctl(fd, CHECK_EXTENSION, number);
    return answer.failed() ? 0 : (int) answer.value();
  }

  /** Who walks the guest's tables on x86, as the modules say below {@code /sys/module}. */
  static Paging paging(Path modules) {
    if (isOn(modules.resolve("kvm_intel/parameters/ept"))) {
      return Paging.EPT;
    }
    return isOn(modules.resolve("kvm_amd/parameters/npt")) ? Paging.NPT : Paging.SHADOW;
  }

  private static boolean isOn(Path parameter) {
    try {
      String value = Files.readString(parameter).strip();
      return value.equals("Y") || value.equals("1");
    } catch (IOException e) {
      return false; // The module is not loaded.
    }
  }

  private int x86GuestBits(Paging paging) {
    if (paging == Paging.SHADOW) {
      return SHADOW_BITS;
    }
    MemorySegment cpuid =
        libc.allocate(CPUID_HEADER_BYTES + (long) CPUID_ENTRIES * CPUID_ENTRY_BYTES);
    cpuid.set(ValueLayout.JAVA_INT, 0, CPUID_ENTRIES);
    Answer answer = libc.ioctl(device, GET_SUPPORTED_CPUID, cpuid);
    int entries = answer.failed() ? 0 : cpuid.get(ValueLayout.JAVA_INT, 0);
    for (int i = 0; i < Math.min(entries, CPUID_ENTRIES); i++) {
      long entry = CPUID_HEADER_BYTES + (long) i * CPUID_ENTRY_BYTES;
      if (cpuid.get(ValueLayout.JAVA_INT, entry) == CPUID_ADDRESS_WIDTHS) {
        return cpuid.get(ValueLayout.JAVA_INT, entry + CPUID_EAX_OFFSET) & 0xff;
      }
    }
    throw new Trouble(
        "KVM does not say how wide guest addresses are: " + ErrnoName.of(answer.errno()),
        "the model needs it; compare tables that were recorded elsewhere");
  }

  /** The widest address at which mmap takes a page, or has one already. */
  private int userBits() {
    for (int bits : USER_BITS) {
      // The last page of all is not to be had on x86.
      long address = (1L << bits) - 2 * PageSize.BASE_BYTES;
      Answer mapped = libc.mapAt(address, PageSize.BASE_BYTES);
      if (!mapped.failed()) {
        libc.unmap(mapped.value(), PageSize.BASE_BYTES);
      }
      boolean taken = mapped.errno() == ErrnoName.EEXIST;
      if (taken || (!mapped.failed() && mapped.value() == address)) {
        return bits;
      }
    }
    throw new Trouble(
        "mmap does not tell how wide user space is",
        "the model needs it; compare tables that were recorded elsewhere");
  }
}
