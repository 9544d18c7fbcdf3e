package org.pagetrail.store.packed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.SealedRecords;

/**
 * What the packed records of a file look like, in words that the file itself carries.
 *
 * @param types the event types, by ascending code
 */
public record Schema(List<TypeSchema> types) {
  /** The code that is no event type: a message that is none of the model's. */
  public static final int FOREIGN = 0;

  /** Copies the list. */
  public Schema {
    types = List.copyOf(types);
  }

  /** The kinds of fields. */
  public enum Kind {
    /** 64 bits. */
    LONG,
    /** 32 bits. */
    INT,
    /** A byte, 0 or 1. */
    TRUTH,
    /** A byte: the position of the constant in the field's list. */
    CONSTANT,
    /** 32 bits: the position in the block's table of strings. */
    TEXT,
    /** 32 bits: where the elements begin in the block's lists. */
    LIST,
    /** Its fields, in place. */
    RECORD
  }

  /**
   * One event type.
   *
   * @param code the first byte of its records, 1 to 255
   */
  public record TypeSchema(int code, String name, List<FieldSchema> fields) {
    /** Copies the list. */
    public TypeSchema {
      fields = List.copyOf(fields);
    }
  }

  /**
   * One component of a record.
   *
   * @param nullable whether a bit before the record's fields says that it is there
   * @param constants the names, of a {@code CONSTANT}
   * @param fields the fields of a {@code RECORD}; the one element of a {@code LIST}
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record FieldSchema(
      String name,
      Kind kind,
      boolean nullable,
      @Nullable List<String> constants,
      @Nullable List<FieldSchema> fields) {
    /** Refuses a field that does not say what it is. */
    public FieldSchema {
      Objects.requireNonNull(name, "a field without a name");
      Objects.requireNonNull(kind, "a field without a kind");
    }
  }

  /** The schema of the event types as they are now. */
  public static Schema current() {
    List<Class<? extends Event>> records = new ArrayList<>(SealedRecords.of(Event.class));
    records.sort(Comparator.comparing(Class::getSimpleName));
    List<TypeSchema> types = new ArrayList<>();
    for (Class<?> type : records) {
      types.add(new TypeSchema(types.size() + 1, type.getSimpleName(), fields(type)));
    }
    return new Schema(types);
  }

  private static List<FieldSchema> fields(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(Schema::field).toList();
  }

  private static FieldSchema field(RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return field(component.getName(), component.getGenericType(), nullable);
  }

  private static FieldSchema field(String name, Type type, boolean nullable) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      FieldSchema element = field("element", list.getActualTypeArguments()[0], false);
      return new FieldSchema(name, Kind.LIST, nullable, null, List.of(element));
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalStateException("the packed form has no place for " + type);
    }
    if (plain.isEnum()) {
      List<String> names =
          Arrays.stream(plain.getEnumConstants()).map(it -> ((Enum<?>) it).name()).toList();
      return new FieldSchema(name, Kind.CONSTANT, nullable, names, null);
    }
    if (plain.isRecord()) {
      return new FieldSchema(name, Kind.RECORD, nullable, null, fields(plain));
    }
    return new FieldSchema(name, plainKind(plain), nullable, null, null);
  }

  private static Kind plainKind(Class<?> type) {
    if (type == long.class || type == Long.class) {
      return Kind.LONG;
    }
    if (type == int.class || type == Integer.class) {
      return Kind.INT;
    }
    if (type == boolean.class || type == Boolean.class) {
      return Kind.TRUTH;
    }
    if (type == String.class) {
      return Kind.TEXT;
    }
    throw new IllegalStateException("the packed form has no place for " + type);
  }
}
