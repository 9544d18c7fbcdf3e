package org.pagetrail.store.packed;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pagetrail.store.LogEntry.Foreign;
import org.pagetrail.store.Tag;

/** How a message that is no event of the model is packed: its parts, one after the other. */
final class Messages {
  private Messages() {}

  /** Appends a message and returns where it begins. */
  static int write(Foreign message, Bytes to) {
    int begin = to.size();
    text(message.id(), to);
    text(message.type(), to);
    text(message.version(), to);
    Long time = message.timestampNanos();
    to.addVarint(time == null ? 0 : 1);
    if (time != null) {
      to.addSigned(time);
    }
    to.addVarint(message.metadata().size());
    message
        .metadata()
        .forEach((key, value) -> {
          text(key, to);
          text(value, to);
        });
    to.addVarint(message.payload().length);
    to.add(message.payload());
    to.addVarint(message.tags().size());
    for (Tag tag : message.tags()) {
      text(tag.key(), to);
      text(tag.value(), to);
    }
    return begin;
  }

  private static void text(String text, Bytes to) {
    byte[] utf8 = Utf8.encode(text);
    to.addVarint(utf8.length);
    to.add(utf8);
  }

  /** Reads the message that begins where the cursor is. */
  static Foreign read(long seq, ByteCursor from) {
    String id = from.text();
    String type = from.text();
    String version = from.text();
    Long time = from.varint() == 0 ? null : Long.valueOf(from.signed());
    SortedMap<String, String> metadata = new TreeMap<>();
    for (int left = from.count(); left > 0; left--) {
      String key = from.text();
      metadata.put(key, from.text());
    }
    byte[] payload = from.bytes(from.count());
    SortedSet<Tag> tags = new TreeSet<>();
    for (int left = from.count(); left > 0; left--) {
      String key = from.text();
      tags.add(tag(key, from.text()));
    }
    return new Foreign(seq, id, type, version, time, metadata, payload, tags);
  }

  private static Tag tag(String key, String value) {
    try {
      return new Tag(key, value);
    } catch (IllegalArgumentException e) {
      throw new DamagedBlock(String.valueOf(e.getMessage()));
    }
  }
}
