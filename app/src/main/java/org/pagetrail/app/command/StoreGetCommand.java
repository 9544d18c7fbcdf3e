package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.OutputFile;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.StorePlace;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.TrailLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail store get}: a trail of a store becomes a file for all other commands. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Makes a trail file of what a store has by now, also while it is written.",
    footer = {
      "",
      "Example:",
      "  pagetrail store get 'jdbc:postgresql://localhost/trails?user=me#hang' -o hang.trail"
    })
public final class StoreGetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLACE", description = StorePlace.SYNTAX)
  private String place;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The trail to write; an existing one is replaced as a whole.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StorePlace from = StorePlace.of(place);
    if (from.run() == null) {
      OutputFile.requireApart(output, List.of(Path.of(from.place())));
    }
    try (TrailLog log = from.openToRead()) {
      Trail trail = StorePlace.eventsOf(log);
      TrailFile.write(output, log.run(), trail);
      PrintWriter print = spec.commandLine().getOut();
      print.println(trail.size() + " events in " + Printable.of(output.toString()));
      print.flush();
    }
    return ExitCode.NOTHING;
  }
}
