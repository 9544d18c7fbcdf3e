package org.pagetrail.traceimport.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/**
 * The records of one input that is not text. A record has the place of a line: its number, counted
 * from 1, and the byte where it begins. Memory is bounded by {@value #RECORD_BYTES_MAX} bytes a
 * record.
 */
public final class InputBytes extends InputRecords {
  /** The longest part of a record that is read at once. */
  public static final int RECORD_BYTES_MAX = 1 << 20;

  /** The kind under which a record that ends too early is counted. */
  public static final String CUT = "last record, which is cut";

  private final InputStream in;
  private final boolean compressed;
  private final ByteOrder order;
  private long offset;
  private long recordStart;

  /**
   * Records of an open stream.
   *
   * @param compressed true if the bytes come out of a decompressor, which may find them damaged
   * @param recordsMax more records than this are an {@link ImportException}
   * @param order the byte order of numbers
   */
  public InputBytes(
      String name, InputStream in, boolean compressed, long recordsMax, ByteOrder order) {
    super(name, recordsMax);
    this.in = in;
    this.compressed = compressed;
    this.order = order;
  }

  @Override
  public void begin() {
    recordStart = offset;
    super.begin();
  }

  /** Where the record was read. */
  public Source source() {
    return new Source(name, records, recordStart);
  }

  /**
   * The next bytes, or null where fewer are left or the compressed data is damaged; what is left of
   * a record is then counted.
   *
   * @throws IllegalArgumentException if more are asked for than a record may have
   */
  public @Nullable ByteBuffer next(long bytes) {
    if (bytes < 0 || bytes > RECORD_BYTES_MAX) {
      throw new IllegalArgumentException(bytes + " bytes of one record");
    }
    try {
      byte[] read = in.readNBytes((int) bytes);
      offset += read.length;
      if (read.length == bytes) {
        return ByteBuffer.wrap(read).order(order);
      }
      if (offset == recordStart) {
        records--;
      } else {
        misunderstood.add(CUT, records);
      }
    } catch (IOException e) {
      if (!compressed) {
        throw new ImportException(
            name, "not readable", Refusal.reason(e), "check the file and its disk", e);
      }
      misunderstood.add(InputLines.DAMAGED, records);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
