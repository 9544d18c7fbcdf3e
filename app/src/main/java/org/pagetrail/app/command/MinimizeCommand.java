package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.OutputFile;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.cli.TwoSides;
import org.pagetrail.app.text.Columns;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.text.EventText;
import org.pagetrail.simulation.minimize.Minimized;
import org.pagetrail.simulation.minimize.Minimizer;
import org.pagetrail.simulation.minimize.SmallPart;
import org.pagetrail.store.TrailFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail minimize}: the smallest part of a run that still shows something. */
@Command(
    name = "minimize",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the smallest set of stimuli of a recorded run at which two kernels or fixes still",
      "part at the same fault in the same way, or in which a finding is still found. Without",
      "any one of them it is gone or the run is not legal. Exit code 1 if there is such a",
      "difference or finding, 0 if there is none."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail minimize hang.trail --left bug-2014 --right none -o small.trail",
      "  pagetrail minimize hang.trail --left 3.17-rc --right 6.1",
      "  pagetrail minimize hang.trail --finding shared-page-written"
    })
public final class MinimizeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @ArgGroup(multiplicity = "1")
  private Goal goal = new Goal();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the part as a trail.")
  private @Nullable Path output;

  @Mixin private KernelOptions kernel;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** What the part must still show. */
  static final class Goal {
    @ArgGroup(exclusive = false)
    private @Nullable TwoSides sides;

    @Option(
        names = "--finding",
        required = true,
        paramLabel = "KIND",
        description = {
          "A finding, as docs/findings.md names it: the first of its kind under the kernel of",
          "the recording, or that of --kernel and --fix; else the first that was recorded."
        })
    private @Nullable String finding;
  }

  /**
   * What {@code --json} prints.
   *
   * @param shows what the part shows: the finding, or what either kernel does
   */
  record Result(
      long eventsBefore,
      long stimuliBefore,
      long slice,
      long eventsAfter,
      long tried,
      List<Stimulus> stimuli,
      Map<String, String> shows) {}

  /** One stimulus that is left. */
  record Stimulus(long seq, String source, String event) {
    static Stimulus of(TrailEntry entry) {
      String source = entry.source() == null ? "" : entry.source().toString();
      return new Stimulus(entry.seq(), source, EventText.of(entry.event()));
    }
  }

  @Override
  public Integer call() {
    OutputFile.requireApart(output, List.of(input));
    Trail recorded = TrailSource.read(input, spec.commandLine().getErr());
    KernelName base = kernel.over(KernelName.of(recorded));
    TwoSides sides = goal.sides;
    String finding = goal.finding;
    if (sides != null) {
      Minimized found =
          Minimizer.minimize(recorded, sides.left(base).model(), sides.right(base).model());
      return found == null
          ? none("both decide every recorded fault alike")
          : report(
              found.part(),
              Map.of(
                  "left",
                  found.left().derived().toString(),
                  "right",
                  found.right().derived().toString()));
    }
    FindingKind kind = kind(String.valueOf(finding));
    FindingEvidence decided = new FindingEvidence(kind);
    SmallPart part = Minimizer.minimize(recorded, KernelChoice.of(base), decided);
    if (part != null) {
      return report(part, Map.of("finding", decided.words() + ", decided by " + base));
    }
    FindingEvidence observed = new FindingEvidence(kind);
    part = Minimizer.minimize(recorded, observed);
    return part == null
        ? none("no " + kind.anchor() + " is found, as recorded or under " + base)
        : report(part, Map.of("finding", observed.words() + ", as recorded"));
  }

  private static FindingKind kind(String anchor) {
    for (FindingKind kind : FindingKind.values()) {
      if (kind.anchor().equals(anchor)) {
        return kind;
      }
    }
    throw new Trouble(
        "no finding is called " + Printable.of(anchor),
        "docs/findings.md lists them: shared-page-written, ram-mapped-device, ...");
  }

  private int none(String why) {
    PrintWriter print = spec.commandLine().getOut();
    print.println(out.isJson() ? "{ }" : why);
    print.flush();
    return ExitCode.NOTHING;
  }

  private int report(SmallPart part, Map<String, String> shows) {
    if (output != null) {
      TrailFile.write(output, TrailSource.runOf(input), part.trail());
    }
    Result result =
        new Result(
            part.before(),
            part.stimuliBefore(),
            part.slice(),
            part.trail().size(),
            part.tried(),
            part.stimuli().stream().map(Stimulus::of).toList(),
            new TreeMap<>(shows));
    PrintWriter print = spec.commandLine().getOut();
    print.print(out.isJson() ? JsonOutput.of(result) + "\n" : text(result));
    print.flush();
    return ExitCode.SOMETHING;
  }

  private static String text(Result result) {
    StringBuilder text = new StringBuilder();
    text.append(
        Columns.wrapped(
            result.eventsBefore()
                + " events, "
                + result.stimuliBefore()
                + " stimuli up to it, "
                + result.slice()
                + " among its causes; "
                + result.stimuli().size()
                + " stimuli left ("
                + result.eventsAfter()
                + " events), "
                + result.tried()
                + " parts tried; without any one of them it is gone",
            "",
            ""));
    for (Stimulus stimulus : result.stimuli()) {
      String source = stimulus.source().isEmpty() ? "" : ", " + Printable.of(stimulus.source());
      text.append(
          Columns.wrapped(
              "event " + stimulus.seq() + source + ": " + Printable.of(stimulus.event()),
              "  ",
              "    "));
    }
    result
        .shows()
        .forEach((what, words) -> text.append(Columns.wrapped(what + ": " + words, "", "  ")));
    return text.toString();
  }
}
