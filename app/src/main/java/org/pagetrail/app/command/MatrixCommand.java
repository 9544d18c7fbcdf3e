package org.pagetrail.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.cli.TroubleReport;
import org.pagetrail.app.matrix.FixColumn;
import org.pagetrail.app.matrix.Matrix;
import org.pagetrail.app.matrix.MatrixDocument;
import org.pagetrail.app.matrix.MatrixFormat;
import org.pagetrail.app.matrix.Scenario;
import org.pagetrail.app.matrix.Scenarios;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.store.file.TextFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagetrail matrix}: fixes by architectures by releases by scenarios. */
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    description = {
      "Plays small runs on every architecture under every fix: how each ends, and what is",
      "found. Alone it answers what the zero page is to each predicate, which fix repairs it,",
      "and what each fix breaks, on the kernels nearest to September 2014. Narrowed, or with",
      "--cells, it shows every cell. Exit code 1 if something is found or fails."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail matrix",
      "  pagetrail matrix --arch arm64 --kernel 3.17-rc",
      "  pagetrail matrix --arch x86 --kernel 3.12,4.1,4.4 --scenario zero-page-read --fix none",
      "  pagetrail matrix --fix none --fix 'mine: device := !pfn.valid' --format markdown",
      "  pagetrail matrix --kernel all --format html > matrix.html",
      "  pagetrail matrix --refresh docs/generic-or-arch.md"
    })
public final class MatrixCommand implements Callable<Integer> {
  private static final String MONTH_OF_THE_BUG = "3.17-rc";
  private static final String ALL = "all";

  /** The kernel as it was, the four patches of 2014, and what 3.18 had of them. */
  private static final List<String> SEED =
      List.of(
          "none",
          "arch-writable-guard",
          "generic-zero-page",
          "arch-pfn-valid",
          "device-read-only",
          "arch-pfn-valid,device-read-only,ioremap-writable,map-at-creation");

  @Option(
      names = "--fix",
      paramLabel = "NAMES",
      description = {
        "A column: fixes put in together, as in every command; may be given several times.",
        "Default: none, the patches of 2014, and what 3.18 had of them."
      })
  private @Nullable List<String> fixes;

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      split = ",",
      description = "Architectures; default: all.")
  private @Nullable List<String> archs;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      split = ",",
      description = "Releases, or 'all'; default: of each architecture the nearest to 3.17-rc.")
  private @Nullable List<String> releases;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "Scenarios; default: all.")
  private @Nullable List<String> scenarios;

  @Option(names = "--cells", description = "Show every cell and no answers.")
  private boolean cells;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, markdown, json or html; default: ${DEFAULT-VALUE}.")
  private MatrixFormat format;

  @Option(names = "--json", description = "As --format json.")
  private boolean json;

  @Option(
      names = "--refresh",
      paramLabel = "FILE",
      description = {
        "Bring a document up to date: behind every '<!-- pagetrail matrix ARGUMENTS -->' or",
        "'<!-- pagetrail explore ARGUMENTS -->' what that command prints, up to '<!-- end -->'.",
        "Other options are not looked at."
      })
  private @Nullable Path document;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (document != null) {
      refresh(document);
      return ExitCode.NOTHING;
    }
    boolean narrowed = archs != null || releases != null || scenarios != null;
    Matrix matrix = Matrix.of(columns(), kernels(), scenarios());
    PrintWriter print = spec.commandLine().getOut();
    print.print((json ? MatrixFormat.JSON : format).print(matrix, !narrowed && !cells));
    print.flush();
    return matrix.hasBad() ? ExitCode.SOMETHING : ExitCode.NOTHING;
  }

  private static void refresh(Path file) {
    try {
      String text = Files.readString(file);
      TextFile.write(file, MatrixDocument.refreshed(text, MatrixCommand::printed));
    } catch (IOException e) {
      throw new Trouble(
          Printable.of(file.toString()) + " cannot be brought up to date",
          "give a text file that can be read and written");
    }
  }

  /** What this command prints, or that beside it. */
  private static String printed(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String name = arguments.getFirst();
    List<String> rest = arguments.subList(1, arguments.size());
    CommandLine command =
        new CommandLine(name.equals("explore") ? new ExploreCommand() : new MatrixCommand());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExpandAtFiles(false);
    command.setExecutionExceptionHandler(new TroubleReport());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    if (command.execute(rest.toArray(String[]::new)) == ExitCode.TROUBLE) {
      throw new Trouble(
          "pagetrail " + Printable.of(String.join(" ", arguments)) + ": " + err.toString().strip(),
          "correct the arguments in the document");
    }
    return out.toString();
  }

  private List<FixColumn> columns() {
    try {
      return (fixes == null ? SEED : fixes).stream().map(FixColumn::of).toList();
    } catch (IllegalArgumentException unknown) {
      throw new Trouble(
          Printable.of(String.valueOf(unknown.getMessage())),
          "'pagetrail rules --fixes' lists fixes");
    }
  }

  private List<Scenario> scenarios() {
    return scenarios == null ? Scenarios.all() : scenarios.stream().map(Scenarios::named).toList();
  }

  private List<KernelModel> kernels() {
    List<KernelModel> kernels = new ArrayList<>();
    String why = "";
    for (Arch arch : archs()) {
      for (String release : releases(arch)) {
        try {
          KernelModel kernel = Kernels.of(arch, release);
          if (!kernels.contains(kernel)) {
            kernels.add(kernel);
          }
        } catch (IllegalArgumentException absent) {
          why = Printable.of(String.valueOf(absent.getMessage()));
        }
      }
    }
    if (kernels.isEmpty()) {
      throw new Trouble(
          "no architecture asked for has a release "
              + Printable.of(String.valueOf(releases))
              + ": "
              + why,
          "'pagetrail rules --kernels' lists kernels");
    }
    return kernels;
  }

  private List<Arch> archs() {
    try {
      return archs == null ? Arrays.asList(Arch.values()) : archs.stream().map(Arch::of).toList();
    } catch (IllegalArgumentException unknown) {
      throw new Trouble(Printable.of(String.valueOf(unknown.getMessage())), "say one of these");
    }
  }

  private List<String> releases(Arch arch) {
    if (releases == null) {
      return List.of(Kernels.nearest(arch, MONTH_OF_THE_BUG));
    }
    return releases.contains(ALL) ? Kernels.releases(arch) : releases;
  }
}
