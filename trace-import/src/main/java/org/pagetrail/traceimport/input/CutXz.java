package org.pagetrail.traceimport.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The content of an .xz file, also of one that was cut. The decoder wants a whole chunk of up to 64
 * KiB before it gives any of its bytes; where the file ends in the middle of one, we give those
 * bytes that come out whatever may have followed, and fail after them.
 *
 * <p>A range coder that decodes the same whether zeros or ones follow for ever has not needed what
 * follows. By accident it may still decode the same for some bits more; so both are tried on a file
 * that is shorter by {@value #MARGIN_BYTES} bytes, and compared with what these bytes really say.
 */
final class CutXz extends InputStream {
  /** Longer than a chunk, and finite, so that no decoder reads it for ever. */
  private static final int PADDING_BYTES = 1 << 17;

  /** The content of one chunk at most. */
  private static final int CHUNK_BYTES_MAX = 1 << 21;

  /** Many more bits than zeros and ones agree on by accident. */
  private static final int MARGIN_BYTES = 16;

  private final Supplier<InputStream> file;
  private final long fileBytes;
  private final int kibibytesMax;
  private final InputStream raw;
  private @Nullable InputStream decoder;
  private @Nullable IOException damage;
  private InputStream tail = InputStream.nullInputStream();
  private long given;

  /**
   * The content of a file.
   *
   * @param file opens the file from its start
   * @param fileBytes how long the file is
   * @param kibibytesMax what the decoder may take of memory
   */
  CutXz(Supplier<InputStream> file, long fileBytes, int kibibytesMax) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.kibibytesMax = kibibytesMax;
    this.raw = file.get();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (damage == null) {
      try {
        if (decoder == null) {
          decoder = new XZInputStream(raw, kibibytesMax);
        }
        int count = decoder.read(bytes, start, length);
        given += Math.max(0, count);
        return count;
      } catch (EOFException e) {
        damage = e;
        tail = new ByteArrayInputStream(determined());
      } catch (IOException e) {
        damage = e;
      }
    }
    int count = tail.read(bytes, start, length);
    if (count <= 0 && length > 0) {
      throw damage;
    }
    return count;
  }

  /** The bytes behind those that were given that do not depend on what was cut off. */
  private byte[] determined() {
    ByteArrayOutputStream same = new ByteArrayOutputStream();
    long shorter = Math.max(0, fileBytes - MARGIN_BYTES);
    try (InputStream zeros = padded(shorter, 0);
        InputStream ones = padded(shorter, 0xff);
        InputStream whole = padded(fileBytes, 0)) {
      zeros.skipNBytes(given);
      ones.skipNBytes(given);
      whole.skipNBytes(given);
      int next = whole.read();
      while (next >= 0
          && next == zeros.read()
          && next == ones.read()
          && same.size() < CHUNK_BYTES_MAX) {
        same.write(next);
        next = whole.read();
      }
    } catch (IOException e) {
      // From here on the padding alone decides.
    }
    return same.toByteArray();
  }

  private InputStream padded(long bytes, int filler) throws IOException {
    byte[] padding = new byte[PADDING_BYTES];
    Arrays.fill(padding, (byte) filler);
    InputStream whole =
        new SequenceInputStream(
            new FirstBytes(file.get(), bytes), new ByteArrayInputStream(padding));
    try {
      return new XZInputStream(whole, kibibytesMax);
    } catch (IOException e) {
      whole.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  /** The beginning of a stream. */
  private static final class FirstBytes extends FilterInputStream {
    private long left;

    FirstBytes(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? in.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      int count = left > 0 ? in.read(bytes, start, (int) Math.min(left, length)) : -1;
      left -= Math.max(0, count);
      return count;
    }
  }
}
