package org.pagetrail.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PackedTrail;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.text.Columns;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.file.LeftEvents;
import org.pagetrail.store.file.LeftEvents.Range;
import org.pagetrail.store.file.TrailReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail trail verify}: every byte of a trail file is as it was written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every byte of a trail.",
      "All checksums and the SHA-256 of every segment must be right, every event must be readable,",
      "and the trail must have been closed.",
      "Exit code 0: it is whole; 1: it is damaged: where, and the positions of the events that are",
      "whole and of those that are lost, are said, and whether 'repair' or 'rebuild' mends it;",
      "2: trouble."
    },
    footer = {"", "Example:", "  pagetrail trail verify hang.trail"})
public final class TrailVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRAIL", description = "A trail file.")
  private Path input;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /**
   * What was found.
   *
   * @param events how many are readable from the first on; null if damage does not let it be told
   * @param segments how many there are; null if damage does not let it be told
   * @param damage where the first damage is, what it is and what to do; null if there is none
   * @param left which positions are whole and which are lost; null if there is no damage
   */
  record Verdict(
      @Nullable Long events,
      @Nullable Integer segments,
      long bytes,
      @Nullable String damage,
      @Nullable LeftEvents left) {}

  @Override
  public Integer call() {
    Verdict verdict = verdict();
    PrintWriter print = spec.commandLine().getOut();
    print.print(out.isJson() ? JsonOutput.of(verdict) + "\n" : text(verdict));
    print.flush();
    return verdict.damage() == null ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private Verdict verdict() {
    try (FileTrailLog log = PackedTrail.open(input)) {
      TrailReader trail = log.reader();
      String damage = null;
      try {
        trail.verify();
        trail.requireWhole();
      } catch (StoreException e) {
        damage = e.getMessage();
      }
      return new Verdict(trail.size(), trail.segments(), trail.byteSize(), damage, left(damage));
    } catch (StoreException e) {
      if (e.isDamage()) {
        return new Verdict(null, null, bytes(), e.getMessage(), left(e.getMessage()));
      }
      throw e;
    }
  }

  private long bytes() {
    try {
      return Files.size(input);
    } catch (IOException e) {
      throw new Trouble(
          Printable.of(input.toString()) + " cannot be read", "look at its permissions");
    }
  }

  private @Nullable LeftEvents left(@Nullable String damage) {
    return damage == null ? null : LeftEvents.of(input);
  }

  private static String positions(String what, List<Range> ranges) {
    String listed = ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    return Columns.wrapped(what + ": " + (listed.isEmpty() ? "none known" : listed), "  ", "    ");
  }

  private String text(Verdict verdict) {
    if (verdict.damage() != null) {
      LeftEvents left = verdict.left();
      return Columns.wrapped(Printable.of(verdict.damage()), "", "  ")
          + (left == null ? "" : positions("whole events", left.whole()))
          + (left == null || left.doubtful().isEmpty()
              ? ""
              : positions("events of which some were changed", left.doubtful()))
          + (left == null ? "" : positions("lost events", left.lost()));
    }
    return Columns.wrapped(
        Printable.of(input.toString())
            + " is whole: "
            + verdict.events()
            + " events in "
            + verdict.segments()
            + (Integer.valueOf(1).equals(verdict.segments()) ? " segment, " : " segments, ")
            + verdict.bytes()
            + " bytes",
        "",
        "  ");
  }
}
