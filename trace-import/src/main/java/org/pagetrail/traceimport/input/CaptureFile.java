package org.pagetrail.traceimport.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file of a capture, compressed or not; how it is compressed is told from its first bytes.
 *
 * @param name the file's name within the capture
 * @param path where it is
 */
public record CaptureFile(String name, Path path) {
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  /** What a decompressor may take, so that a small file cannot ask for all memory. */
  private static final int DECOMPRESSOR_KIBIBYTES_MAX = 256 << 10;

  private static final int HEAD_BYTES = 1 << 16;

  /** Opens a compressed stream; some decompressors read, and fail, as soon as they are made. */
  private interface Decompressor {
    InputStream over(InputStream compressed) throws IOException;
  }

  /** The first lines, by which the format is recognised. */
  public List<String> head() {
    byte[] bytes = new byte[HEAD_BYTES];
    int length = 0;
    try (InputStream in = decompressed()) {
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
    InputStream head = new ByteArrayInputStream(bytes, 0, length);
    List<String> lines = new ArrayList<>();
    InputLines in = new InputLines(name, head, false, Long.MAX_VALUE);
    for (Line line = in.next(); line != null; line = in.next()) {
      lines.add(line.text());
    }
    return lines;
  }

  /** All lines; more than {@code linesMax} are an error. */
  public InputLines open(long linesMax) {
    return new InputLines(name, decompressed(), compressed(), linesMax);
  }

  private InputStream decompressed() {
    byte[] magic = magic();
    if (Arrays.equals(magic, XZ)) {
      return new CutXz(this::raw, bytes(), DECOMPRESSOR_KIBIBYTES_MAX);
    }
    if (startsWithGzip(magic)) {
      return decompressed(GZIPInputStream::new);
    }
    return raw();
  }

  private InputStream decompressed(Decompressor decompressor) {
    InputStream raw = raw();
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

  private boolean compressed() {
    byte[] magic = magic();
    return Arrays.equals(magic, XZ) || startsWithGzip(magic);
  }

  private static boolean startsWithGzip(byte[] magic) {
    return magic.length >= GZIP.length && Arrays.equals(magic, 0, 2, GZIP, 0, 2);
  }

  private byte[] magic() {
    try (InputStream in = raw()) {
      return in.readNBytes(XZ.length);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private long bytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InputStream raw() {
    try {
      return new BufferedInputStream(Files.newInputStream(path), HEAD_BYTES);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ImportException unreadable(IOException e) {
    return new ImportException(
        name, "not readable", Refusal.reason(e), "check that you may read it", e);
  }
}
