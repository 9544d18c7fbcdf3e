package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.StorePlace;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.store.axon.TrailApplication;
import org.pagetrail.store.run.RunCommand.ApplyFix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail store fix}: the kernel of a trail is one with a fix. */
@Command(
    name = "fix",
    mixinStandardHelpOptions = true,
    description = {
      "Notes in a stored trail that the kernel of its run has a fix, such as one that 'pagetrail",
      "check' found in it. Without --kernel and --fix the other commands then take that kernel."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail store fix hang.trail bug-2014",
      "  pagetrail store fix hang.trail 'mine: device := !pfn.valid && !pfn.zero'"
    })
public final class StoreFixCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PLACE", description = StorePlace.SYNTAX)
  private String place;

  @Parameters(
      index = "1",
      paramLabel = "FIX",
      description = "Fixes, put in from left to right, with commas: " + FixNames.SYNTAX + ".")
  private String fixes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<String> names = FixNames.split(fixes);
    StorePlace.of(place)
        .change(log -> {
          try (TrailApplication axon = TrailApplication.start(log, List.of(), FixNames::fix)) {
            axon.send(new ApplyFix(names));
            return names;
          }
        });
    PrintWriter print = spec.commandLine().getOut();
    print.println("the kernel of the run has " + Printable.of(String.join(", ", names)));
    print.flush();
    return ExitCode.NOTHING;
  }
}
