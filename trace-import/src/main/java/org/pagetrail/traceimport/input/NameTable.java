package org.pagetrail.traceimport.input;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names mean, found by the bytes of a name. */
public final class NameTable<T> {
  private static final int SPARSE = 4;

  private static final class Named<T> {
    private final byte[] name;
    private final T meaning;

    Named(byte[] name, T meaning) {
      this.name = name;
      this.meaning = meaning;
    }

    boolean is(byte[] bytes, int from, int to) {
      return Arrays.equals(name, 0, name.length, bytes, from, to);
    }
  }

  private final @Nullable Named<T>[] slots;

  /** A table of these names. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
  public NameTable(Map<String, ? extends T> meanings) {
    slots = new Named[Integer.highestOneBit(meanings.size() + 1) * SPARSE];
    meanings.forEach((name, meaning) -> {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      int slot = slot(bytes, 0, bytes.length);
      while (slots[slot] != null) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = new Named<>(bytes, meaning);
    });
  }

  /** The meaning of a name, null if it has none. */
  public @Nullable T get(byte[] bytes, int from, int to) {
    if (from == to) {
      return null;
    }
    int slot = slot(bytes, from, to);
    for (Named<T> named = slots[slot]; named != null; named = slots[slot]) {
      if (named.is(bytes, from, to)) {
        return named.meaning;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return null;
  }

  private int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return 0;
    }
    int hash = bytes[from] * 31 + bytes[from + length / 2];
    hash = (hash * 31 + bytes[to - 1]) * 31 + length;
    return ((hash * 0x9e3779b9) >>> 16) & (slots.length - 1);
  }
}
