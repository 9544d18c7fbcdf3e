package org.pagetrail.traceimport.tracedat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.input.SeekableInput;

/** The pages of one processor's ring buffer, one after the other. */
final class Pages {
  /** Chunks of ten pages are usual. */
  private static final int CHUNK_BYTES_MAX = 16 << 20;

  private final SeekableInput in;
  private final Layout.CpuData data;
  private final Part part;
  private final long end;
  private int chunksLeft;
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private long chunkOffset;
  private boolean begun;

  Pages(SeekableInput in, Layout.CpuData data) throws Damaged {
    if (data.offset() < 0 || data.bytes() < 0 || data.offset() > Long.MAX_VALUE - data.bytes()) {
      throw new Damaged("place that no file has");
    }
    this.in = in;
    this.data = data;
    this.part = Part.of(in, data.offset());
    this.end = data.offset() + data.bytes();
  }

  /** Where the page that was read last is in the file, or the compressed chunk that it is in. */
  long offset() {
    return chunkOffset;
  }

  /** The next page, or null after the last. */
  @Nullable ByteBuffer next() throws Damaged {
    if (data.bytes() == 0) {
      return null;
    }
    if (data.compression() == Compression.NONE) {
      chunkOffset = part.offset();
      long left = Math.min(data.pageBytes(), end - chunkOffset);
      long least = data.cut() ? PageHeader.BYTES_MIN : data.pageBytes();
      return left < least ? null : part.bytes(left);
    }
    if (!begun) {
      begun = true;
      chunksLeft = part.number32();
    }
    while (chunk.remaining() < data.pageBytes()) {
      if (chunksLeft-- <= 0) {
        return null;
      }
      chunkOffset = part.offset();
      chunk = data.compression().unpacked(part, in);
      if (chunk.remaining() > CHUNK_BYTES_MAX) {
        throw new Damaged("chunk that is too large");
      }
    }
    ByteBuffer page = chunk.slice(chunk.position(), data.pageBytes()).order(chunk.order());
    chunk.position(chunk.position() + data.pageBytes());
    return page;
  }
}
