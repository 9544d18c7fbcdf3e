package org.pagetrail.store.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.Schema;

/**
 * The beginning of a trail file.
 *
 * <p>Eight bytes that tell a trail from any other file, the version of the format and the length of
 * the JSON that follows, 32 bits each; the JSON, filled up with spaces to a multiple of eight; the
 * CRC32C of all that in eight bytes.
 *
 * @param run the name of the run
 * @param schema what the packed records look like
 */
record FileHead(String run, Schema schema) {
  /** The version of the format that is written; older ones stay readable. */
  static final int VERSION = 1;

  /** The first bytes of every trail file. */
  static final byte[] MAGIC = "PGTRAIL\n".getBytes(StandardCharsets.US_ASCII);

  private static final int PREFIX_BYTES = 16;
  private static final int JSON_BYTES_MAX = 1 << 22;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** The JSON of the head. */
  private record Content(String run, Schema schema) {}

  /** The bytes of the head. */
  ByteBuffer toBytes() {
    byte[] json;
    try {
      json = JSON.writeValueAsBytes(new Content(run, schema));
    } catch (IOException e) {
      throw new IllegalStateException("the head has no JSON form", e);
    }
    int padded = BlockHead.aligned(json.length);
    ByteBuffer bytes =
        ByteBuffer.allocate(PREFIX_BYTES + padded + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putInt(VERSION).putInt(padded).put(json);
    while (bytes.position() < PREFIX_BYTES + padded) {
      bytes.put((byte) ' ');
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes.array(), 0, bytes.position());
    return bytes.putLong(sum.getValue()).flip();
  }

  /** The head is whole, and of a format that this release does not read. */
  private static final class OtherFormat extends DamagedBlock {
    private static final long serialVersionUID = 1L;

    OtherFormat(String why) {
      super(why);
    }
  }

  /** The error of a file without a head that can be read: without it nothing else can be. */
  static StoreException unreadable(String file, DamagedBlock e) {
    boolean isOther = e instanceof OtherFormat;
    return new StoreException(
        file + ", head",
        isOther ? "not readable by this release" : StoreException.DAMAGED,
        String.valueOf(e.getMessage()),
        isOther
            ? "use the release that wrote it"
            : "no event can be read without it: restore a copy, or import the capture again",
        e);
  }

  /** A head and how many bytes it takes. */
  record Read(FileHead head, long bytes) {}

  /** True if the bytes begin as a trail file does. */
  static boolean isHead(byte[] beginning) {
    return beginning.length >= MAGIC.length
        && Arrays.equals(beginning, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads the head of a file.
   *
   * @throws DamagedBlock if it is none
   */
  static Read read(MemorySegment file) {
    if (file.byteSize() < PREFIX_BYTES
        || !isHead(file.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE))) {
      throw new DamagedBlock("it does not begin as a trail does");
    }
    int version = file.get(BlockHead.INT, MAGIC.length);
    long length = Integer.toUnsignedLong(file.get(BlockHead.INT, MAGIC.length + Integer.BYTES));
    long end = PREFIX_BYTES + length;
    boolean isCut = length > JSON_BYTES_MAX || end + Long.BYTES > file.byteSize();
    boolean isWhole =
        !isCut && file.get(BlockHead.LONG, end) == BlockHead.sum(file.asSlice(0, end));
    if (version != VERSION) {
      String formats =
          "it has format "
              + Integer.toUnsignedString(version)
              + ", and this release reads format "
              + VERSION;
      throw isWhole
          ? new OtherFormat(formats)
          : new DamagedBlock(formats + "; or its head is damaged");
    }
    if (!isWhole) {
      throw new DamagedBlock(isCut ? "its head is cut short" : "the checksum of its head is wrong");
    }
    try {
      byte[] json = file.asSlice(PREFIX_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
      Content content = JSON.readValue(json, Content.class);
      return new Read(new FileHead(content.run(), content.schema()), end + Long.BYTES);
    } catch (IOException e) {
      throw new DamagedBlock("its head is no JSON: " + e.getMessage());
    }
  }
}
