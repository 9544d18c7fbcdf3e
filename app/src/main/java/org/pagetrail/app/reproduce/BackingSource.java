package org.pagetrail.app.reproduce;

import java.util.List;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.host.Mapping.Details;

/**
 * The lines of C that make the memory behind a slot, from the same commands that make it in the
 * model.
 */
final class BackingSource {
  private final String name;
  private final StringBuilder before = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private boolean fills;
  private boolean makesFile;
  private boolean merges;
  private boolean needsDevice;

  private BackingSource(String name) {
    this.name = name;
  }

  static BackingSource of(String name, List<KvmCommand> commands) {
    BackingSource source = new BackingSource(name);
    commands.forEach(source::add);
    if (name.equals("unmapped_vma")) {
      source.after.append("  if (munmap(slot, SLOT_BYTES) < 0) die(\"munmap\");\n");
    }
    return source;
  }

  /** Lines that run before the slot is made. */
  String before() {
    return before.toString();
  }

  /** Lines that run after it. */
  String after() {
    return after.toString();
  }

  boolean fills() {
    return fills;
  }

  boolean makesFile() {
    return makesFile;
  }

  boolean merges() {
    return merges;
  }

  /** True if the program must be told a device file and an offset in it. */
  boolean needsDevice() {
    return needsDevice;
  }

  private void add(KvmCommand command) {
    switch (command) {
      case KvmCommand.MapHost map -> map(map.backing(), map.perms(), map.details());
      case KvmCommand.Madvise advise -> call("madvise", advice(advise.advice()));
      case KvmCommand.Mprotect protect -> call("mprotect", protection(protect.perms()));
      case KvmCommand.HostRead _ -> line("(void)*(volatile uint32_t *)(slot + DATA);");
      case KvmCommand.HostLoad _ -> {
        fills = true;
        line("fill(slot);");
      }
      case KvmCommand.HostFill fill -> line("memset(slot, " + fill.fillByte() + ", SLOT_BYTES);");
      case KvmCommand.Fork _ -> {
        line("if (fork() == 0) {");
        line("  prctl(PR_SET_PDEATHSIG, SIGKILL);");
        line("  for (;;) pause();");
        line("}");
        line("usleep(20000);");
      }
      case KvmCommand.KsmMerge merge -> {
        merges = true;
        line("merge(" + (merge.toZeroPage() ? 1 : 0) + ");");
      }
      case KvmCommand.PoisonPage _ -> {
        line("if (madvise(slot + 3 * PAGE, PAGE, MADV_HWPOISON) < 0)");
        line("  die(\"madvise(MADV_HWPOISON)\");");
      }
      default -> throw new IllegalArgumentException("no C for " + command);
    }
  }

  private void map(Backing backing, Perms perms, Details details) {
    switch (backing) {
      case PRIVATE_ANONYMOUS ->
          mapping(perms, "MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE", "-1", "0");
      case SHARED_ANONYMOUS -> mapping(perms, "MAP_SHARED | MAP_ANONYMOUS", "-1", "0");
      case HUGETLB_PRIVATE ->
          mapping(perms, "MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB", "-1", "0");
      case HUGETLB_SHARED -> mapping(perms, "MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB", "-1", "0");
      case MEMFD_PRIVATE, MEMFD_SHARED -> {
        line("int fd = memfd_create(\"slot\", MFD_ALLOW_SEALING);");
        line("if (fd < 0 || ftruncate(fd, SLOT_BYTES) < 0) die(\"memfd\");");
        if (!details.sparse()) {
          fills = true;
          line("char *all = map(SLOT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);");
          line("fill(all);");
          line("munmap(all, SLOT_BYTES);");
        }
        if (name.contains("sealed")) {
          line("if (fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK) < 0)");
          line("  die(\"seals\");");
        }
        mapping(perms, shared(backing == Backing.MEMFD_SHARED), "fd", "0");
      }
      case FILE_PRIVATE, FILE_SHARED -> {
        makesFile = true;
        boolean filled = !details.sparse();
        fills |= filled;
        line("int fd = make_file(" + details.fileBytes() + ", " + (filled ? 1 : 0) + ");");
        if (details.readOnlyFile()) {
          line("char path[32];");
          line("snprintf(path, sizeof path, \"/proc/self/fd/%d\", fd);");
          line("if ((fd = open(path, O_RDONLY)) < 0) die(path);");
        }
        mapping(perms, shared(backing == Backing.FILE_SHARED), "fd", "0");
      }
      case PFNMAP -> {
        needsDevice = true;
        String access = perms.write() ? "O_RDWR" : "O_RDONLY";
        String sync = details.cacheable() ? "" : " | O_SYNC";
        line("int fd = open(argv[1], " + access + sync + ");");
        line("if (fd < 0) die(argv[1]);");
        mapping(perms, "MAP_SHARED", "fd", "strtoull(argv[2], NULL, 0)");
      }
      default -> throw new IllegalArgumentException("no C for " + backing);
    }
  }

  private void mapping(Perms perms, String flags, String fd, String offset) {
    line("slot = map(SLOT_BYTES, " + protection(perms) + ",");
    line("           " + flags + ", " + fd + ", " + offset + ");");
  }

  private void call(String call, String argument) {
    line("if (" + call + "(slot, SLOT_BYTES, " + argument + ") < 0) die(\"" + call + "\");");
  }

  private void line(String text) {
    before.append("  ").append(text).append('\n');
  }

  private static String shared(boolean shared) {
    return shared ? "MAP_SHARED" : "MAP_PRIVATE";
  }

  private static String protection(Perms perms) {
    if (!perms.read() && !perms.write()) {
      return "PROT_NONE";
    }
    return perms.write() ? "PROT_READ | PROT_WRITE" : "PROT_READ";
  }

  private static String advice(KvmCommand.Advice advice) {
    return switch (advice) {
      case DONTNEED -> "MADV_DONTNEED";
      case POPULATE_READ -> "22 /* POPULATE_READ */";
      case POPULATE_WRITE -> "23 /* POPULATE_WRITE */";
      case HUGEPAGE -> "MADV_HUGEPAGE";
      case NOHUGEPAGE -> "MADV_NOHUGEPAGE";
    };
  }
}
