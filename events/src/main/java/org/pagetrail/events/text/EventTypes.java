package org.pagetrail.events.text;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.SealedRecords;

/** Every event type by its name in the text form, found from the sealed hierarchy. */
final class EventTypes {
  private static final Map<String, RecordShape> BY_NAME = new TreeMap<>();

  static {
    SealedRecords.of(Event.class).forEach(EventTypes::register);
  }

  private EventTypes() {}

  /** The shape of the events named so, or null if there are none. */
  static @Nullable RecordShape named(String name) {
    return BY_NAME.get(name);
  }

  /** The shape of this event's type. */
  static RecordShape of(Event event) {
    RecordShape shape = BY_NAME.get(event.type());
    if (shape == null) {
      throw new IllegalStateException("no event type is named " + event.type());
    }
    return shape;
  }

  /** All shapes, by name. */
  static Collection<RecordShape> all() {
    return BY_NAME.values();
  }

  private static void register(Class<? extends Event> type) {
    RecordShape shape = RecordShape.of(type.asSubclass(Record.class));
    for (String field : shape.fields()) {
      if (TrailTextFormat.ENVELOPE.contains(field)) {
        throw new IllegalStateException(
            type.getName() + " has a field " + field + ", which the envelope uses");
      }
    }
    if (BY_NAME.put(type.getSimpleName(), shape) != null) {
      throw new IllegalStateException("two event types are named " + type.getSimpleName());
    }
  }
}
