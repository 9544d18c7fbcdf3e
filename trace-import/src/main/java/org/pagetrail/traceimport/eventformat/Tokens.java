package org.pagetrail.traceimport.eventformat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens of a C expression. */
final class Tokens {

  /** What a token is. */
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    END
  }

  /** A token: a name, the digits of a number, the content of a string, or an operator. */
  record Token(Kind kind, String text) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }
  }

  /** Operators of two or three characters; all others have one. */
  private static final List<String> LONG_OPERATORS =
      List.of("->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||");

  private static final Map<Character, Character> ESCAPES =
      Map.of('n', '\n', 't', '\t', 'r', '\r', 'a', '\u0007', '0', '\0');

  private static final Token END = new Token(Kind.END, "");

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  /**
   * Splits a text.
   *
   * @throws IllegalArgumentException if a string does not end
   */
  Tokens(String text) {
    int at = 0;
    while (at < text.length()) {
      at = add(text, at);
    }
  }

  private int add(String text, int at) {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      return at + 1;
    }
    if (c == '"' || c == '\'') {
      return addString(text, at);
    }
    if (isWord(c)) {
      int end = at;
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      boolean number = c >= '0' && c <= '9';
      tokens.add(new Token(number ? Kind.NUMBER : Kind.NAME, text.substring(at, end)));
      return end;
    }
    for (String operator : LONG_OPERATORS) {
      if (text.startsWith(operator, at)) {
        tokens.add(new Token(Kind.OPERATOR, operator));
        return at + operator.length();
      }
    }
    tokens.add(new Token(Kind.OPERATOR, String.valueOf(c)));
    return at + 1;
  }

  private int addString(String text, int at) {
    char quote = text.charAt(at);
    StringBuilder content = new StringBuilder();
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      char c = text.charAt(end);
      if (c == '\\' && end + 1 < text.length()) {
        end++;
        c = ESCAPES.getOrDefault(text.charAt(end), text.charAt(end));
      }
      content.append(c);
      end++;
    }
    if (end >= text.length()) {
      throw new IllegalArgumentException("string without an end");
    }
    tokens.add(
        quote == '"'
            ? new Token(Kind.STRING, content.toString())
            : new Token(Kind.NUMBER, content.isEmpty() ? "0" : "" + (int) content.charAt(0)));
    return end + 1;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  /** The next token without taking it. */
  Token peek() {
    return peek(0);
  }

  /** A later token without taking it. */
  Token peek(int ahead) {
    return next + ahead < tokens.size() ? tokens.get(next + ahead) : END;
  }

  /** Takes the next token. */
  Token take() {
    Token token = peek();
    next++;
    return token;
  }

  /** Takes the next token if it is this operator. */
  boolean takes(String operator) {
    boolean is = peek().is(operator);
    next += is ? 1 : 0;
    return is;
  }

  /**
   * Takes this operator.
   *
   * @throws IllegalArgumentException if something else is next
   */
  void expect(String operator) {
    if (!takes(operator)) {
      throw new IllegalArgumentException("no " + operator + " before " + peek().text());
    }
  }

  /** Takes a name, or gives null if something else is next. */
  @Nullable String name() {
    return peek().kind() == Kind.NAME ? take().text() : null;
  }
}
