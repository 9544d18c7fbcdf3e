package org.pagetrail.traceimport.capture;

import org.pagetrail.traceimport.input.InputBytes;

/** Reads binary inputs of any length that tell what happened, one record at a time. */
public interface BinaryHappeningReader extends BinaryReader {

  /** Who tells it. */
  Teller teller();

  /** Begins to read; what is not understood is counted in {@code in}. */
  Happenings open(InputBytes in, Capture capture);

  @Override
  default void read(InputBytes in, Capture capture) {
    capture.addAll(in.name(), teller(), open(in, capture));
  }
}
