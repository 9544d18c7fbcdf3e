package org.pagetrail.traceimport.eventformat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.eventformat.Tokens.Kind;

/** A format and its arguments, as {@code printf} takes them. */
final class PrintFormat {
  /** The kernel prints no more than a page of an event either. */
  private static final int TEXT_CHARS_MAX = 4096;

  private static final Pattern CONVERSION =
      Pattern.compile(
          "%(?<flags>[-+ #0]*)(?<width>\\*|\\d{0,3})(?:\\.(?<precision>\\*|\\d{0,3}))?"
              + "(?<length>hh|h|ll|l|L|z|t|j|q)?(?<type>[diuxXocsp%])(?<pointer>[sSfFB]?)");

  private final List<Piece> pieces;

  private PrintFormat(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /** Literal text, or one conversion with its argument. */
  private record Piece(String literal, @Nullable Conversion conversion) {}

  /** Reads what a format file has after {@code print fmt:}; null where it is no such format. */
  static @Nullable PrintFormat parse(String text, Map<String, Field> fields) {
    try {
      Tokens tokens = new Tokens(text);
      StringBuilder format = new StringBuilder();
      while (tokens.peek().kind() == Kind.STRING) {
        format.append(tokens.take().text());
      }
      List<Expression> arguments = new ArrayList<>();
      ExpressionParser parser = new ExpressionParser(tokens, fields);
      while (tokens.takes(",")) {
        arguments.add(parser.expression());
      }
      if (tokens.peek().kind() != Kind.END || format.isEmpty()) {
        return null;
      }
      return of(format.toString(), arguments.iterator());
    } catch (IllegalArgumentException notUnderstood) {
      return null;
    }
  }

  private static @Nullable PrintFormat of(String format, Iterator<Expression> arguments) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    Matcher match = CONVERSION.matcher(format);
    while (match.find()) {
      String literal = format.substring(at, match.start());
      at = match.end();
      if (match.group("type").equals("%")) {
        pieces.add(new Piece(literal + "%" + match.group("pointer"), null));
        continue;
      }
      if (!match.group("type").equals("p")) {
        at -= match.group("pointer").length();
      }
      Conversion conversion = Conversion.of(match, arguments);
      if (conversion == null) {
        return null;
      }
      pieces.add(new Piece(literal, conversion));
    }
    pieces.add(new Piece(format.substring(at), null));
    return arguments.hasNext() ? null : new PrintFormat(List.copyOf(pieces));
  }

  /** Prints an event. */
  void append(EventData event, StringBuilder out) {
    for (Piece piece : pieces) {
      out.append(piece.literal);
      if (piece.conversion != null) {
        piece.conversion.append(event, out);
      }
      if (out.length() > TEXT_CHARS_MAX) {
        out.setLength(TEXT_CHARS_MAX);
        return;
      }
    }
  }
}
