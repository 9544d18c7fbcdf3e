package org.pagetrail.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.OutputFile;
import org.pagetrail.app.cli.PackedTrail;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.text.TrailTextReader;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.BulkWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail trail pack}: a trail of its text. */
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a trail of its text, as 'pagetrail trail cat' prints it.",
      "A trail that was made by import is the same again, byte for byte."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail trail pack hang.jsonl -o hang.trail",
      "  pagetrail trail cat old.trail | pagetrail trail pack - -o new.trail"
    })
public final class TrailPackCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Parameters(paramLabel = "TEXT", description = "The text, or - for standard input.")
  private String input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "TRAIL",
      required = true,
      description = "The trail to write; an existing one is replaced as a whole.")
  private Path output;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The name of the run; default: as in the text, else as TRAIL.")
  private @Nullable String run;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!input.equals(STANDARD_INPUT)) {
      PackedTrail.requireNoFolder(Path.of(input));
      OutputFile.requireApart(output, List.of(Path.of(input)));
    }
    long events = 0;
    try (TrailTextReader text = new TrailTextReader(open(), name())) {
      String told = text.run();
      String name = run != null ? run : told != null ? told : TrailSource.runOf(output);
      try (BulkWriter trail = BulkWriter.open(output, name)) {
        for (; text.hasNext(); events++) {
          trail.add(new LogEntry.Recorded(text.next()));
        }
        trail.commit();
      }
    }
    PrintWriter print = spec.commandLine().getOut();
    print.println(Printable.of(output.toString()) + ": " + events + " events");
    print.flush();
    return ExitCode.NOTHING;
  }

  private String name() {
    return input.equals(STANDARD_INPUT) ? "standard input" : input;
  }

  private InputStream open() {
    if (input.equals(STANDARD_INPUT)) {
      return System.in;
    }
    try {
      return Files.newInputStream(Path.of(input));
    } catch (NoSuchFileException e) {
      throw new Trouble("there is no " + Printable.of(input), "give the path of a trail's text");
    } catch (IOException e) {
      throw new Trouble(
          Printable.of(input) + " cannot be read: " + e.getMessage(),
          "give a file that may be read");
    }
  }
}
