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
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.OutputFile;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.StorePlace;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.text.FindingsText;
import org.pagetrail.simulation.loop.ClosedLoop;
import org.pagetrail.simulation.loop.Outcome;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.axon.TrailApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail run}: a machine in the closed loop, from power-on. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the machine that a trail or capture describes, with the model deciding",
      "everything: monitor, host, KVM and the firmware. Under the kernel of the recording",
      "unless another is named."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail run captures/boots/stock-6.1-bios64-thpnever",
      "  pagetrail run captures/boots/stock-6.1-bios64-thpnever --fix bug-2014 -o hang.trail"
    })
public final class RunCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TRAIL",
      description = "A trail file or a capture folder that describes the machine.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the trail of the run.")
  private @Nullable Path output;

  @Option(
      names = "--store",
      paramLabel = "PLACE",
      description = {"Write the trail as it happens. " + StorePlace.SYNTAX})
  private @Nullable String store;

  @Mixin private KernelOptions kernel;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Result(
      String kernel, String outcome, String recordedOutcome, long events, List<Finding> findings) {}

  @Override
  public Integer call() {
    OutputFile.requireApart(output, List.of(input));
    Trail recorded = TrailSource.read(input, spec.commandLine().getErr());
    KernelName name = kernel.over(KernelName.of(recorded));
    Trail trail = run(recorded, KernelChoice.of(name));
    if (output != null) {
      TrailFile.write(output, TrailSource.runOf(input), trail);
    }
    List<Finding> findings = FindingsProjection.findingsOf(trail.entries());
    Result result =
        new Result(
            name.toString(), Outcome.of(trail), Outcome.of(recorded), trail.size(), findings);
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(result));
    } else {
      print.println("kernel    " + result.kernel());
      print.println("outcome   " + result.outcome() + " (derived)");
      print.println("recorded  " + result.recordedOutcome());
      print.println("events    " + result.events());
      print.println();
      FindingsText.lines(findings).forEach(print::println);
    }
    print.flush();
    return findings.isEmpty() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  /** The run, through Axon into a store if one is named. */
  private Trail run(Trail recorded, KernelModel model) {
    if (store == null) {
      return described(ClosedLoop.machineOf(recorded, model));
    }
    return StorePlace.of(store)
        .write(log -> {
          try (TrailApplication axon = TrailApplication.start(log, List.of())) {
            return described(axon.runMachineOf(recorded, model));
          }
        });
  }

  private Trail described(@Nullable Trail run) {
    if (run == null) {
      throw new Trouble(
          Printable.of(input.toString()) + " does not describe its machine",
          "give a capture with a cmdline.txt");
    }
    return run;
  }
}
