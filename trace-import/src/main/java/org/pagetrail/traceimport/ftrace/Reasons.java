package org.pagetrail.traceimport.ftrace;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.input.NameTable;
import org.pagetrail.traceimport.input.TextCursor;

/** The words that exits are called by: few, and each as one string however often it is read. */
final class Reasons {
  /** An input can make up as many as it has lines. */
  private static final int KEPT_MAX = 256;

  private static final String TRAP = "TRAP ";

  private final Map<String, String> words = new HashMap<>();
  private final Map<String, String> traps = new HashMap<>();
  private NameTable<String> byBytes = new NameTable<>(words);
  private NameTable<String> trapByBytes = new NameTable<>(traps);

  /** The word from a mark up to where the cursor is. */
  String since(TextCursor cursor, int mark) {
    String known = cursor.known(byBytes, mark);
    if (known != null) {
      return known;
    }
    String word = cursor.since(mark);
    if (words.size() < KEPT_MAX) {
      words.put(word, word);
      byBytes = new NameTable<>(words);
    }
    return word;
  }

  /** The same behind {@code TRAP}. */
  String trap(TextCursor cursor, int mark) {
    String known = cursor.known(trapByBytes, mark);
    if (known != null) {
      return known;
    }
    String word = cursor.since(mark);
    String reason = TRAP + word;
    if (traps.size() < KEPT_MAX) {
      traps.put(word, reason);
      trapByBytes = new NameTable<>(traps);
    }
    return reason;
  }

  /** The string that is kept for a word. */
  String shared(String word) {
    @Nullable String known =
        words.size() < KEPT_MAX ? words.putIfAbsent(word, word) : words.get(word);
    return known == null ? word : known;
  }
}
