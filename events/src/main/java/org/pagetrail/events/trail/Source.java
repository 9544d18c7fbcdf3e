package org.pagetrail.events.trail;

/**
 * Where an observed event was read.
 *
 * @param input the input's name within the capture
 * @param line its line, counted from 1
 * @param byteOffset where that line begins in the uncompressed input
 */
public record Source(String input, long line, long byteOffset) {
  @Override
  public String toString() {
    return input + ":" + line;
  }
}
