package org.pagetrail.traceimport.simple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How {@code printf} prints the arguments of a record. In a record each number has eight bytes,
 * whatever its type, and a string has its length before it; the format says how much of a number is
 * meant.
 */
final class RecordFormat {
  private static final Pattern CONVERSION =
      Pattern.compile(
          "%(?<flags>[-+ #0]*)(?<width>\\*|\\d{0,2})(?:\\.(?<precision>\\*|\\d{0,2}))?"
              + "(?<length>hh|h|ll|l|z|t|j)?(?<type>[diuxXocsp%])");

  /** The lengths of numbers that are narrower than an int, in bytes. */
  private static final Map<String, Integer> SHORT = Map.of("hh", Byte.BYTES, "h", Short.BYTES);

  private static final String TAKEN = "*";
  private static final int WIDTH_MAX = 64;

  private final List<Piece> pieces;
  private final String end;

  private RecordFormat(List<Piece> pieces, String end) {
    this.pieces = pieces;
    this.end = end;
  }

  /**
   * Literal text and the conversion behind it.
   *
   * @param bytes how wide the number is
   * @param width the least count of characters, {@link #TAKEN} if it is an argument
   */
  private record Piece(
      String literal,
      String flags,
      String width,
      @Nullable String precision,
      int bytes,
      char type) {
    static Piece of(String literal, Matcher match) {
      char type = match.group("type").charAt(0);
      String length = match.group("length");
      int whole = type == 'p' || length != null ? Long.BYTES : Integer.BYTES;
      int bytes = length == null ? whole : SHORT.getOrDefault(length, whole);
      return new Piece(
          literal,
          match.group("flags"),
          match.group("width"),
          match.group("precision"),
          bytes,
          type);
    }
  }

  /** A format in the words of {@code printf}. */
  static RecordFormat of(String format) {
    Matcher match = CONVERSION.matcher(format);
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    while (match.find()) {
      pieces.add(Piece.of(format.substring(from, match.start()), match));
      from = match.end();
    }
    return new RecordFormat(List.copyOf(pieces), format.substring(from));
  }

  /** For each argument, in order, whether it is a string. */
  List<Boolean> strings() {
    List<Boolean> strings = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.width.equals(TAKEN)) {
        strings.add(false);
      }
      if (TAKEN.equals(piece.precision)) {
        strings.add(false);
      }
      if (piece.type != '%') {
        strings.add(piece.type == 's');
      }
    }
    return strings;
  }

  /** The text of a record; null unless its arguments are exactly those of the format. */
  @Nullable String text(ByteBuffer record) {
    ByteBuffer arguments = record.duplicate().order(record.order());
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.literal);
      if (!append(piece, arguments, text)) {
        return null;
      }
    }
    return arguments.hasRemaining() ? null : text.append(end).toString();
  }

  private static boolean append(Piece piece, ByteBuffer arguments, StringBuilder text) {
    int counts = (piece.width.equals(TAKEN) ? 1 : 0) + (TAKEN.equals(piece.precision) ? 1 : 0);
    if (arguments.remaining() < counts * Long.BYTES) {
      return false;
    }
    int width = piece.width.isEmpty() ? 0 : width(piece.width, arguments);
    if (TAKEN.equals(piece.precision)) {
      arguments.getLong();
    }
    String body =
        switch (piece.type) {
          case '%' -> "%";
          case 's' -> string(arguments);
          default ->
              arguments.remaining() < Long.BYTES ? null : number(piece, width, arguments.getLong());
        };
    if (body == null) {
      return false;
    }
    text.repeat(' ', Math.max(0, width - body.length())).append(body);
    return true;
  }

  private static int width(String width, ByteBuffer arguments) {
    return width.equals(TAKEN)
        ? (int) Math.clamp(arguments.getLong(), 0L, WIDTH_MAX)
        : Integer.parseInt(width);
  }

  private static String number(Piece piece, int width, long value) {
    int unused = Long.SIZE - piece.bytes * Byte.SIZE;
    long signed = value << unused >> unused;
    long unsigned = value << unused >>> unused;
    String prefix = piece.flags.contains("#") && unsigned != 0 ? "0x" : "";
    return switch (piece.type) {
      case 'd', 'i' -> zeros(piece, width, signed < 0 ? "-" : "", magnitude(signed));
      case 'u' -> zeros(piece, width, "", Long.toUnsignedString(unsigned));
      case 'o' -> zeros(piece, width, "", Long.toOctalString(unsigned));
      case 'c' -> String.valueOf((char) (value & 0xff));
      case 'p' -> value == 0 ? "(nil)" : "0x" + Long.toHexString(value);
      case 'X' -> zeros(piece, width, prefix, Long.toHexString(unsigned)).toUpperCase(Locale.ROOT);
      default -> zeros(piece, width, prefix, Long.toHexString(unsigned));
    };
  }

  private static String magnitude(long value) {
    return value < 0 ? Long.toUnsignedString(-value) : Long.toString(value);
  }

  private static String zeros(Piece piece, int width, String prefix, String digits) {
    int zeros = piece.flags.contains("0") ? width - prefix.length() - digits.length() : 0;
    return prefix + "0".repeat(Math.max(0, zeros)) + digits;
  }

  private static @Nullable String string(ByteBuffer arguments) {
    if (arguments.remaining() < Integer.BYTES) {
      return null;
    }
    int length = arguments.getInt();
    if (length < 0 || length > arguments.remaining()) {
      return null;
    }
    byte[] bytes = new byte[length];
    arguments.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
