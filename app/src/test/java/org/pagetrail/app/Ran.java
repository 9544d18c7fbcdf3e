package org.pagetrail.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** What a command printed and returned. */
record Ran(int code, String out, String err) {

  /** Runs a command in this process. */
  static Ran of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    int code = command.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  /** Runs a command given as words, some of which stand for places. */
  static Ran ofWords(String words, Map<String, Path> places) {
    String[] arguments = words.split(" ", -1);
    for (int i = 0; i < arguments.length; i++) {
      for (Map.Entry<String, Path> place : places.entrySet()) {
        arguments[i] = arguments[i].replace(place.getKey(), place.getValue().toString());
      }
    }
    return of(arguments);
  }

  /** The last line that it printed. */
  String lastLine() {
    return out.lines().toList().getLast();
  }
}
