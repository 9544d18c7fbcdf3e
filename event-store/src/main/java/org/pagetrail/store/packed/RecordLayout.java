package org.pagetrail.store.packed;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.packed.Schema.FieldSchema;

/**
 * Where the components of a record type lie, as a schema says.
 *
 * <p>First come bits, a byte for eight, that say which of the nullable fields are there; then the
 * fields in the schema's order. A component that the schema lacks is null or an empty list.
 */
final class RecordLayout {
  private final Class<?> type;
  private final MethodHandle constructor;
  private final List<Field> fields;
  private final int components;
  private final List<Absent> absent;
  private final int width;
  private @Nullable RecordPacker packer;

  /**
   * One field.
   *
   * @param bit which presence bit is its own, -1 if it is always there
   * @param component its position among the constructor's parameters
   */
  record Field(String name, Place place, int offset, int bit, int component, Method accessor) {}

  /**
   * A component that the schema lacks.
   *
   * @param isList whether it is an empty list then, and not null
   */
  record Absent(String name, boolean isList, int component, Method accessor) {}

  private RecordLayout(
      Class<?> type, MethodHandle constructor, List<Field> fields, List<Absent> absent, int width) {
    this.type = type;
    this.constructor = constructor;
    this.fields = fields;
    this.absent = absent;
    this.components = type.getRecordComponents().length;
    this.width = width;
  }

