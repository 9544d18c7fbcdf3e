package org.pagetrail.traceimport.capture;

import org.pagetrail.traceimport.input.InputBytes;

/** Reads the inputs of one format that is not text. */
public interface BinaryReader {

  /** The format's name, as {@code InputRead} states it. */
  String format();

  /** True if an input that begins with these bytes has this format. */
  boolean recognises(byte[] head);

  /** Reads all records; what is not understood is counted there. */
  void read(InputBytes in, Capture capture);
}
