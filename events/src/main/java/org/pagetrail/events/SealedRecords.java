package org.pagetrail.events;

import java.util.ArrayList;
import java.util.List;

/** The records of a sealed hierarchy: each event type, or each command, without a list of them. */
public final class SealedRecords {
  private SealedRecords() {}

  /** The records below {@code root}, in the order in which the hierarchy permits them. */
  public static <T> List<Class<? extends T>> of(Class<T> root) {
    List<Class<? extends T>> records = new ArrayList<>();
    collect(root, root, records);
    return records;
  }

  private static <T> void collect(Class<?> type, Class<T> root, List<Class<? extends T>> into) {
    if (type.isRecord()) {
      into.add(type.asSubclass(root));
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collect(permitted, root, into);
    }
  }
}
