package org.pagetrail.traceimport.eventformat;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.eventformat.Tokens.Kind;

/**
 * The type of a cast.
 *
 * @param bytes how wide it makes a number; 0 for a pointer and other types that leave it as it is
 * @param signed true if the number then has a sign
 */
record CastType(int bytes, boolean signed) {
  private static final Map<String, CastType> NAMED =
      Map.ofEntries(
          Map.entry("u8", new CastType(1, false)),
          Map.entry("__u8", new CastType(1, false)),
          Map.entry("uint8_t", new CastType(1, false)),
          Map.entry("s8", new CastType(1, true)),
          Map.entry("bool", new CastType(1, false)),
          Map.entry("u16", new CastType(2, false)),
          Map.entry("__u16", new CastType(2, false)),
          Map.entry("uint16_t", new CastType(2, false)),
          Map.entry("s16", new CastType(2, true)),
          Map.entry("u32", new CastType(4, false)),
          Map.entry("__u32", new CastType(4, false)),
          Map.entry("uint32_t", new CastType(4, false)),
          Map.entry("s32", new CastType(4, true)),
          Map.entry("u64", new CastType(8, false)),
          Map.entry("__u64", new CastType(8, false)),
          Map.entry("uint64_t", new CastType(8, false)),
          Map.entry("s64", new CastType(8, true)),
          Map.entry("gfn_t", new CastType(8, false)),
          Map.entry("gpa_t", new CastType(8, false)),
          Map.entry("size_t", new CastType(0, false)),
          Map.entry("pid_t", new CastType(4, true)),
          Map.entry("void", new CastType(0, false)));

  private static final Set<String> WORDS =
      Set.of("unsigned", "signed", "char", "short", "int", "long", "const");

  /** Takes a cast with its brackets, or gives null and takes nothing if none is next. */
  static @Nullable CastType at(Tokens tokens) {
    int ahead = 1;
    CastType named = null;
    boolean words = false;
    int longs = 0;
    String narrow = "";
    boolean unsigned = false;
    while (tokens.peek(ahead).kind() == Kind.NAME) {
      String word = tokens.peek(ahead).text();
      if (NAMED.containsKey(word)) {
        named = NAMED.get(word);
      } else if (WORDS.contains(word)) {
        words = true;
        longs += word.equals("long") ? 1 : 0;
        narrow = word.equals("char") || word.equals("short") ? word : narrow;
        unsigned |= word.equals("unsigned");
      } else {
        return null;
      }
      ahead++;
    }
    boolean pointer = tokens.peek(ahead).is("*");
    while (tokens.peek(ahead).is("*")) {
      ahead++;
    }
    if ((named == null && !words) || !tokens.peek(ahead).is(")")) {
      return null;
    }
    for (int i = 0; i <= ahead; i++) {
      tokens.take();
    }
    if (pointer || longs > 0) {
      return new CastType(0, !unsigned);
    }
    if (named != null) {
      return named;
    }
    int bytes = narrow.equals("char") ? Byte.BYTES : narrow.isEmpty() ? Integer.BYTES : Short.BYTES;
    return new CastType(bytes, !unsigned);
  }
}
