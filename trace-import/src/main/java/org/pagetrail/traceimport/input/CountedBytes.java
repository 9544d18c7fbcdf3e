package org.pagetrail.traceimport.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that tells how much of it was read. */
final class CountedBytes extends FilterInputStream {
  private final LongConsumer read;

  CountedBytes(InputStream in, LongConsumer read) {
    super(in);
    this.read = read;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    read.accept(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    int more = in.read(bytes, start, length);
    read.accept(Math.max(0, more));
    return more;
  }
}
