package org.pagetrail.events.text;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;

/** Makes any instance of a record type, extreme values included. */
final class AnyRecord {
  private static final long[] EXTREMES = {
    0, 1, -1, 4095, 4096, 1L << 52, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private static final String[] TEXT_PARTS = {
    "virt.flash1",
    " ",
    "\"",
    "\\",
    "\n",
    "\u0000",
    "\u001b[31m",
    "é",
    "\ud83d\ude00",
    "\ud800",
    "{}"
  };

  private final SplittableRandom random;

  AnyRecord(SplittableRandom random) {
    this.random = random;
  }

  /** An entry at {@code seq} that carries an event of the type. */
  TrailEntry entry(long seq, Class<? extends Record> type) {
    TreeSet<Long> causes = new TreeSet<>();
    for (int i = random.nextInt(4); i > 0 && seq > 0; i--) {
      causes.add(random.nextLong(seq));
    }
    Standing standing = (Standing) constant(Standing.class);
    return new TrailEntry(
        seq,
        random.nextBoolean() ? null : number(),
        standing,
        (Event) record(type),
        List.copyOf(causes),
        standing == Standing.DERIVED || standing == Standing.UNKNOWN
            ? (Citation) record(Citation.class)
            : null,
        standing == Standing.OBSERVED ? (Source) record(Source.class) : null);
  }

  private Record record(Class<?> type) {
    try {
      List<Class<?>> types = new ArrayList<>();
      List<@Nullable Object> parts = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        types.add(component.getType());
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        parts.add(nullable && random.nextInt(3) == 0 ? null : value(component.getGenericType()));
      }
      return (Record)
          type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(parts.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make a " + type, e);
    }
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType list) {
      List<Object> elements = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        elements.add(value(list.getActualTypeArguments()[0]));
      }
      return elements;
    }
    if (type == int.class || type == Integer.class) {
      return (int) number();
    }
    if (type == long.class || type == Long.class) {
      return number();
    }
    if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return constant(plain);
    }
    return switch (plain.getSimpleName()) {
      case "String" -> text();
      case "Gfn" -> new Gfn(number() >>> 12);
      case "Pfn" -> new Pfn(number() >>> 12);
      case "ByteSize" -> new ByteSize(number() >>> 1);
      case "SlotId" -> new SlotId((int) number() & 0xffff, (int) number() & 0xffff);
      case "GpaRange" -> new GpaRange(new Gpa(number() >>> 1), new ByteSize(number() >>> 1));
      case "HvaRange" -> new HvaRange(new Hva(number() >>> 1), new ByteSize(number() >>> 1));
      default -> record(plain);
    };
  }

  private Object constant(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  private long number() {
    return switch (random.nextInt(3)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextLong(1 << 20);
      default -> random.nextLong();
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(TEXT_PARTS[random.nextInt(TEXT_PARTS.length)]);
    }
    return text.toString();
  }
}
