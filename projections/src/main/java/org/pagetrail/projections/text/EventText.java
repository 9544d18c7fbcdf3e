package org.pagetrail.projections.text;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hex;

/** An event of any type in words: what happened, then its fields by their names. */
public final class EventText {
  private static final String VALUE_TYPES = Gpa.class.getPackageName();

  /** Fields that are bit patterns or addresses, whatever the width of their number. */
  private static final Set<String> HEXADECIMAL =
      Set.of("address", "command", "mask", "offset", "pc", "seen", "syndrome", "value", "wanted");

  private EventText() {}

  /** Such as {@code device decided: pfn 0x40a87, not writable, device}. */
  public static String of(Event event) {
    String fields = fields((Record) event);
    return words(event.type()) + (fields.isEmpty() ? "" : ": " + fields);
  }

  private static String fields(Record owner) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : owner.getClass().getRecordComponents()) {
      String field = field(words(component.getName()), value(component, owner));
      if (!field.isEmpty()) {
        fields.add(field);
      }
    }
    return String.join(", ", fields);
  }

  /** A field that says nothing is left out. */
  private static String field(String name, @Nullable Object value) {
    if (value instanceof Boolean is) {
      return is ? name : "not " + name;
    }
    String text = value == null ? "" : number(name, value);
    return text.isEmpty() ? "" : name + " " + text;
  }

  private static String number(String name, Object value) {
    boolean hexadecimal = HEXADECIMAL.contains(name);
    return switch (value) {
      case Long bits when hexadecimal -> Hex.of(bits);
      case Integer bits when hexadecimal -> Hex.of(Integer.toUnsignedLong(bits));
      default -> text(value);
    };
  }

  private static String text(Object value) {
    return switch (value) {
      case Enum<?> constant -> constant.name().replace('_', ' ').toLowerCase(Locale.ROOT);
      case Collection<?> values ->
          values.isEmpty()
              ? ""
              : "[" + String.join("; ", values.stream().map(EventText::text).toList()) + "]";
      case Record part when !part.getClass().getPackageName().equals(VALUE_TYPES) -> fields(part);
      default -> value.toString();
    };
  }

  private static @Nullable Object value(RecordComponent component, Record owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("no value of " + component + " in " + owner.getClass(), e);
    }
  }

  /** A name of the language Java as words: {@code MmioExited} is {@code MMIO exited}. */
  private static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (String word : name.split("(?<=[a-z0-9])(?=[A-Z])", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      words.append(words.isEmpty() ? "" : " ");
      words.append(lower.equals("mmio") ? "MMIO" : lower.equals("stage2") ? "stage 2" : lower);
    }
    return words.toString();
  }
}
