package org.pagetrail.traceimport.tracedat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.pagetrail.traceimport.input.SeekableInput;

/** How the sections of a file of version 7 are compressed. */
enum Compression {
  NONE,
  ZLIB,
  ZSTD;

  /** The largest part that is unpacked at once; real ones are sections of text and chunks. */
  static final int UNPACKED_BYTES_MAX = 64 << 20;

  private static final String KIND = "compressed data that is damaged";

  /** The compression of this name in a file's header. */
  static Compression named(String name) throws Damaged {
    return switch (name) {
      case "none" -> NONE;
      case "zlib" -> ZLIB;
      case "zstd" -> ZSTD;
      default -> throw new Damaged("compression " + name);
    };
  }

  /** Reads the lengths of a part, then the part, and unpacks it. */
  ByteBuffer unpacked(Part part, SeekableInput in) throws Damaged {
    int packed = part.number32();
    int plain = part.number32();
    if (plain > UNPACKED_BYTES_MAX) {
      throw new Damaged("compressed part that claims too much");
    }
    ByteBuffer source = part.bytes(packed);
    in.unpacked(plain);
    byte[] bytes = new byte[packed];
    source.get(bytes);
    byte[] content = new byte[plain];
    int length =
        switch (this) {
          case NONE -> throw new Damaged("compressed section in a file that has none");
          case ZLIB -> inflated(bytes, content);
          case ZSTD -> decoded(bytes, content);
        };
    if (length != plain) {
      throw new Damaged(KIND);
    }
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int inflated(byte[] bytes, byte[] content) throws Damaged {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      int length = inflater.inflate(content);
      int more = length;
      while (more > 0 && length < content.length) {
        more = inflater.inflate(content, length, content.length - length);
        length += more;
      }
      return length;
    } catch (DataFormatException e) {
      throw new Damaged(KIND);
    } finally {
      inflater.end();
    }
  }

  private static int decoded(byte[] bytes, byte[] content) throws Damaged {
    try {
      return (int) Zstd.decompressByteArray(content, 0, content.length, bytes, 0, bytes.length);
    } catch (ZstdException e) {
      throw new Damaged(KIND);
    }
  }
}
