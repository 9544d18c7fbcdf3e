package org.pagetrail.app;

import java.io.PrintWriter;
import java.io.StringWriter;
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

  /** The last line that it printed. */
  String lastLine() {
    return out.lines().toList().getLast();
  }
}
