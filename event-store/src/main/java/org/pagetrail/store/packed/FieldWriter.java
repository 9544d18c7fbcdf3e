package org.pagetrail.store.packed;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Packs one component of a record. Numbers are taken out as what they are, not as objects; what
 * takes them out is made when the first record is packed, so that a reader does not pay for it.
 */
final class FieldWriter {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** One of four ways to take a component out and put it down. */
  private interface Step {
    /** Puts the component of a record down; false if it is null. */
    boolean write(Record value, Bytes to, int at, Tables tables);
  }

  private final RecordComponent component;
  private final Place place;
  private @Nullable Step step;

  FieldWriter(RecordComponent component, Place place) {
    this.component = component;
    this.place = place;
  }

  /**
   * Puts the component of a record down; false if it is null.
   *
   * @throws Unpackable if there is no place for it
   */
  boolean write(Record value, Bytes to, int at, Tables tables) {
    Step known = step;
    if (known == null) {
      known = made();
      step = known;
    }
    return known.write(value, to, at, tables);
  }

  @SuppressWarnings("unchecked") // the component has the type that its place was made for
  private Step made() {
    Class<?> type = component.getType();
    if (type == long.class) {
      ToLongFunction<Record> number =
          (ToLongFunction<Record>) accessor(ToLongFunction.class, "applyAsLong", long.class);
      return (value, to, at, tables) -> {
        to.setLong(at, number.applyAsLong(value));
        return true;
      };
    }
    if (type == int.class) {
      ToIntFunction<Record> number =
          (ToIntFunction<Record>) accessor(ToIntFunction.class, "applyAsInt", int.class);
      return (value, to, at, tables) -> {
        to.setInt(at, number.applyAsInt(value));
        return true;
      };
    }
    if (type == boolean.class) {
      Predicate<Record> truth =
          (Predicate<Record>) accessor(Predicate.class, "test", boolean.class);
      return (value, to, at, tables) -> {
        to.setByte(at, truth.test(value) ? 1 : 0);
        return true;
      };
    }
    Function<Record, @Nullable Object> part =
        (Function<Record, @Nullable Object>) accessor(Function.class, "apply", Object.class);
    return (value, to, at, tables) -> {
      Object found = part.apply(value);
      if (found != null) {
        place.write(found, to, at, tables);
      }
      return found != null;
    };
  }

  /** The component's accessor as a function of this type. */
  private Object accessor(Class<?> function, String method, Class<?> result) {
    try {
      MethodHandle accessor = LOOKUP.unreflect(component.getAccessor());
      return LambdaMetafactory.metafactory(
              LOOKUP,
              method,
              MethodType.methodType(function),
              MethodType.methodType(result, Object.class),
              accessor,
              MethodType.methodType(component.getType(), component.getDeclaringRecord()))
          .getTarget()
          .invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
