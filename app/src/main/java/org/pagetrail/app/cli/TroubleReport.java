package org.pagetrail.app.cli;

import java.io.UncheckedIOException;
import org.pagetrail.app.text.Columns;
import org.pagetrail.events.text.TrailFormatException;
import org.pagetrail.simulation.NotModelled;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.run.RunCommandRefused;
import org.pagetrail.traceimport.input.ImportException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into sentences on standard error and exit code 2. */
public final class TroubleReport implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    String message = Printable.linesOf(messageOf(problem));
    String first = "pagetrail: ";
    for (String line : message.lines().toList()) {
      command.getErr().print(Columns.wrapped(line, first, "  "));
      first = "";
    }
    command.getErr().flush();
    return ExitCode.TROUBLE;
  }

  private static String messageOf(Exception problem) {
    return switch (problem) {
      case Trouble trouble -> String.valueOf(trouble.getMessage());
      case TrailFormatException format -> String.valueOf(format.getMessage());
      case StoreException store -> String.valueOf(store.getMessage());
      case ImportException capture -> String.valueOf(capture.getMessage());
      case RunCommandRefused refused -> String.valueOf(refused.getMessage());
      case NotModelled open -> String.valueOf(open.getMessage());
      case UncheckedIOException io -> String.valueOf(io.getMessage());
      default ->
          "internal error: "
              + problem
              + "\n  at "
              + (problem.getStackTrace().length == 0 ? "?" : problem.getStackTrace()[0])
              + "\n  please report this line with the command that you gave";
    };
  }
}
