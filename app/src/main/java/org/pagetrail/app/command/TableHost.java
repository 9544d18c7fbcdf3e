package org.pagetrail.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.host.HostName;
import org.pagetrail.events.host.HostWord;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.FolderFixes;

/**
 * The kernel and the host that a table was recorded on, read off the names of its folder and file,
 * such as {@code arm64-6.1-bug2014/kvmtab-thpmadvise.table.txt}.
 *
 * @param kernel the kernel
 * @param host what the kernel does not say
 * @param unknown words of the folder's name that say nothing to us
 */
record TableHost(KernelName kernel, RecordedHost host, List<String> unknown) {
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
    HostName host = HostName.of(name, FolderFixes.KNOWN);
    KernelName ofFolder = UNNAMED;
    boolean isNamed = false;
    if (host.arch() != null && host.release() != null) {
      ofFolder = new KernelName(host.arch(), host.release(), host.fixes());
      isNamed = true;
    } else if (!asked.isGiven()) {
      throw new Trouble(
          Printable.of(table.toString())
              + ": the folder's name does not say which kernel the table comes from",
          "name it with --arch, --kernel and --fix, or the folder ARCH-RELEASE-FIX");
    }
    KernelName kernel = asked.over(ofFolder);
    boolean fixesGiven = !kernel.fixes().equals(ofFolder.fixes());
    List<HostWord> words = new ArrayList<>(host.words());
    words.addAll(
        HostName.settings(
            kernel.arch(), Arrays.stream(String.valueOf(table.getFileName()).split("[-+.]", -1))));
    return new TableHost(
        withRules(kernel, host.rules()),
        hostOf(kernel, words),
        isNamed && !fixesGiven ? host.unknown() : List.of());
  }

  /** What the host makes of any kernel; {@code --fix} does not change the host. */
  private static KernelName withRules(KernelName kernel, List<String> rules) {
    List<String> fixes = new ArrayList<>(kernel.fixes());
    rules.stream().filter(rule -> !fixes.contains(rule)).forEach(fixes::add);
    return new KernelName(kernel.arch(), kernel.release(), fixes);
  }

  /** What the file's name says goes before what the folder's says. */
  private static RecordedHost hostOf(KernelName kernel, List<HostWord> words) {
    RecordedHost host = RecordedHost.of(arch(kernel), ThpMode.MADVISE);
    for (HostWord word : words) {
      host =
          switch (word) {
            case THP_ALWAYS -> host.with(ThpMode.ALWAYS);
            case THP_MADVISE -> host.with(ThpMode.MADVISE);
            case THP_NEVER -> host.with(ThpMode.NEVER);
            case DIC -> host.withDic(true);
            case FWB -> host.withFwb(true);
            case NPT -> host.with(Paging.NPT);
            case EPT -> host.with(Paging.EPT);
            case SHADOW -> host.with(Paging.SHADOW);
            case RADIX -> host.with(Paging.RADIX);
            case HASH -> host.with(Paging.HASH);
            case NO_TDP_MMU -> host;
          };
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
