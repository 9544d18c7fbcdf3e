package org.pagetrail.simulation.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.FixRefused;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleBook;

/** The kernels that are tried on a recording. */
public final class Candidates {
  private Candidates() {}

  /**
   * The kernel that the recording names, with each fix put in besides; every release of the
   * architecture; every release with each fix alone. A fix that is refused, or changes nothing that
   * another candidate of the release does not already do, is left out.
   *
   * @param named null if the recording names none that is known
   */
  public static List<KernelModel> of(Arch arch, @Nullable KernelModel named) {
    List<KernelModel> all = new ArrayList<>();
    if (named != null) {
      all.add(named);
    }
    List<KernelModel> releases = releases(arch, named);
    releases.forEach(kernel -> addNew(all, kernel));
    if (named != null) {
      withEachFix(all, named);
    }
    releases.forEach(kernel -> withEachFix(all, kernel));
    return all;
  }

  /** The named release stands for the one whose rules it has. */
  private static List<KernelModel> releases(Arch arch, @Nullable KernelModel named) {
    String own = named == null ? "" : Kernels.source(arch, named.release());
    return Kernels.releases(arch).stream()
        .map(release ->
            Kernels.of(arch, named != null && release.equals(own) ? named.release() : release))
        .toList();
  }

  private static void withEachFix(List<KernelModel> all, KernelModel kernel) {
    for (Fix fix : Fixes.all()) {
      addNew(all, fixed(kernel, fix));
    }
  }

  /**
   * A kernel with each fix, and with each other answer to one of these questions.
   *
   * @param questions what a recording asks of the kernel
   */
  static List<KernelModel> near(KernelModel kernel, Set<String> questions) {
    List<KernelModel> all = new ArrayList<>(List.of(kernel));
    withEachFix(all, kernel);
    Set<Rule> others = new LinkedHashSet<>();
    for (Rule rule : kernel.rules()) {
      if (rule instanceof Enum<?>) {
        others.addAll(RuleBook.alternatives(rule));
      }
    }
    for (Rule rule : others) {
      KernelModel changed = rule.isUnknown() ? null : fixed(kernel, Fixes.named(rule.id()));
      if (changed != null && !changed.differences(kernel, questions).isEmpty()) {
        addNew(all, changed);
      }
    }
    all.removeFirst();
    return all;
  }

  private static @Nullable KernelModel fixed(KernelModel kernel, Fix fix) {
    try {
      return fix.name().equals("none") ? kernel : fix.applyTo(kernel);
    } catch (FixRefused refused) {
      return null;
    }
  }

  private static void addNew(List<KernelModel> all, @Nullable KernelModel kernel) {
    if (kernel != null
        && all.stream()
            .noneMatch(other ->
                other.release().equals(kernel.release())
                    && List.copyOf(other.rules()).equals(List.copyOf(kernel.rules())))) {
      all.add(kernel);
    }
  }
}
