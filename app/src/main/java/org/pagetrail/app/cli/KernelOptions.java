package org.pagetrail.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.events.ArchName;
import picocli.CommandLine.Option;

/** The options that name a kernel, the same in every subcommand. */
public final class KernelOptions {
  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      description = {
        "Architecture: arm64, arm, x86, riscv, loongarch, mips, powerpc or s390;",
        "default: the trail's, else arm64."
      })
  private @Nullable String arch;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "Kernel release whose rules apply, such as 6.1; without --fix, unfixed.")
  private @Nullable String kernel;

  @Option(
      names = "--fix",
      paramLabel = "NAME",
      description = {
        "Fixes put into that kernel, from left to right, with commas: a name, a letter or a",
        "commit of 'pagetrail rules --fixes'; a rule; a fix of your own, 'NAME: device :=",
        "EXPRESSION; ...' or @FILE (docs/judge-your-patch.md); 'none' for none.",
        "A recording of the bug keeps it only with bug-2014 in the list."
      })
  private @Nullable List<String> fixes;

  /** True if the user named a kernel or a fix. */
  public boolean isGiven() {
    return arch != null || kernel != null || fixes != null;
  }

  private static List<String> named(List<String> lists) {
    List<String> names = new ArrayList<>();
    lists.forEach(list -> names.addAll(FixNames.split(list)));
    FixNames.requireOnce(names);
    return KernelName.withoutNone(names);
  }

  /**
   * The kernel asked for, where what is not named stays as in {@code base}; a release named without
   * fixes is that release without fixes.
   */
  public KernelName over(KernelName base) {
    return new KernelName(
        arch == null ? base.arch() : ArchName.of(arch),
        kernel == null ? base.release() : kernel,
        fixes != null ? named(fixes) : kernel == null ? base.fixes() : List.of());
  }
}
