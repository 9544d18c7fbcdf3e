package org.pagetrail.traceimport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages inputs. */
public final class Mutations {
  /** What breaks parsers: ends of number ranges, separators, control characters, bad UTF-8. */
  private static final List<String> DICTIONARY =
      List.of(
          "0xffffffffffffffff",
          "18446744073709551615",
          "-9223372036854775808",
          "99999999999999999999999",
          "0x",
          "-1",
          "\n",
          "\r\n",
          "\0",
          "\u001b[2J",
          "\ud800",
          "(((((((((",
          "<unfinished ...>",
          "<... ioctl resumed>",
          "CPU:0 [LOST 9223372036854775807 EVENTS]\n",
          "(root (nil))",
          "[",
          "{",
          "\"",
          "=",
          ": ");

  private Mutations() {}

  /** A damaged copy. */
  public static byte[] of(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      bytes = mutatedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutatedOnce(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 2) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 1 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 2 -> Arrays.copyOf(bytes, at + 1);
      case 3 -> spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), new byte[0]);
      case 4 -> {
        String word = DICTIONARY.get(random.nextInt(DICTIONARY.size()));
        byte[] inserted = word.getBytes(StandardCharsets.UTF_8);
        yield spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(12)), inserted);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        byte[] copy =
            Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(300)));
        yield spliced(bytes, at, at, copy);
      }
    };
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
    byte[] result = new byte[bytes.length - (to - from) + inserted.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
    return result;
  }
}
