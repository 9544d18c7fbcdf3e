package org.pagetrail.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.text.ConformText;
import org.pagetrail.kvm.conform.Conformance;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.conform.Tally;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail conform}: the model against tables recorded on real kernels. */
@Command(
    name = "conform",
    mixinStandardHelpOptions = true,
    description = {
      "Plays each scenario of a table in the model and compares every step's outcome, host",
      "page and stage 2 entry. Kernel and fix follow from the folder's name, such as",
      "arm64-6.1-bug2014, or are given. Exit code 1 if a step differs.",
      "With --live the memslot requests of a table are put to the running kernel through",
      "/dev/kvm and to the model of the nearest release, or of --kernel; no guest code runs and",
      "nothing is left behind. 'Expected' is what the kernel answered, 'got' what the model says."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail conform captures/tables/*/*.table.txt",
      "  pagetrail conform my.table.txt --arch arm64 --kernel 6.12",
      "  pagetrail conform --live"
    })
public final class ConformCommand implements Callable<Integer> {
  private static final int LINE_CHARS_MAX = 1 << 16;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Tables of recorded steps, or folders of *.table.txt.")
  private List<Path> tables = List.of();

  @Option(names = "--live", description = "Compare with the running kernel, through /dev/kvm.")
  private boolean live;

  @Mixin private KernelOptions kernel;
  @Mixin private HostOptions host;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** One table, as {@code --json} prints it. */
  record TableResult(String file, String kernel, Tally tally, List<StepResult> mismatches) {}

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    if (live) {
      if (!tables.isEmpty()) {
        throw new Trouble("--live compares no tables", "leave out --live, or the files");
      }
      return LiveRun.of(kernel).print(print, out.isJson());
    }
    List<TableResult> results = new ArrayList<>();
    Set<KernelName> told = new HashSet<>();
    Tally all = new Tally(0, 0, 0, 0);
    for (Path table : TableFiles.of(tables)) {
      TableResult result = compare(table, told);
      results.add(result);
      all = all.plus(result.tally());
    }
    if (out.isJson()) {
      print.println(JsonOutput.of(results));
    } else {
      for (TableResult result : results) {
        print.print(
            ConformText.of(result.file(), result.kernel(), result.tally(), result.mismatches()));
      }
      print.print(ConformText.total(all));
    }
    print.flush();
    return all.matched() == all.total() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private TableResult compare(Path table, Set<KernelName> told) {
    TableHost recorded = host.over(TableHost.of(table, kernel));
    for (String word : recorded.unknown()) {
      spec.commandLine()
          .getErr()
          .println(
              "pagetrail: "
                  + Printable.of(table.toString())
                  + ": '"
                  + Printable.of(word)
                  + "' in the folder's name is no known fix and no setting of such a host, and is"
                  + " left out; name a fix with --fix");
    }
    if (told.add(recorded.kernel())) {
      KernelChoice.tellOrigin(recorded.kernel(), spec.commandLine().getErr());
    }
    Conformance conformance = new Conformance(KernelChoice.of(recorded.kernel()), recorded.host());
    List<StepResult> steps = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(table)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          steps.addAll(compare(conformance, table, number, line));
        }
      }
    } catch (CharacterCodingException e) {
      throw new Trouble(
          Printable.of(table.toString()) + " is not text",
          "give a table in text form, such as those in captures/tables");
    } catch (IOException e) {
      throw new Trouble(
          Printable.of(table.toString()) + " cannot be read", "look at its permissions");
    }
    if (steps.isEmpty()) {
      throw new Trouble(
          Printable.of(table.toString()) + " holds no scenario",
          "a line is: BACKING RO|RW [L] SEQUENCE :: STEP STEP ...");
    }
    return new TableResult(
        table.toString(),
        recorded.kernel().toString(),
        Tally.of(steps),
        steps.stream().filter(step -> !step.matches()).toList());
  }

  private static List<StepResult> compare(
      Conformance conformance, Path table, int number, String line) {
    if (line.length() > LINE_CHARS_MAX) {
      throw new Trouble(
          Printable.of(table.toString()) + ":" + number + ": the line is too long for a scenario",
          "give a table in text form");
    }
    try {
      return conformance.compare(line);
    } catch (IllegalArgumentException e) {
      throw new Trouble(
          Printable.of(table.toString())
              + ":"
              + number
              + ": "
              + Printable.of(String.valueOf(e.getMessage())),
          "a line is: BACKING RO|RW [L] SEQUENCE :: STEP STEP ...");
    }
  }
}
