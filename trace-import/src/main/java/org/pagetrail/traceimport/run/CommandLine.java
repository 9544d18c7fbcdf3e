package org.pagetrail.traceimport.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * QEMU's command line, taken apart.
 *
 * @param binary the program without its folder
 * @param options each option with its value, empty if it has none
 */
record CommandLine(String binary, List<Option> options) {

  /** An option, without its dashes. */
  record Option(String name, String value) {

    /** The value before the first comma, unless it has a key. */
    String head() {
      String first = value.split(",", 2)[0];
      return first.indexOf('=') < 0 ? first : "";
    }

    /** The {@code key=value} parts; a part without {@code =} is switched on. */
    Map<String, String> parts() {
      Map<String, String> parts = new TreeMap<>();
      for (String part : value.split(",", -1)) {
        int equals = part.indexOf('=');
        parts.put(
            equals < 0 ? part : part.substring(0, equals),
            equals < 0 ? "on" : part.substring(equals + 1));
      }
      return parts;
    }
  }

  static CommandLine parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    List<Option> options = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      if (words[i].length() > 1 && words[i].startsWith("-")) {
        boolean hasValue = i + 1 < words.length && !words[i + 1].startsWith("-");
        String name = words[i].startsWith("--") ? words[i].substring(2) : words[i].substring(1);
        options.add(new Option(name, hasValue ? unquoted(words[i + 1]) : ""));
      }
    }
    String program = words[0];
    return new CommandLine(program.substring(program.lastIndexOf('/') + 1), options);
  }

  /** The options of one of these names, in their order. */
  List<Option> named(String... names) {
    List<String> wanted = List.of(names);
    return options.stream().filter(option -> wanted.contains(option.name())).toList();
  }

  /** The value of the last option of that name, or null. */
  @Nullable String last(String name) {
    List<Option> found = named(name);
    return found.isEmpty() ? null : found.getLast().value();
  }

  private static String unquoted(String word) {
    return word.replace("'", "").replace("\"", "");
  }
}
