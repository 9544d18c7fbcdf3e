package org.pagetrail.traceimport.strace;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.input.Numbers;

/** What a system call says about memory, by its name, arguments and result. */
final class CallMeaning {
  private static final String FILE = "(?:0x[0-9a-f]{1,8}|\\d+)(?:<.*>)?, ";
  private static final String NUMBER = "(0x[0-9a-f]{1,16}|\\d{1,20})";

  /** The requests by name, and by number as {@code -X raw} prints them. */
  private static final String SET_REGION = "(?:KVM_SET_USER_MEMORY_REGION2?|0x4020ae46|0x40a0ae49)";

  private static final Pattern MEMSLOT =
      Pattern.compile(
          FILE
              + SET_REGION
              + ", \\{slot=(?<slot>\\d{1,10}),"
              + " flags=(?<flags>[\\w|]+), guest_phys_addr=(?<gpa>0x[0-9a-f]{1,16}|0),"
              + " memory_size=(?<size>0x[0-9a-f]{1,16}|\\d{1,20}),"
              + " userspace_addr=(?<ua>0x[0-9a-f]{1,16}|0|NULL)(?:, [^}]*)?\\}");
  private static final Pattern RUN = Pattern.compile(FILE + "(?:KVM_RUN|0xae80)(?:, .*)?");
  private static final Pattern OPAQUE_MEMSLOT =
      Pattern.compile(FILE + "(?:" + SET_REGION + "|_IOC\\(_IOC_WRITE, 0xae, 0x4[69], .*), 0x.*");
  private static final Pattern MAP =
      Pattern.compile(
          "(?:NULL|0|0x[0-9a-f]{1,16}), "
              + NUMBER
              + ", (?<prot>[A-Z_|]+|0x[0-9a-f]{1,8}|0), (?<flags>[\\w|<>]+),"
              + " (?<fd>-?\\d+|0x[0-9a-f]{1,16})(?:<(?<path>.*)>)?, .*");
  private static final Pattern RANGE =
      Pattern.compile("(?<start>0x[0-9a-f]{1,16}), " + NUMBER + "(?:, (?<what>.*))?");

  private static final Set<String> MAPS = Set.of("mmap", "mmap2");
  private static final Set<String> ON_RANGES = Set.of("munmap", "madvise", "mprotect");

  /** The flags of a memslot by strace's names. */
  private static final int LOG_DIRTY_PAGES = 1;

  private static final int READ_ONLY = 2;
  private static final int GUEST_MEMFD = 4;

  /** The flags of mmap and the rights of mappings on x86 and arm. */
  private static final int MAP_SHARED = 0x1;

  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_HUGETLB = 0x40000;
  private static final int PROT_READ = 0x1;
  private static final int PROT_WRITE = 0x2;
  private static final int PROT_EXEC = 0x4;

  private static final int EINTR = 4;

  private CallMeaning() {}

  /** False for a call that says nothing of memory, whatever its arguments are. */
  static boolean isOfMemory(String name) {
    return name.equals("ioctl") || ON_RANGES.contains(name) || MAPS.contains(name);
  }

  /**
   * What happened in such a call; empty if nothing that concerns memory, null if the arguments are
   * none that strace prints for this call.
   *
   * @throws IllegalArgumentException or ArithmeticException if a number exceeds what it counts
   */
  static @Nullable List<KernelFact> of(String name, String arguments, Result result) {
    if (name.equals("ioctl")) {
      return control(arguments, result);
    }
    return MAPS.contains(name) ? map(arguments, result) : onRange(name, arguments, result);
  }

  private static @Nullable List<KernelFact> control(String arguments, Result result) {
    Matcher memslot = MEMSLOT.matcher(arguments);
    if (memslot.matches()) {
      KernelCall set =
          new KernelCall.SetMemslot(
              SlotId.fromIoctl((int) Long.parseLong(memslot.group("slot"))),
              flags(memslot.group("flags")),
              new Gpa(Numbers.any(memslot.group("gpa"))),
              new ByteSize(Numbers.any(memslot.group("size"))),
              new Hva(memslot.group("ua").equals("NULL") ? 0 : Numbers.any(memslot.group("ua"))));
      return List.of(
          new KernelFact.Called(set),
          new KernelFact.Returned(ProbeMeaning.SET_MEMSLOT, result.ret()));
    }
    if (RUN.matcher(arguments).matches()) {
      return List.of(run(result));
    }
    return OPAQUE_MEMSLOT.matcher(arguments).matches() ? null : List.of();
  }

