package org.pagetrail.app.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The parts of a C text that programs are put together from, by name. */
final class Sections {
  private static final String BEGIN = "//@ ";

  private final Map<String, String> texts;

  private Sections(Map<String, String> texts) {
    this.texts = texts;
  }

  /** Reads a text beside this class, in which each part begins with a line {@code //@ NAME}. */
  static Sections of(String file) {
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    StringBuilder part = new StringBuilder();
    for (String line : text(file).lines().toList()) {
      if (line.startsWith(BEGIN)) {
        part = new StringBuilder();
        parts.put(line.substring(BEGIN.length()), part);
      } else {
        part.append(line).append('\n');
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    parts.forEach((name, text) -> texts.put(name, text.toString()));
    return new Sections(texts);
  }

  private static String text(String file) {
    try (InputStream in = Sections.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A part that must be there. */
  String get(String name) {
    return Objects.requireNonNull(texts.get(name), name);
  }

  /** True if there is such a part. */
  boolean has(String name) {
    return texts.containsKey(name);
  }
}
