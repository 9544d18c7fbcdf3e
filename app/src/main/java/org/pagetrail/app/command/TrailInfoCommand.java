package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PackedTrail;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.text.Columns;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.file.TrailReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail trail info}: what a trail file says of itself. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Prints a trail's run, its size, whether it was closed, and its time span.",
    footer = {"", "Example:", "  pagetrail trail info hang.trail"})
public final class TrailInfoCommand implements Callable<Integer> {
  private static final int NANOS_DIGITS = 9;
  private static final int KEY_WIDTH = 10;

  @Parameters(paramLabel = "TRAIL", description = "A trail file.")
  private Path input;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /**
   * What is printed.
   *
   * @param writer the process that writes the trail; null if none does
   * @param tornBytes how many bytes at the end are no whole block
   * @param firstNanos the earliest time on the trail's clock; null if no event has a time
   */
  record About(
      String run,
      long events,
      int segments,
      long bytes,
      boolean closed,
      @Nullable String writer,
      long tornBytes,
      @Nullable Long firstNanos,
      @Nullable Long lastNanos) {}

  @Override
  public Integer call() {
    About info;
    try (FileTrailLog log = PackedTrail.open(input)) {
      info = info(log.reader());
    }
    PrintWriter print = spec.commandLine().getOut();
    print.print(out.isJson() ? JsonOutput.of(info) + "\n" : text(info));
    print.flush();
    return ExitCode.NOTHING;
  }

  private static About info(TrailReader trail) {
    return new About(
        trail.run(),
        trail.size(),
        trail.segments(),
        trail.byteSize(),
        trail.isClosed(),
        trail.isClosed() ? null : trail.writer(),
        trail.tornBytes(),
        trail.firstNanos(),
        trail.lastNanos());
  }

  private static String text(About info) {
    StringBuilder text = new StringBuilder();
    text.append(row("run", Printable.of(info.run())));
    text.append(row("events", "" + info.events()));
    text.append(row("segments", "" + info.segments()));
    text.append(row("bytes", info.bytes() + perEvent(info)));
    text.append(row("closed", closed(info)));
    if (info.firstNanos() != null && info.lastNanos() != null) {
      String span = seconds(info.firstNanos()) + " s to " + seconds(info.lastNanos()) + " s";
      text.append(row("time", span));
    }
    return text.toString();
  }

  private static String row(String name, String value) {
    String first = name + " ".repeat(KEY_WIDTH - name.length());
    return Columns.wrapped(value, first, " ".repeat(KEY_WIDTH));
  }

  private static String perEvent(About info) {
    return info.events() == 0
        ? ""
        : BigDecimal.valueOf(info.bytes())
            .divide(BigDecimal.valueOf(info.events()), 1, RoundingMode.HALF_UP)
            .toPlainString()
            .transform(each -> ", " + each + " per event");
  }

  private static String closed(About info) {
    if (info.closed()) {
      return "yes";
    }
    if (info.writer() != null) {
      return "no: it is being written"
          + (info.writer().isEmpty() ? "" : " by process " + info.writer());
    }
    String torn =
        info.tornBytes() == 0 ? "" : "; the last " + info.tornBytes() + " bytes are no whole block";
    return "no: it was cut, or its writer died" + torn;
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, NANOS_DIGITS).toPlainString();
  }
}
