package org.pagetrail.traceimport.capture;

import org.pagetrail.traceimport.input.InputLines;

/** Reads texts of any length that tell what happened, one line at a time. */
public interface HappeningReader extends CaptureReader {

  /** Who tells it. */
  Teller teller();

  /** Begins to read; what is not understood is counted in {@code lines}. */
  Happenings open(InputLines lines, Capture capture);

  @Override
  default void read(InputLines lines, Capture capture) {
    capture.addAll(lines.name(), teller(), open(lines, capture));
  }
}
