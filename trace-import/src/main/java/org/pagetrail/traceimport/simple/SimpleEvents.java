package org.pagetrail.traceimport.simple;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.DeclaredEvent;

/** What the events of one file are called, and how their arguments are printed. */
final class SimpleEvents {
  private final Map<Long, String> names = new HashMap<>();
  private final Map<String, RecordFormat> declared = new HashMap<>();

  private SimpleEvents() {}

  /** Events that the file itself names, printed as declarations say where there are any. */
  static SimpleEvents printedAs(Collection<List<DeclaredEvent>> declarations) {
    SimpleEvents events = new SimpleEvents();
    for (List<DeclaredEvent> declaration : declarations) {
      for (DeclaredEvent event : declaration) {
        if (event.format() != null) {
          events.declared.putIfAbsent(event.name(), RecordFormat.of(event.format()));
        }
      }
    }
    return events;
  }

  /** Events that are numbered in the order of their declarations. */
  static SimpleEvents numberedAs(List<DeclaredEvent> declaration) {
    SimpleEvents events = printedAs(List.of(declaration));
    for (int id = 0; id < declaration.size(); id++) {
      events.name(id, declaration.get(id).name());
    }
    return events;
  }

  void name(long id, String name) {
    names.put(id, name);
  }

  /** Null for a number that no event has. */
  @Nullable String name(long id) {
    return names.get(id);
  }

  /** True for an event whose arguments we can take apart. */
  boolean isKnown(String event) {
    return declared.containsKey(event) || !SimpleFormats.of(event).isEmpty();
  }

  /** The text of a record, or null if the arguments fit no format of the event. */
  @Nullable String text(String event, ByteBuffer arguments) {
    RecordFormat own = declared.get(event);
    if (own != null) {
      return own.text(arguments);
    }
    for (RecordFormat format : SimpleFormats.of(event)) {
      String text = format.text(arguments);
      if (text != null) {
        return text;
      }
    }
    return null;
  }
}
