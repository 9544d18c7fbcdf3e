package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.text.DemoText;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.audit.PageTrail;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.text.PageTrailText;
import org.pagetrail.simulation.loop.Outcome;
import org.pagetrail.simulation.loop.RunOn;
import org.pagetrail.simulation.whatif.Explanation;
import org.pagetrail.simulation.whatif.FaultComparison;
import org.pagetrail.simulation.whatif.WhatIf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagetrail demo}: the run that hung in 2014, under no fix and under each fix. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Replays a recorded UEFI boot that hangs, under no fix and under each fix: how it",
      "ends, what is found, and the first event that differs from the recording. Then",
      "the audit of the page that went wrong."
    },
    footer = {"", "Example:", "  pagetrail demo"})
public final class DemoCommand implements Callable<Integer> {
  private static final Path CAPTURE = Path.of("captures", "boots", "bug2014-6.1-bios64-thpnever");

  /** The first page of the second flash of the virt board. */
  private static final Gpa VARIABLES = new Gpa(0x4000000);

  /** The kernel of the recording is bug-2014; the others repair it, none never had it. */
  private static final List<List<String>> FIXES =
      List.of(
          List.of(),
          List.of("bug-2014"),
          List.of("bug-2014", "arch-writable-guard"),
          List.of("bug-2014", "generic-zero-page"),
          List.of("bug-2014", "device-read-only"),
          List.of("bug-2014", "arch-pfn-valid"));

  @Option(
      names = "--home",
      paramLabel = "DIR",
      hidden = true,
      defaultValue = "${sys:pagetrail.home:-.}",
      description = "Where the captures are.")
  private Path home;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Result(String capture, String recordedOutcome, List<DemoText.Row> runs, PageTrail audit) {}

  @Override
  public Integer call() {
    Path capture = home.resolve(CAPTURE);
    if (!Files.isDirectory(capture)) {
      throw new Trouble(
          "there is no capture " + capture, "run ./pagetrail from a checkout of the project");
    }
    Trail recorded = TrailSource.read(capture, spec.commandLine().getErr());
    KernelName base = KernelName.of(recorded);
    List<DemoText.Row> rows = new ArrayList<>();
    for (List<String> fixes : FIXES) {
      rows.add(row(recorded, base, base.withFixes(fixes)));
    }
    Trail explained = Explanation.of(recorded, WhatIf.replay(recorded, KernelChoice.of(base)));
    PageTrail audit = PageTrail.of(explained.entries(), VARIABLES);
    Result result = new Result(CAPTURE.toString(), Outcome.of(recorded), rows, audit);
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(result));
    } else {
      print.print(DemoText.of(result.capture(), result.recordedOutcome(), VARIABLES, rows));
      print.println("\naudit of page " + VARIABLES + " as recorded\n");
      PageTrailText.lines(audit).forEach(print::println);
    }
    print.flush();
    return ExitCode.NOTHING;
  }

  private static DemoText.Row row(Trail recorded, KernelName base, KernelName name) {
    KernelModel kernel = KernelChoice.of(name);
    List<FaultComparison> differing = WhatIf.replay(recorded, kernel).disagreements();
    Trail run = RunOn.fromFirstFlashAccess(recorded, kernel);
    if (run == null) {
      throw new Trouble("the capture never comes to the variable flash", "restore the capture");
    }
    List<String> findings =
        FindingsProjection.findingsOf(run.entries()).stream()
            .map(Finding::kind)
            .distinct()
            .map(kind -> kind.anchor())
            .collect(Collectors.toList());
    return new DemoText.Row(
        name.fixes(),
        name.fixes().equals(base.fixes()),
        Outcome.of(run),
        firstMapping(run),
        findings,
        differing.isEmpty() ? null : DemoText.Difference.of(differing.getFirst()));
  }

  /** How the first read of the variable flash was mapped. */
  private static @Nullable String firstMapping(Trail run) {
    MachineProjection projection = new MachineProjection();
    MachineState state = projection.initial();
    for (TrailEntry entry : run.entries()) {
      state = projection.apply(state, entry);
      Stage2Entry mapping = state.stage2().at(VARIABLES);
      if (mapping != null) {
        return state.kindOf(mapping.pfn()) + " " + mapping.memoryType() + " " + mapping.perms();
      }
    }
    return null;
  }
}