  /**
   * The layout of a record type under a schema.
   *
   * @throws DamagedBlock if the type has no such fields, or lacks one that must be there
   */
  static RecordLayout of(Class<?> type, List<FieldSchema> schema) {
    RecordComponent[] components = type.getRecordComponents();
    int nullable = (int) schema.stream().filter(FieldSchema::nullable).count();
    int offset = (nullable + 7) / 8;
    int bit = 0;
    boolean[] present = new boolean[components.length];
    List<Field> fields = new ArrayList<>();
    try {
      for (FieldSchema field : schema) {
        int position = position(components, field.name());
        if (position < 0) {
          throw new DamagedBlock(type.getSimpleName() + " has no field " + field.name());
        }
        present[position] = true;
        RecordComponent component = components[position];
        Place place = place(component.getGenericType(), field);
        fields.add(
            new Field(
                field.name(),
                place,
                offset,
                field.nullable() ? bit++ : -1,
                position,
                component.getAccessor()));
        offset += place.width();
      }
      List<Absent> absent = absent(type, components, present);
      Class<?>[] parameters =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      MethodHandle constructor =
          MethodHandles.publicLookup()
              .unreflectConstructor(type.getConstructor(parameters))
              .asType(MethodType.genericMethodType(parameters.length))
              .asSpreader(Object[].class, parameters.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new RecordLayout(type, constructor, List.copyOf(fields), absent, offset);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is no public record", e);
    }
  }

  private static int position(RecordComponent[] components, String name) {
    for (int i = 0; i < components.length; i++) {
      if (components[i].getName().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static List<Absent> absent(
      Class<?> type, RecordComponent[] components, boolean[] present) {
    List<Absent> absent = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      boolean isList = component.getType() == List.class;
      if (!present[i]) {
        if (!nullable && !isList) {
          throw new DamagedBlock(
              "its " + type.getSimpleName() + " lacks the field " + component.getName());
        }
        absent.add(
            new Absent(component.getName(), isList && !nullable, i, component.getAccessor()));
      }
    }
    return List.copyOf(absent);
  }

  private static Place place(Type type, FieldSchema field) {
    List<FieldSchema> parts = field.fields() == null ? List.of() : field.fields();
    return switch (field.kind()) {
      case LONG -> expect(new Place.LongPlace(), field, type == long.class || type == Long.class);
      case INT -> expect(new Place.IntPlace(), field, type == int.class || type == Integer.class);
      case TRUTH ->
          expect(new Place.TruthPlace(), field, type == boolean.class || type == Boolean.class);
      case TEXT -> expect(new Place.TextPlace(), field, type == String.class);
      case CONSTANT -> new Place.ConstantPlace(constants(type, field));
      case RECORD -> {
        expect(new Place.LongPlace(), field, type instanceof Class<?> plain && plain.isRecord());
        yield new Place.RecordPlace(of((Class<?>) type, parts));
      }
      case LIST -> {
        if (parts.size() == 1 && type instanceof ParameterizedType list) {
          yield new Place.ListPlace(place(list.getActualTypeArguments()[0], parts.getFirst()));
        }
        throw new DamagedBlock("the field " + field.name() + " is no list");
      }
    };
  }

  private static Place expect(Place place, FieldSchema field, boolean fits) {
    if (!fits) {
      throw new DamagedBlock("the field " + field.name() + " is no " + field.kind());
    }
    return place;
  }

  private static List<Enum<?>> constants(Type type, FieldSchema field) {
    List<String> names = field.constants() == null ? List.of() : field.constants();
    List<Enum<?>> constants = new ArrayList<>();
    Object[] known = type instanceof Class<?> plain ? plain.getEnumConstants() : null;
    for (String name : names) {
      Enum<?> found = null;
      for (Object constant : known == null ? new Object[0] : known) {
        if (((Enum<?>) constant).name().equals(name)) {
          found = (Enum<?>) constant;
        }
      }
      if (found == null) {
        throw new DamagedBlock("the field " + field.name() + " has no constant " + name);
      }
      constants.add(found);
    }
    return List.copyOf(constants);
  }

  /** The type of the records. */
  Class<?> type() {
    return type;
  }

  /** What a record has, in the schema's order. */
  List<Field> fields() {
    return fields;
  }

  /** What the type has and the schema lacks. */
  List<Absent> absent() {
    return absent;
  }

  /** How many bytes a record takes. */
  int width() {
    return width;
  }

  /** Where the bytes of a component begin, counted from the record's first; -1 if there is none. */
  int offset(String... path) {
    RecordLayout layout = this;
    int offset = 0;
    for (int i = 0; i < path.length; i++) {
      Field field = layout.field(path[i]);
      if (field == null) {
        return -1;
      }
      offset += field.offset();
      if (field.place() instanceof Place.RecordPlace inner) {
        layout = inner.layout();
      } else if (i < path.length - 1) {
        return -1;
      }
    }
    return offset;
  }

  /** The bit that says that a nullable field is there, -1 if it always is. */
  int presenceBit(String name) {
    Field field = field(name);
    return field == null ? -1 : field.bit();
  }

  private @Nullable Field field(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /**
   * Puts a record in bytes that are zero.
   *
   * @throws Unpackable if the schema has no place for one of its values
   */
  void write(Record value, Bytes to, int at, Tables tables) {
    RecordPacker known = packer;
    if (known == null) {
      // Made when the first record is packed, so that a reader does not pay for it.
      known = PackerCode.of(this);
      packer = known;
    }
    known.write(value, to, at, tables);
  }

  /** Takes a record out. */
  Object read(MemorySegment from, long at, ColdTables tables) {
    @Nullable Object[] parts = new @Nullable Object[components];
    for (Field field : fields) {
      if (field.bit() < 0 || isPresent(from, at, field.bit())) {
        parts[field.component()] = field.place().read(from, at + field.offset(), tables);
      }
    }
    return make(parts);
  }

  private static boolean isPresent(MemorySegment from, long at, int bit) {
    return ((from.get(ValueLayout.JAVA_BYTE, at + bit / 8) >> (bit % 8)) & 1) != 0;
  }

  private Object make(@Nullable Object[] parts) {
    for (Absent missing : absent) {
      if (missing.isList()) {
        parts[missing.component()] = List.of();
      }
    }
    try {
      return (Object) constructor.invokeExact(parts);
    } catch (IllegalArgumentException | ArithmeticException | NullPointerException e) {
      throw new DamagedBlock("no " + type.getSimpleName() + ": " + e.getMessage());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }
}
