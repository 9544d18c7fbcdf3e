package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.pagetrail.store.file.BlockMap.Placed;

/** The digest that a seal gives of its segment. */
final class SealCheck {
  /** What is wrong where it is not right. */
  static final String OTHER_SEGMENT = "the segment is not the one that its seal was made for";

  private SealCheck() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Takes the bytes from one offset to another into a digest. */
  static void digest(MemorySegment file, long from, long to, MessageDigest into) {
    for (long at = from; at < to; at += 1 << 30) {
      into.update(file.asSlice(at, Math.min(1 << 30, to - at)).asByteBuffer());
    }
  }

  /** True if two seals say the same digest. */
  static boolean areSame(MemorySegment file, Placed seal, MemorySegment other, Placed otherSeal) {
    return Arrays.equals(content(file, seal), content(other, otherSeal));
  }

  private static byte[] content(MemorySegment file, Placed seal) {
    return file.asSlice(seal.offset() + BlockHead.BYTES, seal.head().bytesA())
        .toArray(ValueLayout.JAVA_BYTE);
  }

  /** True if the content of a seal is the digest of what stands from {@code from} on up to it. */
  static boolean isRight(MemorySegment file, long from, Placed seal) {
    MessageDigest digest = sha256();
    digest(file, from, seal.offset(), digest);
    return Arrays.equals(digest.digest(), content(file, seal));
  }
}
