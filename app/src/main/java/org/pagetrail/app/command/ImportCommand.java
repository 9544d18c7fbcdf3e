package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.text.ImportText;
import org.pagetrail.store.TrailFile;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "Example:",
      "  pagetrail import captures/boots/bug2014-6.1-bios64-thpnever -o hang.trail"
    })
public final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The capture folder; .xz files are read directly.")
  private Path folder;

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

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ImportOptions given = ImportOptions.DEFAULT;
    Import capture =
        CaptureImporter.importFolder(
            folder,
            new ImportOptions(
                arch,
                kernel,
                fixes == null ? null : fixNames(fixes),
                given.probes(),
                given.process(),
                given.linesMax()));
    TrailFile.write(output, TrailSource.runOf(folder), capture.trail());
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(capture.report()));
    } else {
      print.print(ImportText.of(capture, output));
    }
    print.flush();
    return ExitCode.NOTHING;
  }

  private static List<String> fixNames(String names) {
    return Arrays.stream(names.split(",", -1)).filter(name -> !name.equals("none")).toList();
  }
}
