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
import org.pagetrail.app.cli.Moment;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PageAddress;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.projections.audit.PageTrail;
import org.pagetrail.projections.text.PageTrailText;
import org.pagetrail.simulation.whatif.Explanation;
import org.pagetrail.simulation.whatif.WhatIf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail audit}: how a guest page became what it is. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Tells how the page at a guest physical address became what it is: region, memslot,",
      "host page, fault, mapping, each access after it, with rule, commit and source line.",
      "Three sentences on top can be quoted in a mail."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail audit hang.trail --gpa 0x4000000",
      "  pagetrail audit captures/boots/stock-6.1-bios64-thpnever --gpa 0x4000000 --json"
    })
public final class AuditCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @Option(
      names = "--gpa",
      paramLabel = "ADDR",
      required = true,
      description = "A guest physical address in the page, hexadecimal.")
  private String gpa;

  @Option(
      names = "--at",
      paramLabel = "SEQ|TIME",
      description = "The moment; default: the end of the trail.")
  private @Nullable String at;

  @Mixin private KernelOptions kernel;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Trail recorded = TrailSource.read(input);
    Trail trail =
        kernel.isGiven()
            ? WhatIf.replay(recorded, KernelChoice.of(kernel.over(KernelName.of(recorded)))).trail()
            : explained(recorded);
    List<TrailEntry> entries = trail.entries();
    if (at != null) {
      entries = TrailCut.through(entries, Moment.seq(at, trail));
    }
    PageTrail audit = PageTrail.of(entries, address());
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(audit));
    } else {
      PageTrailText.lines(audit).forEach(print::println);
    }
    print.flush();
    return audit.findings().isEmpty() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  /** The recording with the rules of its kernel, or as it is where its kernel is not known. */
  private Trail explained(Trail recorded) {
    try {
      KernelModel model = KernelChoice.of(KernelName.of(recorded));
      Trail ruled = Explanation.of(recorded, WhatIf.replay(recorded, model));
      return UnseenWrites.derivedFor(ruled, address());
    } catch (Trouble unknownKernel) {
      spec.commandLine()
          .getErr()
          .println(
              "pagetrail: no rules are named, because the kernel of the recording is not known;\n"
                  + "  import it with --kernel and --fix");
      return recorded;
    }
  }

  private Gpa address() {
    return PageAddress.parse(gpa);
  }
}