  private static KernelFact run(Result result) {
    if (result.errno() == 0) {
      String reason = result.remark();
      return new KernelFact.LeftToUserspace(reason == null ? "unstated" : reason, 0);
    }
    return new KernelFact.LeftToUserspace(
        result.errno() == EINTR ? "restart" : "error", result.errno());
  }

  private static SlotFlags flags(String text) {
    int bits = 0;
    for (String flag : text.split("\\|", -1)) {
      bits |=
          switch (flag) {
            case "KVM_MEM_LOG_DIRTY_PAGES" -> LOG_DIRTY_PAGES;
            case "KVM_MEM_READONLY" -> READ_ONLY;
            case "KVM_MEM_GUEST_MEMFD" -> GUEST_MEMFD;
            default -> (int) Numbers.any(flag);
          };
    }
    return new SlotFlags(bits);
  }

  private static @Nullable List<KernelFact> map(String arguments, Result result) {
    Matcher match = MAP.matcher(arguments);
    if (!match.matches()) {
      return null;
    }
    if (result.errno() != 0) {
      return List.of();
    }
    HvaRange range = range(result.value(), match.group(1));
    return List.of(
        new KernelFact.OfHost(new HostCalled("mmap", range, 0)),
        new KernelFact.OfHost(
            new HostMapped(
                range,
                backing(match.group("flags"), match.group("path")),
                perms(match.group("prot")),
                HugeAdvice.NONE,
                match.group("path") == null ? "" : match.group("path"))));
  }

  /** Without {@code -y} strace does not say what a file descriptor is. */
  private static Backing backing(String flags, @Nullable String path) {
    boolean shared = has(flags, "MAP_SHARED", MAP_SHARED);
    if (has(flags, "MAP_HUGETLB", MAP_HUGETLB)) {
      return shared ? Backing.HUGETLB_SHARED : Backing.HUGETLB_PRIVATE;
    }
    if (has(flags, "MAP_ANON", MAP_ANONYMOUS)) {
      return shared ? Backing.SHARED_ANONYMOUS : Backing.PRIVATE_ANONYMOUS;
    }
    if (path != null && path.startsWith("/memfd:")) {
      return shared ? Backing.MEMFD_SHARED : Backing.MEMFD_PRIVATE;
    }
    if (path != null && path.startsWith("/") && !path.startsWith("/dev/")) {
      return shared ? Backing.FILE_SHARED : Backing.FILE_PRIVATE;
    }
    return Backing.UNKNOWN;
  }

  private static Perms perms(String prot) {
    return new Perms(
        has(prot, "PROT_READ", PROT_READ),
        has(prot, "PROT_WRITE", PROT_WRITE),
        has(prot, "PROT_EXEC", PROT_EXEC));
  }

  /** True if a flag is among them, by its name or in their number. */
  private static boolean has(String flags, String name, int bit) {
    return flags.startsWith("0") ? (Numbers.any(flags) & bit) != 0 : flags.contains(name);
  }

  private static @Nullable List<KernelFact> onRange(String name, String arguments, Result result) {
    Matcher match = RANGE.matcher(arguments);
    if (!match.matches()) {
      return null;
    }
    HvaRange range = range(Numbers.any(match.group("start")), match.group(2));
    String what = match.group("what");
    KernelFact called =
        new KernelFact.OfHost(
            new HostCalled(what == null ? name : name + " " + what, range, result.ret()));
    return name.equals("munmap") && result.errno() == 0
        ? List.of(called, new KernelFact.OfHost(new HostUnmapped(range)))
        : List.of(called);
  }

  /** The pages that a call concerns; the kernel rounds lengths up. */
  private static HvaRange range(long start, String length) {
    ByteSize bytes = new ByteSize(Numbers.any(length));
    long whole = Math.addExact(bytes.bytes(), PageSize.BASE_BYTES - 1) & -PageSize.BASE_BYTES;
    return new HvaRange(new Hva(start), new ByteSize(whole));
  }
}
