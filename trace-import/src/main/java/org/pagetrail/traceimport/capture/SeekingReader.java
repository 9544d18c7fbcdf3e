package org.pagetrail.traceimport.capture;

import org.pagetrail.traceimport.input.SeekableInput;

/** Reads the inputs of one format whose parts are not in the order in which they are needed. */
public interface SeekingReader {

  /** The format's name, as {@code InputRead} states it. */
  String format();

  /** True if an input that begins with these bytes has this format. */
  boolean recognises(byte[] head);

  /** Reads all records; what is not understood is counted there. */
  void read(SeekableInput in, Capture capture);
}
