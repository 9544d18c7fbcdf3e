package org.pagetrail.traceimport.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/**
 * An input that is not text and is read at any place. A record has the place of a line: its number,
 * counted from 1 in the order in which it is read, and the byte where it begins. What is packed is
 * unpacked into a temporary file first.
 */
public final class SeekableInput extends InputRecords {
  /** The longest part that is read at once. */
  public static final int PART_BYTES_MAX = 64 << 20;

  /** The kind under which what is missing at the end is counted. */
  public static final String CUT = "end of the file, which is cut";

  private final SeekableByteChannel file;
  private final long bytesMax;
  private final long size;
  private long unpacked;

  /**
   * Records of an open channel.
   *
   * @param recordsMax more records than this are an {@link ImportException}
   * @param bytesMax the same for the bytes that compressed parts unpack to
   */
  public SeekableInput(String name, SeekableByteChannel file, long recordsMax, long bytesMax)
      throws IOException {
    super(name, recordsMax);
    this.file = file;
    this.bytesMax = bytesMax;
    this.size = file.size();
  }

  /** Opens a file as it is. */
  static SeekableInput of(String name, Path path, long recordsMax, long bytesMax)
      throws IOException {
    return new SeekableInput(
        name, FileChannel.open(path, StandardOpenOption.READ), recordsMax, bytesMax);
  }

  /** Unpacks a stream into a file that is deleted on closing; damage ends the content. */
  static SeekableInput unpacking(
      String name, InputStream content, Path spool, long recordsMax, long bytesMax)
      throws IOException {
    boolean damaged = false;
    try (OutputStream out =
        Channels.newOutputStream(FileChannel.open(spool, StandardOpenOption.WRITE))) {
      byte[] part = new byte[1 << 16];
      int length = next(content, part);
      while (length > 0) {
        out.write(part, 0, length);
        length = next(content, part);
      }
      damaged = length < -1;
    }
    FileChannel file =
        FileChannel.open(spool, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    SeekableInput input = new SeekableInput(name, file, recordsMax, bytesMax);
    if (damaged) {
      input.misunderstood.add(InputLines.DAMAGED, 0);
    }
    return input;
  }

  private static int next(InputStream content, byte[] part) {
    try {
      return content.read(part);
    } catch (IOException damage) {
      return -2;
    }
  }

  /** How many bytes there are. */
  public long size() {
    return size;
  }

  /** The record, which begins at a byte of the file. */
  public Source source(long offset) {
    return new Source(name, records, offset);
  }

  /** Counts bytes that came out of a compressed part; too many of all parts are an error. */
  public void unpacked(long bytes) {
    unpacked += bytes;
    if (unpacked > bytesMax) {
      throw new ImportException(
          name,
          "input too large",
          "it unpacks to more than " + bytesMax + " bytes",
          "cut the trace, or raise the limit on bytes");
    }
  }

  /** The bytes at a place in little-endian order, or null where the file does not have them. */
  public @Nullable ByteBuffer part(long offset, long length) {
    if (offset < 0 || length < 0 || length > PART_BYTES_MAX || offset > size - length) {
      return null;
    }
    ByteBuffer part = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      file.position(offset);
      int read = file.read(part);
      while (read > 0 && part.hasRemaining()) {
        read = file.read(part);
      }
    } catch (IOException e) {
      throw new ImportException(
          name, "not readable", Refusal.reason(e), "check the file and its disk", e);
    }
    return part.hasRemaining() ? null : part.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
