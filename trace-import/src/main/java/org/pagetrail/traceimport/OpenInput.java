package org.pagetrail.traceimport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.join.Lines;

/**
 * An input that tells what happened, read as far as was asked for. Its beginning is read as soon as
 * anybody asks what it says, so that what all inputs together say about clocks and threads is known
 * before the first event.
 */
final class OpenInput {
  /** How many lines are its beginning. */
  static final int BEGINNING = 1 << 16;

  /**
   * How many are read at once: of many inputs that become one, all beginnings would be too much.
   */
  private static final int FIRST_LINES = 1 << 10;

  private final String name;
  private final Teller teller;
  private final long bytes;
  private final Happenings happenings;
  private final Deque<KernelLine> kernel = new ArrayDeque<>();
  private final Deque<QemuLine> qemu = new ArrayDeque<>();
  private boolean isKernelUsed = true;
  private boolean isQemuUsed = true;
  private long kernelLines;
  private long qemuLines;
  private @Nullable Long firstNanos;
  private @Nullable Long lastNanos;
  private boolean ended;

  /** What is known as a whole. */
  OpenInput(String name, Teller teller, Happenings happenings) {
    this(name, teller, 0, happenings);
  }

  /**
   * Reads the first lines.
   *
   * @param bytes how large the file is
   */
  OpenInput(String name, Teller teller, long bytes, Happenings happenings) {
    this.bytes = bytes;
    this.name = name;
    this.teller = teller;
    this.happenings = happenings;
    read(FIRST_LINES);
  }

  private void read(int lines) {
    while (!ended && kernelLines + qemuLines < lines) {
      read();
    }
  }

  String name() {
    return name;
  }

  long bytes() {
    return bytes;
  }

  Teller teller() {
    return teller;
  }

  /** True if nothing follows the beginning, or what was read. */
  boolean isEnded() {
    read(BEGINNING);
    return ended;
  }

  /** True if it told anything, as far as it was read. */
  boolean isTelling() {
    return kernelLines + qemuLines > 0;
  }

  /** True if QEMU wrote into it, as far as its beginning tells. */
  boolean hasQemuLines() {
    read(BEGINNING);
    return qemuLines > 0;
  }

  /** The first time of a line; null if no line that was read has one. */
  @Nullable Long firstNanos() {
    if (firstNanos == null) {
      read(BEGINNING);
    }
    return firstNanos;
  }

  /** The last time of a line that was read. */
  @Nullable Long lastNanos() {
    read(BEGINNING);
    return lastNanos;
  }

  /** Takes the next line, be it of the kernel or of QEMU; null at the end. */
  @Nullable Happening nextOfAny() {
    while (kernel.isEmpty() && qemu.isEmpty() && !ended) {
      read();
    }
    KernelLine ofKernel = kernel.peek();
    QemuLine ofQemu = qemu.peek();
    boolean qemuIsNext = ofQemu != null && (ofKernel == null || ofQemu.isBefore(ofKernel));
    return qemuIsNext ? qemu.poll() : kernel.poll();
  }

  /** How many lines of a kind were read so far. */
  long count(Teller of) {
    read(BEGINNING);
    return of == Teller.QEMU ? qemuLines : kernelLines;
  }

  /** The lines of the kernel or of system calls that wait to be taken. */
  List<KernelLine> kernelBeginning() {
    read(BEGINNING);
    return List.copyOf(kernel);
  }

  /** The lines of QEMU that wait to be taken. */
  List<QemuLine> qemuBeginning() {
    read(BEGINNING);
    return List.copyOf(qemu);
  }

  /** Says which of its lines will be taken; the others are dropped. */
  void use(boolean ofKernel, boolean ofQemu) {
    isKernelUsed = ofKernel;
    isQemuUsed = ofQemu;
    if (!ofKernel) {
      kernel.clear();
    }
    if (!ofQemu) {
      qemu.clear();
    }
  }

  /** The lines of the kernel or of system calls; none for now where only QEMU writes. */
  Lines<KernelLine> kernelLines() {
    return new Lines<>() {
      @Override
      public @Nullable KernelLine next() {
        while (kernel.isEmpty() && !ended && qemu.size() < BEGINNING) {
          read();
        }
        return kernel.poll();
      }

      @Override
      public boolean isEnded() {
        return ended && kernel.isEmpty();
      }
    };
  }

  /** The next line of QEMU, null at the end. */
  @Nullable QemuLine nextQemu() {
    while (qemu.isEmpty() && !ended) {
      read();
    }
    return qemu.poll();
  }

  /** The next line of QEMU among those that were read on the way to a line of the kernel. */
  @Nullable QemuLine qemuBeside() {
    return qemu.poll();
  }

  /** Reads what is left, to know what it holds. */
  void readToEnd() {
    use(false, false);
    while (!ended) {
      read();
    }
  }

  private void read() {
    Happening next = happenings.next();
    Long time = next == null ? null : next.timeNanos();
    if (time != null) {
      firstNanos = firstNanos == null ? time : firstNanos;
      lastNanos = time;
    }
    switch (next) {
      case null -> ended = true;
      case KernelLine line -> {
        kernelLines++;
        if (isKernelUsed) {
          kernel.add(line);
        }
      }
      case QemuLine line -> {
        qemuLines++;
        if (isQemuUsed) {
          qemu.add(line);
        }
      }
    }
  }
}
