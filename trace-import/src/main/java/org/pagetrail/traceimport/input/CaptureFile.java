package org.pagetrail.traceimport.input;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * A file of a capture, compressed or not; how it is compressed is told from its first bytes. It is
 * opened more than once, so that a pipe would lose its beginning: what is no regular file is
 * refused.
 *
 * @param name what messages and sources call it
 * @param path where it is
 * @param bytesMax how many bytes it may unpack to
 */
public record CaptureFile(String name, Path path, long bytesMax) {
  /** What a decompressor may take, so that a small file cannot ask for all memory. */
  private static final int DECOMPRESSOR_KIBIBYTES_MAX = 256 << 10;

  /** The same for zstd, whose memory is its window: log2 of its bytes. */
  private static final int ZSTD_WINDOW_LOG_MAX = 27;

  private static final int HEAD_BYTES = 1 << 16;

  /** Opens a compressed stream; some decompressors read, and fail, as soon as they are made. */
  private interface Decompressor {
    InputStream over(InputStream compressed) throws IOException;
  }

  /**
   * The first bytes, by which the format is recognised.
   *
   * @throws ImportException if it cannot be read, or is packed twice
   */
  public byte[] head() {
    byte[] bytes = new byte[HEAD_BYTES];
    int length = 0;
    try (InputStream in = content()) {
      int more = in.read(bytes);
      while (more > 0) {
        length += more;
        more = in.read(bytes, length, bytes.length - length);
      }
    } catch (IOException e) {
      if (!compressed()) {
        throw unreadable(e);
      }
      // What came out before the damage still tells the format.
    }
    byte[] head = Arrays.copyOf(bytes, length);
    byte[] first = Arrays.copyOf(head, Math.min(length, Packing.MAGIC_BYTES));
    if (compressed() && Packing.of(first) != Packing.NONE) {
      throw new ImportException(
          name,
          "packed twice",
          "what it unpacks to is packed again",
          "unpack it once, for example with gzip -dc, xz -dc or zstd -dc, and give the result");
    }
    return head;
  }

  /** The lines of {@link #head()}. */
  public List<String> headLines(byte[] head) {
    List<String> lines = new ArrayList<>();
    InputLines in = new InputLines(name, new ByteArrayInputStream(head), false, Long.MAX_VALUE);
    for (Line line = in.next(); line != null; line = in.next()) {
      lines.add(line.text());
    }
    return lines;
  }

  /** The same file under another name. */
  public CaptureFile named(String other) {
    return new CaptureFile(other, path, bytesMax);
  }

  /** All lines; more than {@code linesMax} are an error. */
  public InputLines open(long linesMax) {
    return open(linesMax, bytes -> {});
  }

  /** The same, telling how many bytes of the file were read. */
  public InputLines open(long linesMax, LongConsumer read) {
    return new InputLines(name, content(read), compressed(), linesMax);
  }

  /** All records of a little-endian input that is not text; more than so many are an error. */
  public InputBytes openBytes(long recordsMax) {
    return new InputBytes(name, content(), compressed(), recordsMax, ByteOrder.LITTLE_ENDIAN);
  }

  /** The records of an input that is read at any place; more than so many are an error. */
  public SeekableInput openSeekable(long recordsMax) throws IOException {
    if (!compressed()) {
      return SeekableInput.of(name, path, recordsMax, bytesMax);
    }
    Path spool = Files.createTempFile("pagetrail-", ".unpacked");
    try (InputStream in = content()) {
      return SeekableInput.unpacking(name, in, spool, recordsMax, bytesMax);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(spool);
      throw e;
    }
  }

  /**
   * The unpacked content. Reading it fails with an {@link IOException} where it is damaged, and
   * with an {@link ImportException} where it is too large.
   */
  InputStream content() {
    return content(bytes -> {});
  }

  private InputStream content(LongConsumer read) {
    return compressed()
        ? new LimitedBytes(name, decompressed(read), bytesMax)
        : new CountedBytes(file(), read);
  }

  private InputStream decompressed(LongConsumer read) {
    return switch (packing()) {
      case XZ -> new CutXz(() -> raw(read), size(), DECOMPRESSOR_KIBIBYTES_MAX);
      case GZIP -> decompressed(GZIPInputStream::new, read);
      case ZSTD ->
          decompressed(
              in -> {
                ZstdInputStream zstd = new ZstdInputStream(in);
                zstd.setLongMax(ZSTD_WINDOW_LOG_MAX);
                return zstd;
              },
              read);
      case NONE -> raw(read);
    };
  }

  private InputStream decompressed(Decompressor decompressor, LongConsumer read) {
    InputStream raw = raw(read);
    try {
      return decompressor.over(raw);
    } catch (IOException e) {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          throw e;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
          throw e;
        }

        @Override
        public void close() throws IOException {
          raw.close();
        }
      };
    }
  }

  /** True if what is read comes out of a decompressor. */
  boolean compressed() {
    return packing() != Packing.NONE;
  }

  private Packing packing() {
    try (InputStream in = file()) {
      return Packing.of(in.readNBytes(Packing.MAGIC_BYTES));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** How many bytes the file has, packed as it is. */
  public long size() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InputStream raw(LongConsumer read) {
    return new BufferedInputStream(new CountedBytes(file(), read), HEAD_BYTES);
  }

  private InputStream file() {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new ImportException(
          name,
          "not a regular file",
          "a pipe can be read only once",
          "write it into a file first: cat " + name + " > trace.txt");
    }
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ImportException unreadable(IOException e) {
    return new ImportException(
        name, "not readable", Refusal.reason(e), "check that you may read it", e);
  }
}
