package org.pagetrail.traceimport.capture;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an input says that happened, read as it is asked for. */
@FunctionalInterface
public interface Happenings {
  /** The next in the order of the input, or null at its end. */
  @Nullable Happening next();

  /** Those that are known already, of the kernel and of QEMU, in the order of their lines. */
  static Happenings of(List<KernelLine> kernel, List<QemuLine> qemu) {
    return new Happenings() {
      private final Iterator<KernelLine> kernelLines = kernel.iterator();
      private final Iterator<QemuLine> qemuLines = qemu.iterator();
      private @Nullable KernelLine nextKernel = step(kernelLines);
      private @Nullable QemuLine nextQemu = step(qemuLines);

      @Override
      public @Nullable Happening next() {
        KernelLine ofKernel = nextKernel;
        QemuLine ofQemu = nextQemu;
        if (ofQemu != null
            && (ofKernel == null || ofQemu.source().line() < ofKernel.source().line())) {
          nextQemu = step(qemuLines);
          return ofQemu;
        }
        nextKernel = step(kernelLines);
        return ofKernel;
      }
    };
  }

  private static <T> @Nullable T step(Iterator<T> of) {
    return of.hasNext() ? of.next() : null;
  }
}
