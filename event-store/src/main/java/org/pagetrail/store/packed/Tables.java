package org.pagetrail.store.packed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The strings and lists of a block while it is being packed. */
final class Tables {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> strings = new ArrayList<>();
  private final Bytes lists = new Bytes();

  /** The position of a string in the table. */
  int id(String text) {
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
    strings.clear();
    lists.clear();
  }
}
