package org.pagetrail.traceimport.eventformat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An argument of a print format, in the part of C that the kernel's formats use. */
sealed interface Expression {

  /** Its value as a number, sign-extended to 64 bits. */
  default long number(EventData event) {
    return 0;
  }

  /** Prints what {@code %s} prints of it. */
  default void append(EventData event, StringBuilder out) {
    out.append("0x").append(Long.toHexString(number(event)));
  }

  /** True if a shift to the right keeps its sign. */
  default boolean signed() {
    return true;
  }

  /** A number. */
  record Constant(long value) implements Expression {
    @Override
    public long number(EventData event) {
      return value;
    }
  }

  /** A string. */
  record Text(String text) implements Expression {
    @Override
    public void append(EventData event, StringBuilder out) {
      out.append(text);
    }
  }

  /** {@code REC->field}. */
  record OfField(Field field) implements Expression {
    @Override
    public long number(EventData event) {
      return event.number(field);
    }

    @Override
    public void append(EventData event, StringBuilder out) {
      out.append(event.text(field));
    }

    @Override
    public boolean signed() {
      return field.signed();
    }
  }

  /** {@code REC->field[index]}. */
  record Element(Field field, Expression index) implements Expression {
    @Override
    public long number(EventData event) {
      long at = event.offset(field) + index.number(event) * field.elementSize();
      return at < 0 || at > Short.MAX_VALUE * 4L
          ? 0
          : event.number((int) at, field.elementSize(), field.signed());
    }
  }

  /** {@code __get_dynamic_array_len(field)}. */
  record Length(Field field) implements Expression {
    @Override
    public long number(EventData event) {
      return event.size(field);
    }
  }

  /** A cast to a number of so many bytes. */
  record Cast(Expression of, int bytes, boolean signed) implements Expression {
    @Override
    public long number(EventData event) {
      return narrowed(of.number(event), bytes, signed);
    }

    @Override
    public void append(EventData event, StringBuilder out) {
      of.append(event, out);
    }
  }

  /** An operator before its operand. */
  record Unary(char operator, Expression of) implements Expression {
    @Override
    public long number(EventData event) {
      long value = of.number(event);
      return switch (operator) {
        case '!' -> value == 0 ? 1 : 0;
        case '~' -> ~value;
        case '-' -> -value;
        default -> value;
      };
    }
  }

  /** An operator between its operands. */
  record Binary(String operator, Expression left, Expression right) implements Expression {
    @Override
    public long number(EventData event) {
      long one = left.number(event);
      if (operator.equals("&&")) {
        return one != 0 && right.number(event) != 0 ? 1 : 0;
      }
      if (operator.equals("||")) {
        return one != 0 || right.number(event) != 0 ? 1 : 0;
      }
      long other = right.number(event);
      return switch (operator) {
        case "+" -> one + other;
        case "-" -> one - other;
        case "*" -> one * other;
        case "/" -> other == 0 ? 0 : one / other;
        case "%" -> other == 0 ? 0 : one % other;
        case "&" -> one & other;
        case "|" -> one | other;
        case "^" -> one ^ other;
        case "<<" -> one << other;
        case ">>" -> left.signed() ? one >> other : one >>> other;
        case "==" -> one == other ? 1 : 0;
        case "!=" -> one != other ? 1 : 0;
        case "<" -> one < other ? 1 : 0;
        case "<=" -> one <= other ? 1 : 0;
        case ">" -> one > other ? 1 : 0;
        case ">=" -> one >= other ? 1 : 0;
        default -> 0;
      };
    }

    @Override
    public boolean signed() {
      return left.signed() && right.signed();
    }
  }

  /** {@code condition ? yes : no}. */
  record Choice(Expression condition, Expression yes, Expression no) implements Expression {
    private Expression taken(EventData event) {
      return condition.number(event) != 0 ? yes : no;
    }

    @Override
    public long number(EventData event) {
      return taken(event).number(event);
    }

    @Override
    public void append(EventData event, StringBuilder out) {
      taken(event).append(event, out);
    }
  }

  /** {@code __print_symbolic}: the name of a value, or its digits. */
  record Symbol(Expression of, Map<Long, String> names) implements Expression {
    @Override
    public void append(EventData event, StringBuilder out) {
      long value = of.number(event);
      String name = names.get(value);
      if (name == null) {
        out.append("0x").append(Long.toHexString(value));
      } else {
        out.append(name);
      }
    }
  }

  /** One name of {@link Flags}. */
  record Flag(long mask, String name) {}

  /** {@code __print_flags}: the names of the bits that are set, and the digits of the rest. */
  record Flags(Expression of, String between, List<Flag> names) implements Expression {
    @Override
    public void append(EventData event, StringBuilder out) {
      long rest = of.number(event);
      String separator = "";
      for (Flag flag : names) {
        if (rest != 0 && (rest & flag.mask) == flag.mask) {
          out.append(separator).append(flag.name);
          separator = between;
          rest &= ~flag.mask;
        }
      }
      if (rest != 0) {
        out.append(separator).append("0x").append(Long.toHexString(rest));
      }
    }
  }

  /** {@code __print_hex}: bytes of a field; without a length all of them. */
  record Bytes(Field field, @Nullable Expression length, String between) implements Expression {
    @Override
    public void append(EventData event, StringBuilder out) {
      int from = event.offset(field);
      long asked = length == null ? event.size(field) : length.number(event);
      long count = Math.clamp(asked, 0, Math.max(0, event.length() - from));
      String separator = "";
      for (int i = 0; i < count; i++) {
        long value = event.number(from + i, Byte.BYTES, false);
        out.append(separator).append(value < 16 ? "0" : "").append(Long.toHexString(value));
        separator = between;
      }
    }
  }

  /** The low bytes of a value, its sign taken from them. */
  static long narrowed(long value, int bytes, boolean signed) {
    int unused = Long.SIZE - bytes * Byte.SIZE;
    if (unused <= 0) {
      return value;
    }
    return signed ? value << unused >> unused : value << unused >>> unused;
  }
}
