package org.pagetrail.events.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record type as a JSON object: its components in their order, absent where null. */
final class RecordShape {

  private record Field(RecordComponent component, FieldValue value, boolean nullable) {
    String name() {
      return component.getName();
    }
  }

  private final Class<? extends Record> type;
  private final Constructor<? extends Record> constructor;
  private final List<Field> fields;
  private final Set<String> names;

  private RecordShape(
      Class<? extends Record> type,
      Constructor<? extends Record> constructor,
      List<Field> fields,
      Set<String> names) {
    this.type = type;
    this.constructor = constructor;
    this.fields = fields;
    this.names = names;
  }

  /** The shape of a record type whose components all have a text form. */
  static RecordShape of(Class<? extends Record> type) {
    List<Field> fields = new ArrayList<>();
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      fields.add(new Field(component, FieldValue.of(component), nullable));
      types.add(component.getType());
    }
    try {
      Constructor<? extends Record> constructor =
          type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      List<String> names = fields.stream().map(Field::name).toList();
      return new RecordShape(type, constructor, fields, Set.copyOf(names));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
  }

  /** The record type. */
  Class<? extends Record> type() {
    return type;
  }

  /** The names of the components. */
  Set<String> fields() {
    return names;
  }

  /** Writes the components as fields of the object that is open. */
  void writeFields(Record value, JsonGenerator json) throws IOException {
    for (Field field : fields) {
      Object part = read(field, value);
      if (part != null) {
        json.writeFieldName(field.name());
        field.value().write(part, json);
      }
    }
  }

  /**
   * Makes a record from the fields of an object.
   *
   * @param others fields that the object may have beside the components
   */
  Record read(JsonNode object, Set<String> others) throws BadValue {
    if (!object.isObject()) {
      throw new BadValue(type.getSimpleName() + " is not an object");
    }
    for (Iterator<String> it = object.fieldNames(); it.hasNext(); ) {
      String name = it.next();
      if (!names.contains(name) && !others.contains(name)) {
        throw new BadValue(type.getSimpleName() + " has no field " + name);
      }
    }
    @Nullable Object[] parts = new @Nullable Object[fields.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(fields.get(i), object);
    }
    try {
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw new BadValue(type.getSimpleName() + ": " + (cause == null ? e : cause).getMessage());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private @Nullable Object part(Field field, JsonNode object) throws BadValue {
    JsonNode node = object.get(field.name());
    if (node == null) {
      if (field.nullable()) {
        return null;
      }
      throw new BadValue(type.getSimpleName() + " lacks its field " + field.name());
    }
    try {
      return field.value().read(node);
    } catch (BadValue e) {
      throw new BadValue(
          type.getSimpleName() + "." + field.name() + " is " + node + ": " + e.getMessage());
    }
  }

  private static @Nullable Object read(Field field, Record value) {
    try {
      return field.component().getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(field.component() + " cannot be read", e);
    }
  }
}
