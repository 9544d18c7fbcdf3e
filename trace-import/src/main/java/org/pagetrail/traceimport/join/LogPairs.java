package org.pagetrail.traceimport.join;

import java.util.Arrays;

/**
 * Which line of QEMU's log belongs to which line of the kernel's trace, and the order that follows.
 * Lines are named by their index in their log, {@link CallNesting#NONE} stands for no line.
 */
public final class LogPairs {
  private final int[] exitOf;
  private final int[] memslotOf;
  private final int[] afterKernel;
  private final int[] afterQemu;
  private int exitsPaired;
  private int memslotsPaired;

  LogPairs(int kernelLines, int qemuLines) {
    exitOf = filled(qemuLines);
    memslotOf = filled(qemuLines);
    afterKernel = filled(qemuLines);
    afterQemu = filled(kernelLines);
  }

  private static int[] filled(int length) {
    int[] array = new int[length];
    Arrays.fill(array, CallNesting.NONE);
    return array;
  }

  /** The kvm_mmio line of the exit that QEMU serves at this line of its log. */
  public int exitOf(int qemuLine) {
    return exitOf[qemuLine];
  }

  /** The call of the ioctl that this line of QEMU's log reports. */
  public int memslotOf(int qemuLine) {
    return memslotOf[qemuLine];
  }

  /** How many lines of QEMU's log belong to an MMIO exit. */
  public int exitsPaired() {
    return exitsPaired;
  }

  /** How many memslot requests have their ioctl. */
  public int memslotsPaired() {
    return memslotsPaired;
  }

  /** The last kernel line that must stand before this line of QEMU's log. */
  int afterKernel(int qemuLine) {
    return afterKernel[qemuLine];
  }

  /** The last line of QEMU's log that must stand before this kernel line. */
  int afterQemu(int kernelLine) {
    return afterQemu[kernelLine];
  }

  void pairExit(int qemuLine, int mmioLine) {
    exitOf[qemuLine] = mmioLine;
    exitsPaired++;
  }

  void pairMemslot(int qemuLine, int call) {
    memslotOf[qemuLine] = call;
    memslotsPaired++;
  }

  void qemuFollows(int qemuLine, int kernelLine) {
    afterKernel[qemuLine] = Math.max(afterKernel[qemuLine], kernelLine);
  }

  void kernelFollows(int kernelLine, int qemuLine) {
    afterQemu[kernelLine] = Math.max(afterQemu[kernelLine], qemuLine);
  }
}
