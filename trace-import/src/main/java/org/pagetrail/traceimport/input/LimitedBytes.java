package org.pagetrail.traceimport.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that may not give more than a number of bytes, so that a small file stays small. */
final class LimitedBytes extends FilterInputStream {
  private final String name;
  private final long bytesMax;
  private long given;

  LimitedBytes(String name, InputStream in, long bytesMax) {
    super(in);
    this.name = name;
    this.bytesMax = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    int more = in.read(bytes, start, length);
    count(more);
    return more;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = in.skip(bytes);
    count(skipped);
    return skipped;
  }

  private void count(long more) {
    given += Math.max(0, more);
    if (given > bytesMax) {
      throw new ImportException(
          name,
          "input too large",
          "it unpacks to more than " + bytesMax + " bytes",
          "cut the trace, or raise the limit on bytes");
    }
  }
}
