package org.pagetrail.traceimport.eventformat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code format} file says about an event.
 *
 * @param name the event's name
 * @param id the number by which records name it
 * @param fields its fields by name, in their order
 * @param print how the kernel prints it; null where that is more than an expression
 */
public record EventFormat(
    String name, int id, SequencedMap<String, Field> fields, @Nullable PrintFormat print) {
  private static final int FIELDS_MAX = 1024;
  private static final Pattern NAME = Pattern.compile("name: (\\S{1,200})\\s*");
  private static final Pattern ID = Pattern.compile("ID: (\\d{1,5})\\s*");
  private static final Pattern FIELD =
      Pattern.compile(
          "\\s*field:(?<declaration>[^;]{1,400});\\s*offset:(?<offset>\\d{1,5});"
              + "\\s*size:(?<size>\\d{1,5});(?:\\s*signed:(?<signed>[01]);)?\\s*");
  private static final Pattern DECLARED =
      Pattern.compile("(?<type>.*?)(?<name>\\w+)\\s*(?<array>\\[[^\\]]*\\])?");
  private static final String PRINT = "print fmt: ";

  /** Reads a file, or gives null where it lacks a name or a number. */
  public static @Nullable EventFormat parse(String text) {
    String name = null;
    Integer id = null;
    SequencedMap<String, Field> fields = new LinkedHashMap<>();
    int print = text.indexOf(PRINT);
    String head = print < 0 ? text : text.substring(0, print);
    for (String line : head.split("\n", -1)) {
      Matcher named = NAME.matcher(line);
      Matcher numbered = ID.matcher(line);
      Matcher field = FIELD.matcher(line);
      if (named.matches()) {
        name = named.group(1);
      } else if (numbered.matches()) {
        id = Integer.valueOf(numbered.group(1));
      } else if (field.matches() && fields.size() < FIELDS_MAX) {
        add(field, fields);
      }
    }
    if (name == null || id == null) {
      return null;
    }
    PrintFormat format =
        print < 0 ? null : PrintFormat.parse(text.substring(print + PRINT.length()), fields);
    return new EventFormat(name, id, fields, format);
  }

  private static void add(Matcher line, Map<String, Field> fields) {
    Matcher declared = DECLARED.matcher(line.group("declaration").strip());
    if (!declared.matches()) {
      return;
    }
    String type = declared.group("type").strip();
    String array = declared.group("array");
    boolean elements = array != null || type.endsWith("]");
    int size = Integer.parseInt(line.group("size"));
    String name = declared.group("name");
    fields.put(
        name,
        new Field(
            name,
            kind(type, elements),
            Integer.parseInt(line.group("offset")),
            size,
            "1".equals(line.group("signed")),
            elements ? elementSize(type, array, size) : size));
  }

  private static Field.Kind kind(String type, boolean elements) {
    if (type.startsWith("__data_loc")) {
      return Field.Kind.DYNAMIC;
    }
    if (type.startsWith("__rel_loc")) {
      return Field.Kind.DYNAMIC_RELATIVE;
    }
    return elements && type.matches("(?:const )?(?:unsigned |signed )?char")
        ? Field.Kind.TEXT
        : Field.Kind.NUMBER;
  }

  private static int elementSize(String type, @Nullable String array, int size) {
    String count = array == null ? "" : array.substring(1, array.length() - 1);
    if (count.matches("[1-9]\\d{0,4}")) {
      return Math.max(1, size / Integer.parseInt(count));
    }
    if (type.matches(".*\\b(?:char|u8|s8|__u8|uint8_t)\\b.*")) {
      return Byte.BYTES;
    }
    return type.matches(".*\\b(?:u64|s64|__u64|long)\\b.*") ? Long.BYTES : Integer.BYTES;
  }

  /** What the kernel prints after the name; without a usable format the fields by name. */
  public String text(EventData event) {
    StringBuilder out = new StringBuilder();
    if (print != null) {
      print.append(event, out);
      return out.toString();
    }
    for (Field field : fields.values()) {
      if (!field.isCommon()) {
        out.append(out.isEmpty() ? "" : " ").append(field.name()).append('=');
        if (field.kind() == Field.Kind.NUMBER) {
          out.append("0x").append(Long.toHexString(event.number(field)));
        } else {
          out.append(event.text(field));
        }
      }
    }
    return out.toString();
  }
}
