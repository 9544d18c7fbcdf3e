package org.pagetrail.app.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.PackedTrail;
import org.pagetrail.app.cli.PrintedBytes;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.text.TrailTextWriter;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail trail cat}: a trail as lines of JSON. */
@Command(
    name = "cat",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a trail as text: a header, then one event a line as JSON.",
      "The whole text makes the same trail again: pagetrail trail pack."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail trail cat hang.trail | grep MemslotSet | head",
      "  pagetrail trail cat hang.trail --from 63580 --to 63600"
    })
public final class TrailCatCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 16;

  @Parameters(paramLabel = "TRAIL", description = "A trail file.")
  private Path input;

  @Option(names = "--from", paramLabel = "SEQ", description = "The first event; default: 0.")
  private long from;

  @Option(names = "--to", paramLabel = "SEQ", description = "The last event; default: the last.")
  private @Nullable Long to;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (FileTrailLog log = PackedTrail.open(input)) {
      long size = log.size();
      check(size);
      long end = to == null ? size : Math.min(size, to + 1);
      OutputStream out = new PrintedBytes(spec.commandLine().getOut());
      try (TrailTextWriter text =
          new TrailTextWriter(new BufferedOutputStream(out, BUFFER_BYTES), log.run(), from)) {
        Iterator<LogEntry> entries = log.read(from);
        for (long left = end - from; left > 0; left--) {
          text.write(TrailFile.event(input, entries.next()));
        }
      } catch (IOException e) {
        return ExitCode.NOTHING; // Main knows whether that is trouble, or head has seen enough.
      } catch (IllegalArgumentException tooLong) {
        throw new Trouble(
            input + ": " + tooLong.getMessage(), "leave the event out with --from and --to");
      }
      if (end == size) {
        log.reader().requireWhole();
      }
    }
    return ExitCode.NOTHING;
  }

  private void check(long size) {
    boolean isBeyond = from > 0 && from >= size;
    if (from < 0 || isBeyond || (to != null && to < from)) {
      throw new Trouble(
          "the trail has no events " + from + " to " + (to == null ? "its end" : to),
          size == 0 ? "it is empty" : "its events are 0 to " + (size - 1));
    }
  }
}
