package org.pagetrail.traceimport.ftrace;

import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelFact.Marker;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.qemulog.QemuEvents;

/** Events that QEMU's {@code ftrace} backend writes into the kernel's trace as markers. */
public final class MarkedEvents {
  /** Since 3.0 the flash has an event of this name; a marker of one common word is none. */
  private static final String AMBIGUOUS = "reset";

  private MarkedEvents() {}

  /** The event of QEMU that a line is, or null for anything else, numbers out of range included. */
  public static @Nullable QemuLine ofQemu(KernelLine line) {
    if (!(line.fact() instanceof Marker marker)) {
      return null;
    }
    String text = marker.text();
    int space = text.indexOf(' ');
    String event = space < 0 ? text : text.substring(0, space);
    String arguments = space < 0 ? "" : text.substring(space + 1);
    if (event.equals(AMBIGUOUS) || !QemuEvents.isKnown(event, arguments)) {
      return null;
    }
    QemuEvents.Parsed parsed = parsed(event, arguments);
    return parsed == null
        ? null
        : new QemuLine(
            line.source(),
            line.timeNanos(),
            line.thread(),
            parsed.vcpu(),
            parsed.opensRead(),
            parsed.event());
  }

  private static QemuEvents.@Nullable Parsed parsed(String event, String arguments) {
    try {
      return QemuEvents.parse(event, arguments);
    } catch (IllegalArgumentException | ArithmeticException outOfRange) {
      return null;
    }
  }
}
