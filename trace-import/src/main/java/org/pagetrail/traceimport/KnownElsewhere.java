package org.pagetrail.traceimport;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Binary files that another tool prints as a text that is read here. */
final class KnownElsewhere {
  /** What to do, by the first bytes of the file in hexadecimal. */
  private static final Map<String, String> REMEDIES =
      new TreeMap<>(
          Map.of(
              hex("PERFILE2"),
              "is a perf.data, which is not read; give what perf script --ns prints of it"));

  private KnownElsewhere() {}

  /** What to do with a file that begins so, or null if nobody knows it. */
  static @Nullable String remedy(byte[] head) {
    String begin = HexFormat.of().formatHex(head, 0, Math.min(16, head.length));
    for (Map.Entry<String, String> known : REMEDIES.entrySet()) {
      if (begin.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return null;
  }

  private static String hex(String ascii) {
    return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
