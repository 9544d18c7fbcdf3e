package org.pagetrail.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.ArchName;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Fixes;

/**
 * The kernel and the host that a table was recorded on, read off the names of its folder and file,
 * such as {@code arm64-6.1-bug2014/kvmtab-thpmadvise.table.txt}.
 *
 * @param kernel the kernel
 * @param host what the kernel does not say
 * @param unknown words of the folder's name that say nothing to us
 */
record TableHost(KernelName kernel, RecordedHost host, List<String> unknown) {
  private static final Pattern FOLDER =
      Pattern.compile(
          "([a-z0-9_]+)" + "-v?(\\d+\\.\\d+)(?:\\.\\d+)?(-rc)?\\d*((?:[-+][a-z0-9_.]+)*)");
  private static final Pattern BETWEEN = Pattern.compile("[-+]");

  /** Distributions and builds that change no rule. */
  private static final List<String> UNCHANGED = List.of("stock", "debian", "vanilla", "mainline");

  /** The processor's own nested paging is off. */
  private static final List<String> NOT_NESTED = List.of("npt0", "nonpt", "ept0", "noept");

  /**
   * The processor walks the tables, but KVM keeps them as it keeps shadow pages: blocks are then
   * not split when logging begins (kvm_mmu_try_split_huge_pages, 6.1).
   */
  private static final List<String> NO_TDP_MMU = List.of("tdpmmu0", "tdp_mmu0", "notdpmmu");

  private static final String NOT_SPLIT = "x86/dirty-log/no-eager-split";

  /** What may stand before a fix's letter. */
  private static final String FIX = "fix";

  /** The fixes that were tried for the bug; a kernel that was recorded with one has the bug too. */
  private static final List<String> LETTERS_OF_THE_BUG = List.of("a", "b", "c", "d", "e");

  private static final String BUG = "bug-2014";

  /** No fix's name has more words. */
  private static final int FIX_WORDS_MAX = 6;

  /** What holds where neither the folder nor the user says anything. */
  private static final KernelName UNNAMED = new KernelName("arm64", "6.1", List.of());

  /** Copies the list. */
  TableHost {
    unknown = List.copyOf(unknown);
  }

  /**
   * Reads the names.
   *
   * @param asked what the user says of the kernel; it goes before the folder's name
   */
  static TableHost of(Path table, KernelOptions asked) {
    Path folder = table.toAbsolutePath().getParent();
    String name = folder == null ? "" : String.valueOf(folder.getFileName());
    Matcher matcher = FOLDER.matcher(name.toLowerCase(Locale.ROOT));
    boolean named = matcher.matches() && Arch.named(matcher.group(1)).isPresent();
    if (!named && !asked.isGiven()) {
      throw new Trouble(
          Printable.of(table.toString())
              + ": the folder's name does not say which kernel the table comes from",
          "name it with --arch, --kernel and --fix, or the folder ARCH-RELEASE-FIX");
    }
    String[] words = (name + "-" + table.getFileName()).toLowerCase(Locale.ROOT).split("[-+.]", -1);
    List<String> fixes = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    if (named) {
      Arch arch = Arch.named(matcher.group(1)).orElseThrow();
      readWords(arch, List.of(BETWEEN.split(matcher.group(4), -1)), fixes, unknown);
      if (!fixes.contains(BUG) && fixes.stream().anyMatch(TableHost::isForTheBug)) {
        fixes.addFirst(BUG);
      }
    }
    KernelName kernel = asked.over(named ? nameOf(matcher, fixes) : UNNAMED);
    boolean fixesGiven = !kernel.fixes().equals(fixes);
    return new TableHost(kernel, hostOf(kernel, List.of(words)), fixesGiven ? List.of() : unknown);
  }

  private static boolean isForTheBug(String fix) {
    String letter = Fixes.letterOf(Fixes.named(fix));
    return letter != null && LETTERS_OF_THE_BUG.contains(letter);
  }

  private static KernelName nameOf(Matcher folder, List<String> fixes) {
    String candidate = folder.group(3) == null ? "" : folder.group(3);
    return new KernelName(ArchName.of(folder.group(1)), folder.group(2) + candidate, fixes);
  }

  /** A fix's name may have hyphens of its own, so the most words that name one are taken first. */
  private static void readWords(
      Arch arch, List<String> words, List<String> fixes, List<String> unknown) {
    int next = 0;
    while (next < words.size()) {
      int taken = FIX_WORDS_MAX;
      Fix fix = null;
      while (fix == null && taken > 0) {
        int end = Math.min(words.size(), next + taken);
        fix = fixOf(String.join("-", words.subList(next, end)));
        taken = fix == null ? taken - 1 : end - next;
      }
      String word = words.get(next);
      if (fix != null && (!fix.name().equals(NOT_SPLIT) || arch == Arch.X86)) {
        fixes.add(fix.name());
      } else if (!word.isEmpty() && !UNCHANGED.contains(word) && !isHostWord(word)) {
        unknown.add(word);
      }
      next += Math.max(taken, 1);
    }
  }

  /** The fix that words name, {@code fix-a} and {@code fixa} too. */
  private static @Nullable Fix fixOf(String words) {
    Fix fix = named(NO_TDP_MMU.contains(words) ? NOT_SPLIT : words);
    return fix != null || !words.startsWith(FIX)
        ? fix
        : named(words.substring(FIX.length()).replaceFirst("^[-_]", ""));
  }

  private static @Nullable Fix named(String words) {
    for (Fix fix : Fixes.all()) {
      if (fix.name().replace("-", "").equals(words.replace("-", "").replace("_", ""))) {
        return fix;
      }
    }
    try {
      return words.isEmpty() ? null : Fixes.named(words);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isHostWord(String word) {
    return switch (word) {
      case "fwb", "dic", "npt", "ept", "shadow", "radix", "hash", "nothp" -> true;
      default -> word.startsWith("thp") || NOT_NESTED.contains(word);
    };
  }

  private static RecordedHost hostOf(KernelName kernel, List<String> words) {
    ThpMode mode =
        words.contains("thpalways")
            ? ThpMode.ALWAYS
            : words.contains("thpnever") ? ThpMode.NEVER : ThpMode.MADVISE;
    RecordedHost host =
        RecordedHost.of(arch(kernel), mode)
            .withDic(words.contains("dic"))
            .withFwb(words.contains("fwb"));
    if (words.stream().anyMatch(NOT_NESTED::contains)) {
      host = host.with(Paging.SHADOW);
    }
    for (Paging paging : Paging.values()) {
      if (words.contains(paging.name().toLowerCase(Locale.ROOT))) {
        host = host.with(paging);
      }
    }
    return host;
  }

  private static Arch arch(KernelName kernel) {
    try {
      return Arch.of(kernel.arch());
    } catch (IllegalArgumentException e) {
      throw new Trouble(String.valueOf(e.getMessage()), "give --arch");
    }
  }
}
