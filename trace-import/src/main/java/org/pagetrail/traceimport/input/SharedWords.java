package org.pagetrail.traceimport.input;

import java.util.HashMap;
import java.util.Map;

/** Words of which there are few, each as one string however often it is read. */
public final class SharedWords {
  /** An input can make up as many as it has lines. */
  private static final int KEPT_MAX = 256;

  private final String prefix;
  private final Map<String, String> words = new HashMap<>();
  private NameTable<String> byBytes = new NameTable<>(words);

  /** Words that get a prefix. */
  public SharedWords(String prefix) {
    this.prefix = prefix;
  }

  /** The prefix and the text from a mark up to where the cursor is. */
  public String since(TextCursor cursor, int mark) {
    String known = cursor.known(byBytes, mark);
    if (known != null) {
      return known;
    }
    String word = cursor.since(mark);
    String shared = prefix + word;
    if (words.size() < KEPT_MAX) {
      words.put(word, shared);
      byBytes = new NameTable<>(words);
    }
    return shared;
  }
}
