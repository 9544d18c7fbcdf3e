package org.pagetrail.app.cli;

import picocli.CommandLine.Option;

/** The two kernels that a command compares. */
public final class TwoSides {
  @Option(
      names = "--left",
      required = true,
      paramLabel = "KERNEL[,FIX...]",
      description = {
        "A release, with fixes put in from left to right, or fixes alone, of --kernel or of the",
        "recording's; 'none' for none."
      })
  private String left = "";

  @Option(
      names = "--right",
      required = true,
      paramLabel = "KERNEL[,FIX...]",
      description = "What it is compared with.")
  private String right = "";

  /**
   * The left kernel.
   *
   * @param base architecture, and the release of a side that names none
   */
  public KernelSide left(KernelName base) {
    return KernelSide.of(left, base);
  }

  /** The right kernel. */
  public KernelSide right(KernelName base) {
    return KernelSide.of(right, base);
  }
}
