package org.pagetrail.app.command;

import java.io.Console;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputFile;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.ReadingProgress;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.text.ImportText;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.FolderFixes;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.BulkWriter;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.ImportProgress;
import org.pagetrail.traceimport.ImportReport;
import org.pagetrail.traceimport.ftrace.ProbeFile;
import org.pagetrail.traceimport.ftrace.ProbeNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail import}: a capture folder becomes a trail. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a trail of a capture: QEMU's log, the kernel's trace, /proc snapshots.",
      "Prints what was read and which lines no reader understood."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail import captures/boots/bug2014-6.1-bios64-thpnever -o hang.trail",
      "  pagetrail import --kernel 6.1 trace.txt.xz qemu.log clock.jsonl -o boot.trail",
      "  pagetrail import boot.tar.zst -o boot.trail"
    })
public final class ImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description = {
        "Files, capture folders and archives of them, joined to one trail; .gz, .xz, .zst and .tar",
        "are unpacked. What an input is, its content tells."
      })
  private List<Path> inputs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The trail to write; an existing one is replaced as a whole.")
  private Path output;

  @Option(names = "--arch", paramLabel = "ARCH", description = "The host's architecture.")
  private @Nullable String arch;

  @Option(names = "--kernel", paramLabel = "RELEASE", description = "The host's kernel release.")
  private @Nullable String kernel;

  @Option(names = "--fix", paramLabel = "NAMES", description = "Fixes in that kernel.")
  private @Nullable String fixes;

  @Option(
      names = "--probes",
      paramLabel = "FILE",
      description = {
        "What the kernel's kprobes mean: EVENT MEANING [return] [ARGUMENT=NAME]... on each line;",
        "the names of the captures are known."
      })
  private @Nullable Path probes;

  @Option(
      names = "--offset",
      paramLabel = "SECONDS",
      description = {
        "The clock of QEMU's log minus the clock of the kernel's trace, such as 1795393000.25,",
        "where neither clock samples nor events that both saw tell it."
      })
  private @Nullable String offset;

  @Option(names = "--pid", paramLabel = "PID", description = "The monitor's process, of several.")
  private @Nullable Integer process;

  @Option(
      names = "--pages",
      paramLabel = "INPUT=ADDRESS",
      description = {
        "The address of the first page of a dump of /proc/PID/pagemap, where it is not of all the",
        "areas of a maps that is imported with it."
      })
  private Map<String, String> pages = new TreeMap<>();

  @Mixin private OutputOptions out;

  /** The host that the trail describes. */
  private @Nullable HostDescribed host;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Path> read = new ArrayList<>(inputs);
    if (probes != null) {
      read.add(probes);
    }
    OutputFile.requireApart(output, read);
    inputs.forEach(ImportCommand::requireNoTrail);
    ImportOptions options =
        ImportOptions.DEFAULT
            .withFixWords(FolderFixes.KNOWN)
            .withHost(arch, kernel, fixes == null ? null : fixNames(fixes))
            .withProbes(probes == null ? ProbeNames.DEFAULT : ProbeFile.read(probes))
            .withOffset(offsetNanos())
            .withPages(firstAddresses())
            .withProcess(process);
    Path named = inputs.size() == 1 ? inputs.getFirst() : output;
    ImportReport report = write(TrailSource.runOf(named), options);
    tellOfKernel();
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(report));
    } else {
      print.print(ImportText.of(report, output));
    }
    print.flush();
    return ExitCode.NOTHING;
  }

  /** Says from where the kernel's rules are, and warns where a what-if will find none. */
  private void tellOfKernel() {
    if (host == null || (kernel == null && !Kernels.isRelease(host.kernel()))) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      String origin = Kernels.origin(Arch.of(host.arch()), host.kernel());
      if (origin != null) {
        err.println("pagetrail: " + origin);
      }
    } catch (IllegalArgumentException unknown) {
      err.println(
          "pagetrail: the trail is made, but "
              + Printable.of(String.valueOf(unknown.getMessage()))
              + "; to replay or check it, name one of these with --kernel");
    }
  }

  private static void requireNoTrail(Path input) {
    if (Files.isRegularFile(input) && TrailFile.isPacked(input)) {
      String name = Printable.of(input.toString());
      throw new Trouble(
          name + " is a trail already", "see what is in it: pagetrail trail info " + name);
    }
  }

  private Map<String, Hva> firstAddresses() {
    Map<String, Hva> addresses = new TreeMap<>();
    try {
      pages.forEach((input, address) -> addresses.put(input, Hva.parse(address)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--pages needs addresses such as 0x7f1234000000");
    }
    return addresses;
  }

  /** Imports into the output, telling a terminal how far it is. */
  private ImportReport write(String run, ImportOptions options) {
    PrintWriter err = spec.commandLine().getErr();
    try (BulkWriter writer = BulkWriter.open(output, run);
        ReadingProgress onTerminal = new ReadingProgress(err, System::nanoTime)) {
      boolean isTerminal =
          Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
      SmallHeap heap = new SmallHeap();
      ImportReport report =
          CaptureImporter.importInto(
              inputs,
              options,
              entry -> {
                if (entry.event() instanceof HostDescribed described) {
                  host = described;
                }
                writer.add(new LogEntry.Recorded(entry));
                heap.written();
              },
              isTerminal ? onTerminal : ImportProgress.NONE);
      writer.commit();
      return report;
    }
  }

  private @Nullable Long offsetNanos() {
    if (offset == null) {
      return null;
    }
    try {
      return new BigDecimal(offset).movePointRight(9).longValueExact();
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), "--offset " + Printable.of(offset) + " is no number of seconds");
    } catch (ArithmeticException e) {
      throw new ParameterException(
          spec.commandLine(), "--offset is more than 292 years, or finer than nanoseconds");
    }
  }

  private static List<String> fixNames(String names) {
    return Arrays.stream(names.split(",", -1)).filter(name -> !name.equals("none")).toList();
  }
}
