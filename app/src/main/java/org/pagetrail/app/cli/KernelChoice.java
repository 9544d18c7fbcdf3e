package org.pagetrail.app.cli;

import java.io.PrintWriter;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.FixRefused;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** Turns a kernel's name into its rules. */
public final class KernelChoice {
  private KernelChoice() {}

  /**
   * The rules of a named kernel.
   *
   * @throws Trouble if there is no such kernel or fix, or a fix does not apply to it
   */
  public static KernelModel of(KernelName name) {
    try {
      KernelModel kernel = Kernels.of(Arch.of(name.arch()), name.release());
      return Fixes.apply(kernel, name.fixes().stream().map(FixNames::fix).toList());
    } catch (FixRefused refused) {
      throw new Trouble(
          String.valueOf(refused.getMessage()), "leave the fix out, or choose another kernel");
    } catch (IllegalArgumentException unknown) {
      throw new Trouble(
          String.valueOf(unknown.getMessage()),
          "'pagetrail rules --kernels' lists kernels, 'pagetrail rules --fixes' lists fixes");
    }
  }

  /** Tells, on a stream for remarks, from which other release a kernel has its rules, if so. */
  public static void tellOrigin(KernelName name, PrintWriter err) {
    try {
      String origin = Kernels.origin(Arch.of(name.arch()), name.release());
      if (origin != null) {
        err.println("pagetrail: " + origin);
      }
    } catch (IllegalArgumentException unknown) {
      // Whoever asks for its rules is told.
    }
  }
}
