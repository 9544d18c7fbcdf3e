package org.pagetrail.app.live;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.live.Libc.Answer;
import org.pagetrail.events.ArchName;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.kvm.KvmCommand.SetMemslot;

/**
 * The KVM of a Linux host through its device. Needs access to the device and no other right; what
 * it opens and maps is given back when it is closed, and by the kernel if the process dies.
 */
public final class LinuxKvm implements KvmHost {
  /** Where KVM's device is. */
  public static final String DEVICE = "/dev/kvm";

  private static final Set<String> SURVEYED = Set.of("x86", "arm64");
  private static final int API_VERSION = 12;
  private static final long CREATE_VM = 0xae01;
  private static final long SET_USER_MEMORY_REGION = 0x4020_ae46L;
  private static final int REGION_BYTES = 32;

  private final Libc libc;
  private final int device;
  private final MemorySegment region;
  private final HostFacts facts;

  private LinuxKvm(Libc libc, int device, HostFacts facts) {
    this.libc = libc;
    this.device = device;
    this.region = libc.allocate(REGION_BYTES);
    this.facts = facts;
  }

  /**
   * Opens the device.
   *
   * @throws Trouble if there is none, if we may not use it, or if the host is one that is not known
   */
  public static LinuxKvm open() {
    return open(DEVICE, System.getProperty("os.arch", ""), System.getProperty("os.version", ""));
  }

  /** The same for a device, an architecture as Java names it, and a release. */
  static LinuxKvm open(String path, String javaArch, String release) {
    String arch = arch(javaArch);
    if (Libc.pageSize() != PageSize.BASE_BYTES) {
      throw new Trouble(
          "this host has pages of " + Libc.pageSize() + " bytes",
          "the model knows hosts with pages of 4096 bytes; run it on one of those");
    }
    Libc libc = new Libc();
    int device = -1;
    try {
      device = device(libc, path);
      return new LinuxKvm(libc, device, new HostSurvey(libc, device, arch, release).facts());
    } catch (RuntimeException e) {
      release(libc, device);
      throw e;
    }
  }

  private static String arch(String javaArch) {
    String arch = ArchName.of(javaArch);
    if (!SURVEYED.contains(arch)) {
      throw new Trouble(
          "the comparison with a running kernel is not known for \"" + javaArch + "\"",
          "run it on x86 or arm64, or compare tables that were recorded elsewhere");
    }
    return arch;
  }

  private static int device(Libc libc, String path) {
    Answer opened = libc.open(path);
    if (opened.failed()) {
      throw notOpened(path, opened.errno());
    }
    Answer version = libc.ioctl(opened.fd(), HostSurvey.GET_API_VERSION, 0);
    if (version.failed() || version.value() != API_VERSION) {
      libc.close(opened.fd());
      throw new Trouble(path + " is not KVM's device", "look at it with 'ls -l " + path + "'");
    }
    return opened.fd();
  }

  private static Trouble notOpened(String path, int errno) {
    return switch (errno) {
      case ErrnoName.ENOENT ->
          new Trouble(
              "there is no " + path + " on this machine",
              "load KVM (kvm_intel, kvm_amd; part of an arm64 kernel that boots at EL2), switch"
                  + " virtualisation on in the firmware, or compare tables that were recorded"
                  + " elsewhere");
      case ErrnoName.EACCES, ErrnoName.EPERM ->
          new Trouble(
              "no permission to open " + path,
              "ask for access: 'ls -l " + path + "' names its group, usually kvm");
      default ->
          new Trouble(
              path + " cannot be opened: " + ErrnoName.of(errno),
              "the kernel's log says whether KVM found a processor that it can use");
    };
  }

  @Override
  public HostFacts facts() {
    return facts;
  }

  @Override
  public Vm createVm() {
    return new LinuxVm(createVm(libc, device, HostSurvey.vmType(libc, device, facts.arch())));
  }

  /** The file descriptor of a new virtual machine. */
  static int createVm(Libc libc, int device, long type) {
    Answer created = libc.ioctl(device, CREATE_VM, type);
    if (created.failed()) {
      throw new Trouble(
          "KVM makes no virtual machine: " + ErrnoName.of(created.errno()),
          "EBUSY: another hypervisor holds the processor; ENOMEM: memory is short");
    }
    return created.fd();
  }

  @Override
  public void close() {
    unmap(libc, facts.writable());
    unmap(libc, facts.readOnly());
    release(libc, device);
  }

  /** Fresh memory of this process. */
  static HvaRange map(Libc libc, long bytes, int protection) {
    Answer mapped = libc.map(bytes, protection);
    if (mapped.failed()) {
      throw new Trouble(
          "no memory to put behind memslots: " + ErrnoName.of(mapped.errno()),
          "it needs " + bytes + " bytes of address space");
    }
    return new HvaRange(new Hva(mapped.value()), new ByteSize(bytes));
  }

  static void unmap(Libc libc, HvaRange range) {
    libc.unmap(range.start().value(), range.size().bytes());
  }

  private static void release(Libc libc, int device) {
    if (device >= 0) {
      libc.close(device);
    }
    libc.close();
  }

  /** A virtual machine of this host. */
  private final class LinuxVm implements Vm {
    private final int fd;

    LinuxVm(int fd) {
      this.fd = fd;
    }

    @Override
    public int set(SetMemslot request) {
      int slot = request.slot().addressSpace() << 16 | request.slot().id();
      region.set(ValueLayout.JAVA_INT, 0, slot);
      region.set(ValueLayout.JAVA_INT, 4, request.flags().bits());
      region.set(ValueLayout.JAVA_LONG, 8, request.gpa().value());
      region.set(ValueLayout.JAVA_LONG, 16, request.size().bytes());
      region.set(ValueLayout.JAVA_LONG, 24, request.hva().value());
      return libc.ioctl(fd, SET_USER_MEMORY_REGION, region).errno();
    }

    @Override
    public void close() {
      libc.close(fd);
    }
  }
}
