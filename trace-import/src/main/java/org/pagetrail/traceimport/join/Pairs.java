package org.pagetrail.traceimport.join;

import java.util.Iterator;
import java.util.List;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.join.ClockJoin.Window;
import org.pagetrail.traceimport.join.LogWindow.Entry;

/** Which lines of QEMU's log and of the kernel's trace belong together, found as both are read. */
final class Pairs implements KernelWindow.Listener {
  private final KernelWindow trace;
  private final MmioPairs exits;
  private final MemslotPairs memslots;

  Pairs(Clocks clocks, KernelWindow trace, TraceFacts facts) {
    this.trace = trace;
    exits = new MmioPairs(clocks, trace, facts);
    memslots = new MemslotPairs(clocks, trace);
    trace.listen(this);
  }

  @Override
  public void read(long index, KernelLine line, boolean isOpen) {
    exits.read(index, line);
    memslots.read(index, line, isOpen);
  }

  @Override
  public void returned(long call, KernelLine called, long ret, KernelLine line) {
    memslots.returned(call, called, ret, line);
  }

  /** Pairs the next line of QEMU's log. */
  void pair(Entry entry) {
    memslots.pair(entry);
    exits.pair(entry);
  }

  /** No line of QEMU's log is left, so what waits for one is forgotten. */
  void end() {
    trace.listen(null);
    exits.forget();
    memslots.forget();
  }

  /** How many lines of QEMU's log have their counterpart. */
  int count() {
    return exits.paired() + memslots.paired();
  }

  /**
   * What pairs of two beginnings say about the clocks.
   *
   * @param count how many lines of QEMU's log have their counterpart
   */
  record Survey(int count, Window window) {

    /** Pairs all lines. */
    static Survey of(List<KernelLine> lines, List<QemuLine> log, TraceFacts facts, Clocks clocks) {
      KernelWindow trace = new KernelWindow(Lines.of(lines), facts, lines.size() + 1);
      Pairs pairs = new Pairs(clocks, trace, facts);
      while (trace.read()) {
        // Reading is all it takes.
      }
      LogWindow window = new LogWindow(Lines.of(log), log.size() + 1);
      while (window.read()) {
        // Reading is all it takes.
      }
      window.iterator().forEachRemaining(pairs::pair);
      return new Survey(pairs.count(), window(trace, window, log));
    }

    private static Window window(KernelWindow trace, LogWindow entries, List<QemuLine> log) {
      Window window = Window.OPEN;
      for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
        Entry entry = each.next();
        Long qemu = entry.line().timeNanos();
        long before = entry.afterKernel();
        Long kernel = before == KernelWindow.NONE ? null : trace.line(before).timeNanos();
        if (qemu != null && kernel != null) {
          window = window.after(qemu, kernel);
        }
      }
      for (long k = 0; k < trace.end(); k++) {
        long before = trace.afterLog(k);
        Long qemu = before == KernelWindow.NONE ? null : log.get((int) before).timeNanos();
        Long kernel = trace.line(k).timeNanos();
        if (qemu != null && kernel != null) {
          window = window.before(qemu, kernel);
        }
      }
      return window;
    }
  }
}
