package org.pagetrail.traceimport.capture;

import java.util.List;
import org.pagetrail.traceimport.input.InputLines;

/** Reads the inputs of one format. A new format is a new package and one line in the registry. */
public interface CaptureReader {

  /** The format's name, as {@code InputRead} states it. */
  String format();

  /** True if an input that begins with these lines has this format; the name is a last resort. */
  boolean recognises(String name, List<String> head);

  /** False if the format is known, and nothing of it is of use for a trail. */
  default boolean isUsed() {
    return true;
  }

  /** False if a capture lacks nothing without it, because other inputs tell the same. */
  default boolean isMissed() {
    return isUsed();
  }

  /** Reads all lines; what is not understood is counted there. */
  void read(InputLines lines, Capture capture);
}
