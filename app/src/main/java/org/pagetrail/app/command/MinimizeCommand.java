package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.app.text.Columns;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.simulation.minimize.Minimized;
import org.pagetrail.simulation.minimize.Minimizer;
import org.pagetrail.store.TrailFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail minimize}: the smallest part of a run that still shows a difference. */
@Command(
    name = "minimize",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the smallest set of stimuli of a recorded run at which two sets of fixes still",
      "part at the same fault in the same way. Without any one of them the difference is",
      "gone or the run is not legal. Exit code 1 if there is a difference, 0 if there is none."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail minimize hang.trail --left bug-2014 --right none -o small.trail",
      "  pagetrail minimize hang.trail --left bug-2014 --right bug-2014,arch-pfn-valid"
    })
public final class MinimizeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @Option(
      names = "--left",
      required = true,
      paramLabel = "NAMES",
      description = "Fixes of the one kernel, from left to right; 'none' for none.")
  private String left;

  @Option(
      names = "--right",
      required = true,
      paramLabel = "NAMES",
      description = "Fixes of the other.")
  private String right;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "Release of both; default: the trail's.")
  private @Nullable String kernel;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the part as a trail.")
  private @Nullable Path output;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Result(
      long eventsBefore,
      long stimuliBefore,
      long eventsAfter,
      long tried,
      List<Stimulus> stimuli,
      String left,
      String right) {}

  /** One stimulus that is left. */
  record Stimulus(long seq, String source, String event) {
    static Stimulus of(TrailEntry entry) {
      String source = entry.source() == null ? "" : entry.source().toString();
      return new Stimulus(entry.seq(), source, entry.event().toString());
    }
  }

  @Override
  public Integer call() {
    Trail recorded = TrailSource.read(input);
    KernelName base = KernelName.of(recorded);
    if (kernel != null) {
      base = new KernelName(base.arch(), kernel, List.of());
    }
    Minimized found =
        Minimizer.minimize(
            recorded,
            KernelChoice.of(base.withFixes(FixNames.split(left))),
            KernelChoice.of(base.withFixes(FixNames.split(right))));
    PrintWriter print = spec.commandLine().getOut();
    if (found == null) {
      print.println(out.isJson() ? "{ }" : "both decide every recorded fault alike");
      print.flush();
      return ExitCode.NOTHING;
    }
    if (output != null) {
      TrailFile.write(output, TrailSource.runOf(input), found.trail());
    }
    print(print, found);
    print.flush();
    return ExitCode.SOMETHING;
  }

  private void print(PrintWriter print, Minimized found) {
    Result result =
        new Result(
            found.before(),
            found.stimuliBefore(),
            found.trail().size(),
            found.tried(),
            found.stimuli().stream().map(Stimulus::of).toList(),
            found.left().derived().toString(),
            found.right().derived().toString());
    if (out.isJson()) {
      print.println(JsonOutput.of(result));
      return;
    }
    print.print(
        Columns.wrapped(
            result.eventsBefore()
                + " events, "
                + result.stimuliBefore()
                + " stimuli up to the difference; "
                + result.stimuli().size()
                + " stimuli left ("
                + result.eventsAfter()
                + " events), "
                + result.tried()
                + " parts tried; without any one of them the difference is gone",
            "",
            ""));
    for (Stimulus stimulus : result.stimuli()) {
      print.print(
          Columns.wrapped(
              "event "
                  + stimulus.seq()
                  + ", "
                  + Printable.of(stimulus.source())
                  + ": "
                  + Printable.of(stimulus.event()),
              "  ",
              "    "));
    }
    print.println("left:  " + result.left());
    print.println("right: " + result.right());
  }
}
