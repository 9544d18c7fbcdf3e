package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Recording;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.app.text.CheckReport;
import org.pagetrail.app.text.CheckText;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.check.Candidates;
import org.pagetrail.simulation.check.CheckResult;
import org.pagetrail.simulation.check.TrailCheck;
import org.pagetrail.simulation.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail check}: which kernels explain what a trace recorded. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Puts each decision that a trace recorded beside the model's: lookup, device, mapping,",
      "exit, errno, notifier, memslot. First under the kernel that the trace names; then all",
      "kernels and fixes of the architecture are ranked by how many decisions they leave",
      "unexplained, and the one observation that separates the best from the next is shown.",
      "Exit code 0 if the named kernel explains everything, 1 if not, 2 for trouble. With",
      "--kernel or --fix only those are ranked, and 0 means that one of them explains",
      "everything; so it does if the trace names no kernel with a model."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail check captures/boots/bug2014-6.1-bios64-thpnever",
      "  pagetrail check hang.trail --kernel 6.1 --fix none --fix bug-2014",
      "  pagetrail check hang.trail --json"
    })
public final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      description = "Architecture, where the trail does not say it.")
  private @Nullable String arch;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "A kernel release to rank; may be given more than once.")
  private @Nullable List<String> kernels;

  @Option(
      names = "--fix",
      paramLabel = "NAMES",
      description = {
        "Fixes from left to right, put into each --kernel, else into the trace's; may be",
        "given more than once, each for a kernel of its own; 'none' for none; also stated, as",
        "'NAME: device := EXPRESSION; ...' or @FILE (docs/judge-your-patch.md)."
      })
  private @Nullable List<String> fixes;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Trail recorded = TrailSource.read(input, spec.commandLine().getErr());
    if (Scenario.of(recorded) != null) {
      throw new Trouble(
          "this trail was made of a scenario: there is nothing recorded in it to explain",
          "'pagetrail diff' plays it under two kernels");
    }
    Recording recording = Recording.of(recorded);
    if (recording.hasAny(Stage2Faulted.class) && !recording.hasAny(HostMapped.class)) {
      throw new Trouble(Recording.NO_MAPS + ", and so is which kernel fits", Recording.ADD_MAPS);
    }
    KernelName named = KernelName.of(recorded);
    if (arch != null) {
      named = new KernelName(arch, named.release(), named.fixes());
    }
    KernelChoice.tellOrigin(named, spec.commandLine().getErr());
    CheckReport report =
        kernels == null && fixes == null ? search(recorded, named) : rank(recorded, named);
    if (!report.hasCompared()) {
      throw new Trouble(
          "nothing in this trail can be put beside a model: no fault, exit or mapping is recorded",
          "'pagetrail doctor' says what a recording on this machine would have");
    }
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(report));
    } else {
      print.print(CheckText.of(report));
    }
    print.flush();
    return report.isExplained() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private static CheckReport search(Trail recorded, KernelName named) {
    Arch architecture = architecture(named);
    KernelModel model = null;
    String note = null;
    try {
      model = KernelChoice.of(named);
    } catch (Trouble unknown) {
      String why = String.valueOf(unknown.getMessage()).lines().findFirst().orElse("");
      note = "has no model and is not checked: " + why;
    }
    CheckResult result = TrailCheck.of(recorded, model, Candidates.of(architecture, model), true);
    return CheckReport.of(named.toString(), note, result);
  }

  private CheckReport rank(Trail recorded, KernelName named) {
    Set<KernelModel> candidates = new LinkedHashSet<>();
    for (String release : kernels == null ? List.of(named.release()) : kernels) {
      KernelName plain =
          new KernelName(
              named.arch(), release, kernels == null && fixes == null ? named.fixes() : List.of());
      for (String names : fixes == null ? List.of("none") : fixes) {
        candidates.add(KernelChoice.of(plain.withFixes(FixNames.split(names))));
      }
    }
    return CheckReport.of(
        null, null, TrailCheck.of(recorded, null, new ArrayList<>(candidates), false));
  }

  private static Arch architecture(KernelName named) {
    return Arch.named(named.arch())
        .orElseThrow(() ->
            new Trouble(
                "no rules for architecture '" + named.arch() + "'",
                "name the trace's with --arch"));
  }
}
