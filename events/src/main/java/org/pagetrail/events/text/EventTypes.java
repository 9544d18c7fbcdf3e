package org.pagetrail.events.text;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;

/** Every event type by its name in the text form, found from the sealed hierarchy. */
final class EventTypes {
  private static final Set<String> ENVELOPE =
      Set.of(
          TrailTextFormat.SEQ,
          TrailTextFormat.TIME,
          TrailTextFormat.LAYER,
          TrailTextFormat.STANDING,
          TrailTextFormat.TYPE,
          TrailTextFormat.CAUSES,
          TrailTextFormat.RULE,
          TrailTextFormat.SOURCE);

  private static final Map<String, RecordShape> BY_NAME = new TreeMap<>();

  static {
    register(Event.class);
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

  private static void register(Class<?> type) {
    if (type.isRecord()) {
      RecordShape shape = RecordShape.of(type.asSubclass(Record.class));
      for (String field : shape.fields()) {
        if (ENVELOPE.contains(field)) {
          throw new IllegalStateException(
              type.getName() + " has a field " + field + ", which the envelope uses");
        }
      }
      if (BY_NAME.put(type.getSimpleName(), shape) != null) {
        throw new IllegalStateException("two event types are named " + type.getSimpleName());
      }
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      register(permitted);
    }
  }
}
