package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.reproduce.ScenarioFile;
import org.pagetrail.app.reproduce.TableWords;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.scenario.ScenarioTrail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail reproduce}: a scenario of the tables as a C program, or as a trail. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a scenario, worded as in the recorded tables, under a kernel and prints its row.",
      "Writes it as a C program that does the same through /dev/kvm and prints the row of the",
      "kernel that it runs on (-o FILE.c), or as a trail that replay, diff and audit read (-o",
      "FILE.trail, or FILE.jsonl for text)."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail reproduce 'anon_untouched RO RW' --kernel 6.1 --fix bug-2014",
      "  pagetrail reproduce 'anon_untouched RO RW' --arch x86 --kernel 6.18 -o rw.c",
      "  pagetrail reproduce 'file_private RW L RWG' -o dirty.trail"
    })
public final class ReproduceCommand implements Callable<Integer> {
  private static final KernelName DEFAULT = new KernelName("arm64", "6.1", List.of());

  @Parameters(paramLabel = "SCENARIO", description = "BACKING RO|RW [L] OPERATIONS.")
  private String scenario;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write a program (.c) or a trail (.trail, .jsonl).")
  private @Nullable Path output;

  @Option(
      names = "--thp",
      paramLabel = "MODE",
      description = "Transparent huge pages: ${COMPLETION-CANDIDATES}; default: madvise.")
  private ThpMode thp = ThpMode.MADVISE;

  @Mixin private KernelOptions kernel;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TableLine line = line();
    KernelName name = kernel.over(DEFAULT);
    KernelModel model = KernelChoice.of(name);
    TableWords.require(line, model.arch());
    RecordedHost host = RecordedHost.of(model.arch(), thp);
    ScenarioTrail.Played played = ScenarioTrail.play(model, host, line);
    if (output != null) {
      String expected = "expected of " + name + ": " + played.row();
      ScenarioFile.write(output, model.arch(), line, played.trail(), List.of(expected));
    }
    PrintWriter print = spec.commandLine().getOut();
    print.println(played.row());
    print.flush();
    return ExitCode.NOTHING;
  }

  private TableLine line() {
    try {
      return TableLine.parse(scenario + " ::");
    } catch (IllegalArgumentException e) {
      throw new Trouble(
          "\"" + Printable.of(scenario) + "\" is no scenario: " + e.getMessage(),
          "word it as in captures/README.md: 'anon_untouched RO RW'");
    }
  }
}
