package org.pagetrail.store.file;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.SealedRecords;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Tag;

/** Entries of every type of event with whatever values their types allow, from a seed. */
public final class AnyEntries {
  private static final List<Standing> STANDINGS = List.of(Standing.values());

  private final SplittableRandom random;
  private final List<Class<? extends Event>> types = SealedRecords.of(Event.class);

  /** Entries that depend on the seed alone. */
  public AnyEntries(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Entries from a position on; one in twenty is a message of another application. */
  public List<LogEntry> list(long first, int count) {
    List<LogEntry> entries = new ArrayList<>();
    for (long seq = first; seq < first + count; seq++) {
      entries.add(random.nextInt(20) == 0 ? message(seq) : new LogEntry.Recorded(entry(seq)));
    }
    return entries;
  }

  /** Events of the model alone. */
  public List<LogEntry> events(long first, int count) {
    List<LogEntry> entries = new ArrayList<>();
    for (long seq = first; seq < first + count; seq++) {
      entries.add(new LogEntry.Recorded(entry(seq)));
    }
    return entries;
  }

  private LogEntry message(long seq) {
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put("k" + random.nextInt(3), text());
    TreeSet<Tag> tags = new TreeSet<>();
    tags.add(new Tag("order", "" + random.nextInt(3)));
    tags.add(new Tag("gfn", "0x" + random.nextInt(3)));
    byte[] payload = new byte[random.nextInt(40)];
    random.nextBytes(payload);
    Long time = random.nextBoolean() ? null : Long.valueOf(random.nextLong());
    return new LogEntry.Foreign(
        seq, "id" + seq, "shop." + text(), "1", time, metadata, payload, tags);
  }

  private TrailEntry entry(long seq) {
    Event event = (Event) record(types.get((int) (seq % types.size())));
    Standing standing = STANDINGS.get(random.nextInt(STANDINGS.size()));
    TreeSet<Long> causes = new TreeSet<>();
    for (int i = random.nextInt(10); i > 0 && seq > 0; i--) {
      causes.add(random.nextLong(seq));
    }
    Citation rule =
        standing == Standing.DERIVED || standing == Standing.UNKNOWN
            ? new Citation(text(), text(), List.of(new Input(text(), text()), Input.of("n", seq)))
            : null;
    Source source =
        standing == Standing.OBSERVED ? new Source(text(), seq, random.nextLong(1L << 40)) : null;
    Long time = random.nextInt(5) == 0 ? null : Long.valueOf(random.nextLong());
    return new TrailEntry(seq, time, standing, event, List.copyOf(causes), rule, source);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    for (int tries = 0; tries < 1000; tries++) {
      @Nullable Object[] parts = new @Nullable Object[components.length];
      Class<?>[] parameters = new Class<?>[components.length];
      for (int i = 0; i < parts.length; i++) {
        boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
        parts[i] = nullable && random.nextBoolean() ? null : value(components[i].getGenericType());
        parameters[i] = components[i].getType();
      }
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(parameters);
        return constructor.newInstance(parts);
      } catch (InvocationTargetException e) {
        // These values are not allowed together; the next ones may be.
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("no value of " + type + " was found");
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType list) {
      List<Object> parts = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        parts.add(value(list.getActualTypeArguments()[0]));
      }
      return parts;
    }
    Class<?> plain = (Class<?>) type;
    if (plain == long.class || plain == Long.class) {
      return random.nextLong() >>> random.nextInt(64);
    }
    if (plain == int.class || plain == Integer.class) {
      return random.nextInt() >>> random.nextInt(32);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return random.nextBoolean();
    }
    if (plain == String.class) {
      return text();
    }
    Object[] constants = plain.getEnumConstants();
    return constants == null ? record(plain) : constants[random.nextInt(constants.length)];
  }

  private String text() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "\u0000\n\u00e9\ud83d\ude00\ud83d\udc00\udc00\ufffd";
      default -> "text" + random.nextInt(50);
    };
  }
}
