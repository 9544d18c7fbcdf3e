package org.pagetrail.traceimport.tracedat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pagetrail.traceimport.input.SeekableInput;

/** Numbers and strings one after the other, in a file or in what was unpacked of it. */
final class Part {
  private static final int STRING_BYTES_MAX = 4096;

  /** Where bytes come from. */
  private interface Bytes {
    ByteBuffer at(long offset, long length) throws Damaged;
  }

  private final Bytes bytes;
  private long offset;

  private Part(Bytes bytes, long offset) {
    this.bytes = bytes;
    this.offset = offset;
  }

  /** A file from a place on. */
  static Part of(SeekableInput in, long offset) {
    return new Part(
        (at, length) -> {
          ByteBuffer part = in.part(at, length);
          if (part == null) {
            throw new Damaged(SeekableInput.CUT);
          }
          return part;
        },
        offset);
  }

  /** The content of a section. */
  static Part of(ByteBuffer content) {
    return new Part(
        (at, length) -> {
          if (at < 0 || length < 0 || at > content.limit() - length) {
            throw new Damaged("section that ends too early");
          }
          return content.slice((int) at, (int) length).order(content.order());
        },
        0);
  }

  long offset() {
    return offset;
  }

  void skip(long length) throws Damaged {
    if (length < 0 || offset > Long.MAX_VALUE - length) {
      throw new Damaged("length that no part has");
    }
    offset += length;
  }

  ByteBuffer bytes(long length) throws Damaged {
    ByteBuffer next = bytes.at(offset, length);
    offset += length;
    return next;
  }

  int number8() throws Damaged {
    return bytes(Byte.BYTES).get() & 0xff;
  }

  int number16() throws Damaged {
    return bytes(Short.BYTES).getShort() & 0xffff;
  }

  /** A number of 32 bits, which no count or length of a real file exceeds. */
  int number32() throws Damaged {
    int number = bytes(Integer.BYTES).getInt();
    if (number < 0) {
      throw new Damaged("number beyond its range");
    }
    return number;
  }

  long number64() throws Damaged {
    return bytes(Long.BYTES).getLong();
  }

  /** Text of a known length. */
  String text(long length) throws Damaged {
    return StandardCharsets.UTF_8.decode(bytes(length)).toString();
  }

  /** Text up to a NUL, which is taken too. */
  String string() throws Damaged {
    StringBuilder text = new StringBuilder();
    for (int c = number8(); c != 0; c = number8()) {
      if (text.length() == STRING_BYTES_MAX) {
        throw new Damaged("string without an end");
      }
      text.append((char) c);
    }
    return text.toString();
  }
}
