package org.pagetrail.app.command;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PackedTrail;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.text.Columns;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.file.TrailRebuild;
import org.pagetrail.store.file.TrailRebuild.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail rebuild}: the indexes and checkpoints of a trail, from its events. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Computes all indexes and checkpoints of a trail anew and compares them with those in the",
      "file. Where one differs or is missing, or a seal is damaged, the file is replaced by one",
      "with the same events. Events that are not those that a seal was made for are trouble.",
      "A trail of more than a million events is given what makes replay --at quick: the machine",
      "at each checkpoint and what was found, which an import leaves out.",
      "Exit code 0: all were the same; 1: some were not; 2: trouble."
    },
    footer = {"", "Example:", "  pagetrail rebuild hang.trail"})
public final class RebuildCommand implements Callable<Integer> {
  private static final int LISTED_MAX = 10;
  private static final long PROGRESS_EVENTS = 1 << 20;

  @Parameters(paramLabel = "TRAIL", description = "A trail file.")
  private Path input;

  @Option(names = "--dry-run", description = "Compare only; leave the file as it is.")
  private boolean dryRun;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    long events;
    try (FileTrailLog log = PackedTrail.open(input)) {
      events = log.size();
    }
    Outcome outcome = TrailRebuild.rebuild(input, !dryRun, progress(events));
    PrintWriter print = spec.commandLine().getOut();
    print.print(out.isJson() ? JsonOutput.of(outcome) + "\n" : text(outcome));
    print.flush();
    return outcome.isSame() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  /** One line on a terminal that is written over and over, nothing elsewhere. */
  private LongConsumer progress(long events) {
    boolean isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    if (!isTerminal || events < PROGRESS_EVENTS) {
      return done -> {};
    }
    PrintWriter err = spec.commandLine().getErr();
    return done -> {
      boolean isEnd = done == events;
      if (isEnd || done / PROGRESS_EVENTS != (done - (1 << 14)) / PROGRESS_EVENTS) {
        err.print("\r" + done + " of " + events + " events" + (isEnd ? "\n" : ""));
        err.flush();
      }
    };
  }

  private String text(Outcome outcome) {
    String name = Printable.of(input.toString());
    String segments = outcome.segments() == 1 ? " segment" : " segments";
    String size = outcome.events() + " events in " + outcome.segments() + segments;
    if (outcome.isSame()) {
      String same = name + ": indexes and checkpoints are as they are computed from " + size;
      return Columns.wrapped(same, "", "  ");
    }
    String done = dryRun ? "the file was left as it is" : "the file was replaced";
    return Columns.wrapped(name + ": " + size + "; " + done, "", "  ")
        + differing("another index", outcome.indexes())
        + differing("another checkpoint", outcome.checkpoints())
        + differing("a damaged seal", outcome.seals())
        + differing("nothing stored yet, or another machine or findings,", outcome.moments());
  }

  private static String differing(String what, List<Integer> segments) {
    if (segments.isEmpty()) {
      return "";
    }
    String listed =
        segments.stream().limit(LISTED_MAX).map(String::valueOf).collect(Collectors.joining(", "));
    String more = segments.size() > LISTED_MAX ? " and " + (segments.size() - LISTED_MAX) : "";
    return Columns.wrapped(
        what + " in segment " + listed + more + (more.isEmpty() ? "" : " more"), "  ", "    ");
  }
}
