package org.pagetrail.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Where the bytes of a trail are: a file, or in tests a disk that fails. */
interface Storage extends Closeable {
  /** How many bytes there are. */
  long size() throws IOException;

  /** All bytes as they are now; what is written behind them later is not seen. */
  MemorySegment view() throws IOException;

  /** Writes all the bytes at an offset. */
  void write(long offset, ByteBuffer bytes) throws IOException;

  /** Returns when everything written so far is on disk. */
  void force() throws IOException;

  /** Drops what lies after an offset. */
  void truncate(long size) throws IOException;
}
