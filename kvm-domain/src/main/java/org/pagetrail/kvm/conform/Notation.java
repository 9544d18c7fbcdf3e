package org.pagetrail.kvm.conform;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.mm.HugeZeroPagemap;
import org.pagetrail.kvm.model.mm.KsmFlag;
import org.pagetrail.kvm.model.mm.ThpFlag;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** The letters of the tables. */
final class Notation {
  private static final Pattern HOST_PAGE = Pattern.compile("\\[([A-Za-z.]+)(?=\\|)");

  private final boolean showsKsm;
  private final boolean showsCacheHuge;
  private final boolean showsHugeZeroFile;

  Notation(KernelModel model) {
    this.showsKsm = model.rule(KsmFlag.class) == KsmFlag.MERGED_PAGES;
    this.showsCacheHuge = model.rule(ThpFlag.class) == ThpFlag.HUGE_PAGES;
    this.showsHugeZeroFile = model.rule(HugeZeroPagemap.class) == HugeZeroPagemap.OF_FILE;
  }

  /**
   * A recorded step without the letters that say nothing under this kernel: {@code K} of an
   * anonymous page where every one has that flag, {@code T} of a page of the page cache where every
   * large folio has it.
   */
  String telling(String step) {
    return HOST_PAGE.matcher(step).replaceAll(page -> "[" + tellingPage(page.group(1)));
  }

  private String tellingPage(String letters) {
    if (!showsKsm && letters.contains("A")) {
      return letters.replace("K", "");
    }
    return !showsCacheHuge && letters.equals("Tf") ? "f" : letters;
  }

  /** {@code [HOST|STAGE2]}. */
  String page(KvmState state, Hva hva, Gpa gpa) {
    HostPages page = state.host().pageAt(hva);
    Mapping mapping = state.host().mappingAt(hva);
    return "[" + host(page, mapping) + "|" + stage2(state.stage2().at(gpa)) + "]";
  }

  private String host(@Nullable HostPages page, @Nullable Mapping mapping) {
    if (page == null || mapping == null || mapping.backing() == Backing.PFNMAP) {
      return ".";
    }
    return switch (page.kind()) {
      case ABSENT, POISONED -> ".";
      case ZERO_PAGE -> "ZR";
      case HUGE_ZERO_PAGE -> showsHugeZeroFile ? "ZTf" : "ZT";
      case ANONYMOUS -> "A";
      case ANONYMOUS_HUGE -> "TA";
      case KSM -> showsKsm ? "AK" : "A";
      case PAGE_CACHE -> "f";
      case PAGE_CACHE_HUGE -> showsCacheHuge ? "Tf" : "f";
      case HUGETLB -> mapping.isPrivate() ? "hA" : "hf";
      case RESERVED_RAM, NOMAP_RAM, ZONE_DEVICE -> "R";
      case DEVICE, UNKNOWN -> "n";
    };
  }

  private static String stage2(@Nullable Stage2Leaves leaf) {
    if (leaf == null) {
      return "-";
    }
    String type =
        switch (leaf.memoryType()) {
          case NORMAL, NONE -> "";
          case DEVICE -> "D";
          case NORMAL_NC, UNKNOWN -> "?";
        };
    return "L"
        + leaf.level()
        + (leaf.perms().read() ? "R" : "")
        + (leaf.perms().write() ? "W" : "")
        + type
        + (leaf.perms().execute() ? "x" : "");
  }

  /** The name of an errno. */
  static String errno(int errno) {
    return switch (errno) {
      case 1 -> "EPERM";
      case 2 -> "ENOENT";
      case 4 -> "EINTR";
      case 11 -> "EAGAIN";
      case 12 -> "ENOMEM";
      case 13 -> "EACCES";
      case 14 -> "EFAULT";
      case 17 -> "EEXIST";
      case 22 -> "EINVAL";
      case 38 -> "ENOSYS";
      case 133 -> "EHWPOISON";
      default -> "E" + errno;
    };
  }

  /** What the C library says of an errno. */
  static String sentence(int errno) {
    return switch (errno) {
      case 1 -> "Operation not permitted";
      case 14 -> "Bad address";
      case 17 -> "File exists";
      case 22 -> "Invalid argument";
      default -> "errno " + errno;
    };
  }
}
