package org.pagetrail.traceimport.capture;

import org.pagetrail.traceimport.input.SeekableInput;

/** Reads inputs at any place that tell what happened, one record at a time in the order of time. */
public interface SeekingHappeningReader extends SeekingReader {

  /** Who tells it. */
  Teller teller();

  /** Begins to read; what is not understood is counted in {@code in}. */
  Happenings open(SeekableInput in, Capture capture);

  @Override
  default void read(SeekableInput in, Capture capture) {
    capture.addAll(in.name(), teller(), open(in, capture));
  }
}
