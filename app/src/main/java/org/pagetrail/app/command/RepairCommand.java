package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PackedTrail;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.text.Columns;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.TrailRepair;
import org.pagetrail.store.file.TrailRepair.Damage;
import org.pagetrail.store.file.TrailRepair.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail repair}: what is left of a damaged trail. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Saves the events of a damaged trail in a new one.",
      "All from the first to the last before the first gap are saved; nothing is guessed, and the",
      "damaged trail stays as it is. Where events are lost behind the saved ones, the new trail",
      "ends with an event that says so.",
      "Exit code 0: it was whole; 1: it was not, and what was lost is said; 2: trouble."
    },
    footer = {"", "Example:", "  pagetrail repair hang.trail -o saved.trail"})
public final class RepairCommand implements Callable<Integer> {
  private static final String INDENT = " ".repeat("not saved  ".length());

  @Parameters(paramLabel = "TRAIL", description = "The damaged trail.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The trail to write; another one than TRAIL.")
  private Path output;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PackedTrail.requireNoFolder(input);
    if (!TrailFile.isPacked(input)) {
      throw new Trouble(
          Printable.of(input.toString()) + " does not begin as a packed trail does",
          "a trail in text form is whole up to its last line: cut the rest off, and pack it");
    }
    Outcome outcome = TrailRepair.repair(input, output);
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(outcome));
    } else {
      print.print(text(outcome));
    }
    print.flush();
    return outcome.wasWhole() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private String text(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    for (Damage damage : outcome.damages()) {
      text.append(
          Columns.wrapped(
              Printable.of(input.toString())
                  + ", segment "
                  + damage.segment()
                  + ", byte "
                  + damage.offset()
                  + ": "
                  + damage.why(),
              "",
              "  "));
    }
    String saved = outcome.events() + " events, from the first " + outcome.bytes() + " bytes, in ";
    text.append(Columns.wrapped(saved + Printable.of(output.toString()), "saved      ", INDENT));
    text.append(Columns.wrapped(lost(outcome), "not saved  ", INDENT));
    return text.toString();
  }

  private static String lost(Outcome outcome) {
    if (outcome.wasWhole()) {
      return "nothing: the trail was whole";
    }
    if (outcome.bytesLost() == 0) {
      return "nothing of what is there";
    }
    String events =
        outcome.eventsLost() == 0
            ? ", which do not say how many events"
            : ", with at least " + outcome.eventsLost() + " events";
    return "the last " + outcome.bytesLost() + " bytes" + events;
  }
}
