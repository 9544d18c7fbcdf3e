package org.pagetrail.traceimport.eventformat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.eventformat.Tokens.Kind;
import org.pagetrail.traceimport.eventformat.Tokens.Token;

/** Reads arguments of print formats. What it does not know is an IllegalArgumentException. */
final class ExpressionParser {
  private static final int DEPTH_MAX = 64;
  private static final EventData NOTHING = new EventData(ByteBuffer.allocate(0), 0, 0);

  /** Operators between operands, those that bind least first. */
  private static final List<List<String>> BINARY =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("|"),
          List.of("^"),
          List.of("&"),
          List.of("==", "!="),
          List.of("<", "<=", ">", ">="),
          List.of("<<", ">>"),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private final Tokens tokens;
  private final Map<String, Field> fields;
  private int depth;

  /** True once a name was met that only the kernel's source defines. */
  private boolean undefined;

  ExpressionParser(Tokens tokens, Map<String, Field> fields) {
    this.tokens = tokens;
    this.fields = fields;
  }

  /** All that the next comma, bracket or end closes. */
  Expression expression() {
    if (++depth > DEPTH_MAX) {
      throw new IllegalArgumentException("too many brackets");
    }
    Expression condition = binary(0);
    if (tokens.takes("?")) {
      Expression yes = expression();
      tokens.expect(":");
      condition = new Expression.Choice(condition, yes, expression());
    }
    depth--;
    return condition;
  }

  private Expression binary(int level) {
    if (level == BINARY.size()) {
      return unary();
    }
    Expression left = binary(level + 1);
    while (tokens.peek().kind() == Kind.OPERATOR
        && BINARY.get(level).contains(tokens.peek().text())) {
      String operator = tokens.take().text();
      left = new Expression.Binary(operator, left, binary(level + 1));
    }
    return left;
  }

  private Expression unary() {
    for (String operator : List.of("!", "~", "-", "+")) {
      if (tokens.takes(operator)) {
        return new Expression.Unary(operator.charAt(0), deeper());
      }
    }
    if (!tokens.peek().is("(")) {
      return primary();
    }
    CastType cast = CastType.at(tokens);
    if (cast != null) {
      Expression of = deeper();
      return cast.bytes() == 0 ? of : new Expression.Cast(of, cast.bytes(), cast.signed());
    }
    tokens.expect("(");
    if (tokens.peek().is("{")) {
      throw new IllegalArgumentException("statements");
    }
    Expression inner = expression();
    tokens.expect(")");
    return inner;
  }

  private Expression deeper() {
    if (++depth > DEPTH_MAX) {
      throw new IllegalArgumentException("too many operators");
    }
    Expression of = unary();
    depth--;
    return of;
  }

  private Expression primary() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case NUMBER -> new Expression.Constant(value(token.text()));
      case STRING -> new Expression.Text(strings(token.text()));
      case NAME -> named(token.text());
      case OPERATOR, END -> throw new IllegalArgumentException("no value at " + token.text());
    };
  }

  private String strings(String first) {
    StringBuilder all = new StringBuilder(first);
    while (tokens.peek().kind() == Kind.STRING) {
      all.append(tokens.take().text());
    }
    return all.toString();
  }

  private Expression named(String name) {
    return switch (name) {
      case "REC" -> {
        tokens.expect("->");
        Field field = field();
        if (!tokens.takes("[")) {
          yield new Expression.OfField(field);
        }
        Expression index = expression();
        tokens.expect("]");
        yield new Expression.Element(field, index);
      }
      case "__get_str", "__get_rel_str", "__get_dynamic_array" ->
          new Expression.OfField(bracketed());
      case "__get_dynamic_array_len", "__get_rel_dynamic_array_len" ->
          new Expression.Length(bracketed());
      case "__print_symbolic", "__print_symbolic_u64" -> symbols();
      case "__print_flags", "__print_flags_u64" -> flags();
      case "__print_hex" -> bytes(" ");
      case "__print_hex_str" -> bytes("");
      default -> {
        if (tokens.peek().is("(")) {
          throw new IllegalArgumentException("function " + name);
        }
        undefined = true;
        yield new Expression.Constant(0);
      }
    };
  }

  private Field field() {
    String name = tokens.name();
    Field field = name == null ? null : fields.get(name);
    if (field == null) {
      throw new IllegalArgumentException("no field " + name);
    }
    return field;
  }

  private Field bracketed() {
    tokens.expect("(");
    Field field = field();
    tokens.expect(")");
    return field;
  }

  private Expression symbols() {
    tokens.expect("(");
    Expression of = expression();
    Map<Long, String> names = new LinkedHashMap<>();
    while (tokens.takes(",")) {
      Long value = pairStart();
      String name = pairEnd();
      if (value != null) {
        names.putIfAbsent(value, name);
      }
    }
    tokens.expect(")");
    return new Expression.Symbol(of, Map.copyOf(names));
  }

  private Expression flags() {
    tokens.expect("(");
    Expression of = expression();
    tokens.expect(",");
    Token between = tokens.take();
    List<Expression.Flag> names = new ArrayList<>();
    while (tokens.takes(",")) {
      Long mask = pairStart();
      String name = pairEnd();
      if (mask != null) {
        names.add(new Expression.Flag(mask, name));
      }
    }
    tokens.expect(")");
    return new Expression.Flags(of, between.text(), List.copyOf(names));
  }

  /** The value before a name, or null where only the kernel's source defines it. */
  private @Nullable Long pairStart() {
    tokens.expect("{");
    boolean before = undefined;
    undefined = false;
    Expression value = expression();
    boolean known = !undefined;
    undefined = before;
    tokens.expect(",");
    return known ? Long.valueOf(value.number(NOTHING)) : null;
  }

  private String pairEnd() {
    Token name = tokens.take();
    if (name.kind() != Kind.STRING) {
      throw new IllegalArgumentException("no name at " + name.text());
    }
    String text = strings(name.text());
    tokens.expect("}");
    return text;
  }

  private Expression bytes(String between) {
    tokens.expect("(");
    Expression array = expression();
    Expression length = tokens.takes(",") ? expression() : null;
    tokens.expect(")");
    if (!(array instanceof Expression.OfField of)) {
      throw new IllegalArgumentException("bytes of no field");
    }
    return new Expression.Bytes(of.field(), length, between);
  }

  private static long value(String digits) {
    String text = digits;
    while (!text.isEmpty() && "uUlL".indexOf(text.charAt(text.length() - 1)) >= 0) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.startsWith("0x") || text.startsWith("0X")) {
      return Long.parseUnsignedLong(text.substring(2), 16);
    }
    boolean octal = text.length() > 1 && text.charAt(0) == '0';
    return Long.parseUnsignedLong(text, octal ? 8 : 10);
  }
}
