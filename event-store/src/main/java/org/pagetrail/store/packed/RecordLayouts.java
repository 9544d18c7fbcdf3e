package org.pagetrail.store.packed;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.SealedRecords;
import org.pagetrail.store.packed.Schema.TypeSchema;

/** The layouts of all event types of one file. */
public final class RecordLayouts {
  /** The bytes of a record that is no event: its code, and where its content lies. */
  static final int FOREIGN_BYTES = 1 + Integer.BYTES;

  private static final int CODES = 256;

  private static final Map<String, Class<?>> CLASSES = new HashMap<>();

  static {
    SealedRecords.of(Event.class).forEach(type -> CLASSES.put(type.getSimpleName(), type));
  }

  private final Schema schema;
  private final int[] widths = new int[CODES];
  private final @Nullable RecordLayout[] byCode = new @Nullable RecordLayout[CODES];
  private final @Nullable String[] problems = new @Nullable String[CODES];
  private final Map<Class<?>, Integer> codes = new HashMap<>();

  /** The codes again, where the JVM finds them by class at once. */
  private final ClassValue<Integer> codeOf =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return codes.getOrDefault(type, -1);
        }
      };

  private RecordLayouts(Schema schema) {
    this.schema = schema;
  }

  /** The layouts that are written. */
  public static RecordLayouts current() {
    return Current.LAYOUTS;
  }

  /** Made when first asked for, and then shared by all files that have them. */
  private static final class Current {
    private static final RecordLayouts LAYOUTS = made(Schema.current());
  }

  /**
   * The layouts of a file. A type that this release cannot read is no problem as long as no record
   * is of it.
   *
   * @throws DamagedBlock if the schema makes no sense
   */
  public static RecordLayouts of(Schema schema) {
    return schema.equals(current().schema) ? current() : made(schema);
  }

  private static RecordLayouts made(Schema schema) {
    RecordLayouts layouts = new RecordLayouts(schema);
    layouts.widths[Schema.FOREIGN] = FOREIGN_BYTES;
    for (TypeSchema type : schema.types()) {
      layouts.add(type);
    }
    return layouts;
  }

  private void add(TypeSchema type) {
    int code = type.code();
    if (code <= Schema.FOREIGN || code >= CODES || widths[code] != 0) {
      throw new DamagedBlock("the schema gives the code " + code + " to " + type.name());
    }
    widths[code] = 1 + width(type.fields());
    Class<?> known = CLASSES.get(type.name());
    if (known == null) {
      problems[code] = "this release knows no event " + type.name();
      return;
    }
    try {
      byCode[code] = RecordLayout.of(known, type.fields());
      codes.put(known, code);
    } catch (DamagedBlock e) {
      problems[code] = "this release reads no such " + type.name() + ": " + e.getMessage();
    }
  }

  private static int width(List<Schema.FieldSchema> fields) {
    int nullable = (int) fields.stream().filter(Schema.FieldSchema::nullable).count();
    int width = (nullable + 7) / 8;
    for (Schema.FieldSchema field : fields) {
      width +=
          switch (field.kind()) {
            case LONG -> Long.BYTES;
            case INT, TEXT, LIST -> Integer.BYTES;
            case TRUTH, CONSTANT -> 1;
            case RECORD -> width(field.fields() == null ? List.of() : field.fields());
          };
    }
    return width;
  }

  /** What the file says of itself. */
  public Schema schema() {
    return schema;
  }

  /** How many bytes a record with this code takes, the code included; 0 for an unknown code. */
  public int width(int code) {
    return widths[code];
  }

  /** The widths by code; a copy. */
  public int[] widths() {
    return widths.clone();
  }

  /** Why records with this code cannot be read, null if they can. */
  public @Nullable String problem(int code) {
    return problems[code];
  }

  /** The code of an event type, -1 if the file has none for it. */
  public int code(Class<? extends Event> type) {
    return codeOf.get(type);
  }

  /** Which codes the event types have that are wanted. */
  public boolean[] codes(Predicate<Class<? extends Event>> wanted) {
    boolean[] wantedCodes = new boolean[CODES];
    for (Class<? extends Event> type : SealedRecords.of(Event.class)) {
      int code = code(type);
      if (code >= 0 && wanted.test(type)) {
        wantedCodes[code] = true;
      }
    }
    return wantedCodes;
  }

  /** True if the file's records of a type have a component; an older file may lack it. */
  public boolean has(Class<? extends Event> type, String name) {
    int code = code(type);
    RecordLayout layout = code < 0 ? null : byCode[code];
    return layout != null && layout.offset(name) >= 0;
  }

  /**
   * Where a component's bytes begin in a record, counted from the code.
   *
   * @param path the component, and the component of that if it is a record itself
   * @throws IllegalArgumentException if there is no such component
   */
  public int offset(Class<? extends Event> type, String... path) {
    int code = code(type);
    RecordLayout layout = code < 0 ? null : byCode[code];
    int offset = layout == null ? -1 : layout.offset(path);
    if (offset < 0) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " has no " + String.join(".", path));
    }
    return 1 + offset;
  }

  /** Which bit of the byte after the code says that a nullable component is there, -1 if always. */
  public int presenceBit(Class<? extends Event> type, String name) {
    RecordLayout layout = byCode[code(type)];
    return layout == null ? -1 : layout.presenceBit(name);
  }

  /**
   * The event of a record that has neither strings nor lists.
   *
   * @param at where the record begins
   * @throws DamagedBlock if it has any
   */
  public Event event(MemorySegment records, long at) {
    int code = records.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    return (Event) layout(code).read(records, at + 1, ColdTables.NONE);
  }

  /**
   * The layout of a code.
   *
   * @throws UnknownRecord if the file has such records and this release has no event for them
   */
  RecordLayout layout(int code) {
    RecordLayout layout = byCode[code];
    if (layout == null) {
      String problem = problems[code];
      if (problem == null) {
        throw new DamagedBlock("no event type has the code " + code);
      }
      throw new UnknownRecord(problem);
    }
    return layout;
  }
}
