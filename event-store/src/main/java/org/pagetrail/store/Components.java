package org.pagetrail.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;

/** The values of a record's components, in their order. */
final class Components {
  private static final ClassValue<List<MethodHandle>> READERS =
      new ClassValue<>() {
        @Override
        protected List<MethodHandle> computeValue(Class<?> type) {
          List<MethodHandle> readers = new ArrayList<>();
          for (RecordComponent component : type.getRecordComponents()) {
            try {
              readers.add(
                  MethodHandles.publicLookup()
                      .unreflect(component.getAccessor())
                      .asType(MethodType.methodType(Object.class, Object.class)));
            } catch (IllegalAccessException e) {
              throw new IllegalStateException(component + " cannot be read", e);
            }
          }
          return List.copyOf(readers);
        }
      };

  private Components() {}

  /** The components that are not null. */
  static List<Object> of(Event event) {
    List<Object> parts = new ArrayList<>();
    for (MethodHandle reader : READERS.get(event.getClass())) {
      Object part = read(reader, event);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  @SuppressWarnings("NullAway") // a component may be null, a method handle has no nullness
  private static @Nullable Object read(MethodHandle reader, Event event) {
    try {
      return (Object) reader.invokeExact((Object) event);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a component cannot be read", e);
    }
  }
}
