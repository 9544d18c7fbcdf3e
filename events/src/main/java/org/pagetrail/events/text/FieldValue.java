package org.pagetrail.events.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/** How one type of record component is written as JSON and read back. */
sealed interface FieldValue {

  /** Writes a value that is not null. */
  void write(Object value, JsonGenerator json) throws IOException;

  /** Reads what {@link #write} wrote. */
  Object read(JsonNode node) throws BadValue;

  /** Numbers that are bit patterns or addresses, and so are written in hexadecimal. */
  Set<String> BIT_PATTERNS =
      Set.of("address", "command", "mask", "offset", "pc", "seen", "syndrome", "value", "wanted");

  /** The form of a component, by its type; for numbers also by its name. */
  static FieldValue of(RecordComponent component) {
    return of(component.getGenericType(), BIT_PATTERNS.contains(component.getName()));
  }

  private static FieldValue of(Type type, boolean bits) {
    if (type == int.class || type == Integer.class) {
      return bits ? new Text(INT_BITS) : new IntNumber();
    }
    if (type == long.class || type == Long.class) {
      return bits ? new Text(LONG_BITS) : new LongNumber();
    }
    if (type == boolean.class || type == Boolean.class) {
      return new Truth();
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new Many(of(list.getActualTypeArguments()[0], false));
    }
    if (type instanceof Class<?> plain) {
      Notation notation = NOTATIONS.get(plain);
      if (notation != null) {
        return new Text(notation);
      }
      if (plain.isEnum()) {
        return constantOf(plain);
      }
      if (plain.isRecord()) {
        return new Parts(RecordShape.of(plain.asSubclass(Record.class)));
      }
    }
    throw new IllegalStateException("the text form has no notation for " + type);
  }

  /** A value as a string: how it is printed, and how it is parsed again. */
  record Notation(Function<Object, String> print, Function<String, Object> parse) {
    private static Notation of(Function<String, Object> parse) {
      return new Notation(Object::toString, parse);
    }
  }

  /** The notations of the value types. */
  Map<Class<?>, Notation> NOTATIONS =
      Map.of(
          String.class, Notation.of(text -> text),
          Gpa.class, Notation.of(Gpa::parse),
          Gfn.class, Notation.of(Gfn::parse),
          Hva.class, Notation.of(Hva::parse),
          Pfn.class, Notation.of(Pfn::parse),
          ByteSize.class, Notation.of(ByteSize::parse),
          Perms.class, Notation.of(FieldValue::perms),
          SlotId.class, Notation.of(FieldValue::slot),
          SlotFlags.class, Notation.of(text -> new SlotFlags(intBits(text))));

  /** 64 bits in hexadecimal. */
  Notation LONG_BITS = new Notation(value -> Hex.of((Long) value), Hex::parse);

  /** 32 bits in hexadecimal. */
  Notation INT_BITS =
      new Notation(value -> Hex.of(Integer.toUnsignedLong((Integer) value)), FieldValue::intBits);

  private static int intBits(String text) {
    long bits = Hex.parse(text);
    if (bits >>> 32 != 0) {
      throw new NumberFormatException("more than 32 bits");
    }
    return (int) bits;
  }

  private static Perms perms(String text) {
    Perms perms = Perms.parse(text);
    if (!perms.toString().equals(text)) {
      throw new IllegalArgumentException("permissions are three of r, w, x or -");
    }
    return perms;
  }

  private static SlotId slot(String text) {
    int colon = text.indexOf(':');
    int space = colon < 0 ? 0 : Integer.parseInt(text.substring(0, colon));
    return new SlotId(space, Integer.parseInt(text.substring(colon + 1)));
  }

  /** The form of an enum: the name of the constant. */
  static FieldValue constantOf(Class<?> type) {
    Map<String, Object> byName = new TreeMap<>();
    for (Object constant : type.getEnumConstants()) {
      byName.put(((Enum<?>) constant).name(), constant);
    }
    return new Text(
        new Notation(
            value -> ((Enum<?>) value).name(),
            text -> {
              Object constant = byName.get(text);
              if (constant == null) {
                throw new IllegalArgumentException("none of " + byName.keySet());
              }
              return constant;
            }));
  }

  /** A string. */
  record Text(Notation notation) implements FieldValue {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeString(notation.print().apply(value));
    }

    @Override
    public Object read(JsonNode node) throws BadValue {
      if (!node.isTextual()) {
        throw new BadValue("not a string");
      }
      try {
        return notation.parse().apply(node.textValue());
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new BadValue(String.valueOf(e.getMessage()));
      }
    }
  }

  /** A 32-bit decimal number. */
  record IntNumber() implements FieldValue {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeNumber((Integer) value);
    }

    @Override
    public Object read(JsonNode node) throws BadValue {
      if (!node.isIntegralNumber() || !node.canConvertToInt()) {
        throw new BadValue("not a whole number of 32 bits");
      }
      return node.intValue();
    }
  }

  /** A 64-bit decimal number. */
  record LongNumber() implements FieldValue {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeNumber((Long) value);
    }

    @Override
    public Object read(JsonNode node) throws BadValue {
      if (!node.isIntegralNumber() || !node.canConvertToLong()) {
        throw new BadValue("not a whole number of 64 bits");
      }
      return node.longValue();
    }
  }

  /** True or false. */
  record Truth() implements FieldValue {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeBoolean((Boolean) value);
    }

    @Override
    public Object read(JsonNode node) throws BadValue {
      if (!node.isBoolean()) {
        throw new BadValue("neither true nor false");
      }
      return node.booleanValue();
    }
  }

  /** An array. */
  record Many(FieldValue element) implements FieldValue {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeStartArray();
      for (Object part : (List<?>) value) {
        element.write(part, json);
      }
      json.writeEndArray();
    }

    @Override
    public Object read(JsonNode node) throws BadValue {
      if (!node.isArray()) {
        throw new BadValue("not an array");
      }
      List<Object> parts = new ArrayList<>(node.size());
      for (JsonNode part : node) {
        parts.add(element.read(part));
      }
      return parts;
    }
  }

  /** An object: a record within a record. */
  record Parts(RecordShape shape) implements FieldValue {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeStartObject();
      shape.writeFields((Record) value, json);
      json.writeEndObject();
    }

    @Override
    public Object read(JsonNode node) throws BadValue {
      return shape.read(node, Set.of());
    }
  }
}
