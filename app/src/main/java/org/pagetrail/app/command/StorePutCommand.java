package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.StorePlace;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.axon.TrailApplication;
import org.pagetrail.store.run.RunCommand.ImportCapture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail store put}: a trail or capture goes into an empty trail of a store. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = "Writes a trail into a store; the place must not have events yet.",
    footer = {
      "",
      "Example:",
      "  pagetrail store put hang.trail 'jdbc:postgresql://localhost/trails?user=me#hang'"
    })
public final class StorePutCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @Parameters(index = "1", paramLabel = "PLACE", description = StorePlace.SYNTAX)
  private String place;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StorePlace store = StorePlace.of(place);
    Trail trail = TrailSource.read(input, spec.commandLine().getErr());
    String done =
        store.write(log -> {
          try (TrailApplication axon = TrailApplication.start(log, List.of())) {
            axon.send(new ImportCapture(trail.entries()));
            return axon.size() + " events in the run " + Printable.of(log.run());
          }
        });
    PrintWriter print = spec.commandLine().getOut();
    print.println(done);
    print.flush();
    return ExitCode.NOTHING;
  }
}
