package org.pagetrail.traceimport.input;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Hex;

/** Inputs of one JSON object a line. */
public final class JsonLines {
  /** Times since 1970 in nanoseconds have more digits than a double keeps. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private JsonLines() {}

  /** True if some line of the head is an object with all these fields. */
  public static boolean anyHas(List<String> head, String... fields) {
    return head.stream()
        .map(JsonLines::object)
        .anyMatch(object -> {
          for (String field : fields) {
            if (object == null || !object.has(field)) {
              return false;
            }
          }
          return true;
        });
  }

  /** The object that a line holds, or null if it holds none. */
  public static @Nullable JsonNode object(String line) {
    if (!line.startsWith("{")) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(line);
      return node.isObject() ? node : null;
    } catch (JacksonException | NumberFormatException e) {
      // Numbers with exponents beyond all measure are refused by the class that holds them.
      return null;
    }
  }

  /**
   * A field with seconds, in nanoseconds.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static long nanos(JsonNode object, String field) {
    JsonNode node = object.path(field);
    if (!node.isNumber()) {
      throw new IllegalArgumentException(field + " is no number");
    }
    BigDecimal seconds = node.decimalValue();
    if (seconds.precision() - seconds.scale() > 12 || seconds.scale() > 30) {
      throw new IllegalArgumentException(field + " is no time");
    }
    return Numbers.nanosOfSeconds(seconds.toPlainString());
  }

  /**
   * A field with a hexadecimal number in a string.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static long hex(JsonNode object, String field) {
    JsonNode node = object.path(field);
    if (!node.isTextual()) {
      throw new IllegalArgumentException(field + " is no string");
    }
    return Hex.parse(node.textValue());
  }

  /**
   * A field with a whole number that is not negative.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static long count(JsonNode object, String field) {
    JsonNode node = object.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw new IllegalArgumentException(field + " is no count");
    }
    return node.longValue();
  }
}
