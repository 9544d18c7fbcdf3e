package org.pagetrail.store.packed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The strings and lists of a block while it is being packed. */
final class Tables {
  /** Strings that were asked for lately; a power of two. */
  private static final int RECENT = 1 << 6;

  private final Map<String, Integer> ids = new HashMap<>();
  private final @Nullable String[] recent = new @Nullable String[RECENT];
  private final int[] recentIds = new int[RECENT];
  private final List<String> strings = new ArrayList<>();
  private final Bytes lists = new Bytes();

  /** The position of a string in the table. */
  @SuppressWarnings("ReferenceEquality") // the same string as lately saves the look-up
  int id(String text) {
    int slot = text.hashCode() & (RECENT - 1);
    if (recent[slot] != text) {
      recentIds[slot] = look(text);
      recent[slot] = text;
    }
    return recentIds[slot];
  }

  private int look(String text) {
    Integer known = ids.putIfAbsent(text, strings.size());
    if (known != null) {
      return known;
    }
    strings.add(text);
    return strings.size() - 1;
  }

  /** The bytes of the lists. */
  Bytes lists() {
    return lists;
  }

  /** Appends both to the cold bytes of a block. */
  void writeTo(Bytes cold) {
    cold.addVarint(strings.size());
    for (String text : strings) {
      byte[] utf8 = Utf8.encode(text);
      cold.addVarint(utf8.length);
      cold.add(utf8);
    }
    cold.addVarint(lists.size());
    cold.add(lists);
  }

  void clear() {
    ids.clear();
    Arrays.fill(recent, null);
    strings.clear();
    lists.clear();
  }
}
