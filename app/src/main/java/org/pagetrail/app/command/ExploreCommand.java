package org.pagetrail.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.app.text.ExploreMarkdown;
import org.pagetrail.app.text.ExploreText;
import org.pagetrail.app.text.ExploreText.Result;
import org.pagetrail.app.text.ExploreText.Run;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.explore.Exploration;
import org.pagetrail.kvm.explore.Explorer;
import org.pagetrail.kvm.explore.Operation;
import org.pagetrail.kvm.explore.Slots;
import org.pagetrail.kvm.explore.Start;
import org.pagetrail.kvm.explore.Witness;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagetrail explore}: where two kernels or fixes part, in all runs up to a bound. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description = {
      "Searches all runs of up to N operations, from every backing of the model, for those at",
      "which two kernels or fixes differ in what can be seen: how an access ends, what a load",
      "finds, an errno, a finding. Lists every kind of difference once, with a shortest run under",
      "both, in the notation of the recorded tables. Says whether the search was complete.",
      "Exit code 0 if nothing differs, 1 if something does, 2 for trouble."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail explore --left 6.1,bug-2014 --right 6.1",
      "  pagetrail explore --kernel 3.17-rc --left none --right arch-pfn-valid --depth 3",
      "  pagetrail explore --left 6.1,bug-2014 --right 6.1 --backing anon_untouched --depth 6",
      "  pagetrail explore --kernel 3.17-rc --among 'none;arch-pfn-valid;device-read-only'",
      "  pagetrail explore --left 5.10 --right 6.1 -o arm64-5.10/runs.table.txt"
    })
public final class ExploreCommand implements Callable<Integer> {
  private static final Pattern RELEASE = Pattern.compile("\\d+\\.\\d+(-rc)?");
  private static final int DEPTH_MAX = 1000;
  private static final long SLOTS_STATES_MAX = 50_000_000;

  /** What is compared. */
  static final class Sides {
    @ArgGroup(exclusive = false)
    private @Nullable Two two;

    @Option(
        names = "--among",
        required = true,
        paramLabel = "SIDE;SIDE...",
        split = ";",
        description = "Each of these with each other; prints Markdown.")
    private @Nullable List<String> among;
  }

  /** Two sides. */
  static final class Two {
    @Option(
        names = "--left",
        required = true,
        paramLabel = "KERNEL[,FIX...]",
        description = "A release, with fixes put in from left to right, or fixes of --kernel.")
    private String left = "";

    @Option(
        names = "--right",
        required = true,
        paramLabel = "KERNEL[,FIX...]",
        description = "What it is compared with.")
    private String right = "";
  }

  @ArgGroup(multiplicity = "1")
  private Sides sides = new Sides();

  @Option(names = "--arch", paramLabel = "ARCH", description = "Architecture; default: arm64.")
  private String arch = "arm64";

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "The release of a side that names fixes alone; default: 6.1.")
  private String kernel = "6.1";

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "The longest runs, in operations; default: ${DEFAULT-VALUE}.")
  private int depth = 4;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "Pages of the slot that the guest accesses, 1 or 2; default: ${DEFAULT-VALUE}.")
  private int pages = 1;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = {
        "Search machines of N slots too, each like the first start, for runs of any length: 1 to",
        "8; only where what one slot does cannot reach another; default: ${DEFAULT-VALUE}."
      })
  private int slots = 1;

  @Option(
      names = "--backing",
      paramLabel = "NAME",
      split = ",",
      description = "Only these backings, as the tables name them; default: all.")
  private @Nullable List<String> backings;

  @Option(
      names = "--operations",
      paramLabel = "LETTERS",
      description = "Only these operations, as the tables write them; default: all.")
  private @Nullable String letters;

  @Option(
      names = "--promela",
      paramLabel = "FILE",
      description = {
        "Write the search of runs of any length from the first start as a model for SPIN; takes",
        "a few --operations, and a --depth at which no new state is left."
      })
  private @Nullable Path promela;

  @Option(
      names = "--thp",
      paramLabel = "MODE",
      description = "Transparent huge pages: ${COMPLETION-CANDIDATES}; default: madvise.")
  private ThpMode thp = ThpMode.MADVISE;

  @Option(
      names = "--states",
      paramLabel = "N",
      description = {
        "Give up before longer runs when this many states are held; default:",
        "${DEFAULT-VALUE}."
      })
  private long states = 5_000_000;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Write the runs as a table, with what the left kernel does.")
  private @Nullable Path file;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    checkBounds();
    RecordedHost host = RecordedHost.of(Arch.of(arch), thp);
    Explorer explorer =
        new Explorer(host, starts(host.arch()), operations(host.arch()), FindingsWatch.begin());
    Two two = sides.two;
    List<String> among = sides.among;
    if (two != null) {
      Result result = compare(explorer, host, side(two.left), side(two.right));
      write(result.runs());
      writePromela(explorer, KernelChoice.of(side(two.left)), KernelChoice.of(side(two.right)));
      print(result);
      searchSlots(explorer, KernelChoice.of(side(two.left)), KernelChoice.of(side(two.right)));
      return result.runs().isEmpty() ? ExitCode.NOTHING : ExitCode.SOMETHING;
    }
    return among == null ? ExitCode.NOTHING : compareAll(explorer, host, among);
  }

  private int compareAll(Explorer explorer, RecordedHost host, List<String> among) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < among.size(); i++) {
      for (int j = i + 1; j < among.size(); j++) {
        results.add(compare(explorer, host, side(among.get(i)), side(among.get(j))));
      }
    }
    write(results.stream().flatMap(result -> result.runs().stream()).toList());
    PrintWriter print = spec.commandLine().getOut();
    print.println(
        out.isJson() ? JsonOutput.of(results) : ExploreMarkdown.of(results).stripTrailing());
    print.flush();
    return results.stream().allMatch(result -> result.runs().isEmpty())
        ? ExitCode.NOTHING
        : ExitCode.SOMETHING;
  }

  private Result compare(Explorer explorer, RecordedHost host, KernelName left, KernelName right) {
    KernelModel leftModel = KernelChoice.of(left);
    KernelModel rightModel = KernelChoice.of(right);
    long begin = cpuMillis();
    Exploration exploration = explorer.compare(leftModel, rightModel, depth, states);
    long millis = cpuMillis() - begin;
    List<Run> runs = new ArrayList<>();
    for (Witness witness : exploration.witnesses()) {
      runs.add(new Run(witness, witness.row(leftModel, host), witness.row(rightModel, host)));
    }
    return new Result(left.toString(), right.toString(), pages, exploration, runs, millis);
  }

  /** What this process has used of all cores. */
  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private void print(Result result) {
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(result));
    } else {
      print.print(ExploreText.of(result));
    }
    print.flush();
  }

  private void write(List<Run> runs) {
    if (file == null) {
      return;
    }
    try {
      Files.write(file, runs.stream().map(Run::left).distinct().toList());
    } catch (IOException e) {
      throw new Trouble(
          Printable.of(file.toString()) + " cannot be written", "look at its folder's permissions");
    }
  }

  private void searchSlots(Explorer explorer, KernelModel left, KernelModel right) {
    if (slots == 1) {
      return;
    }
    long begin = cpuMillis();
    Slots found;
    try {
      found = explorer.slots(left, right, depth, slots, (int) Math.min(states, SLOTS_STATES_MAX));
    } catch (IllegalArgumentException e) {
      throw new Trouble(
          "several slots cannot be searched: " + e.getMessage(),
          "name one --backing and a few --operations without F and f, and a larger --depth");
    }
    PrintWriter print = spec.commandLine().getOut();
    print.println(out.isJson() ? JsonOutput.of(found) : ExploreText.of(found, cpuMillis() - begin));
    print.flush();
  }

  private void writePromela(Explorer explorer, KernelModel left, KernelModel right) {
    if (promela == null) {
      return;
    }
    try {
      Files.writeString(promela, explorer.promela(left, right, depth));
    } catch (IllegalArgumentException e) {
      throw new Trouble(
          "no model for SPIN: " + e.getMessage(), "give a larger --depth, or fewer --operations");
    } catch (IOException e) {
      throw new Trouble(
          Printable.of(promela.toString()) + " cannot be written",
          "look at its folder's permissions");
    }
  }

  private List<Operation> operations(Arch on) {
    List<Operation> all = Operation.of(on, pages);
    if (letters == null) {
      return all;
    }
    String wanted = letters;
    for (int i = 0; i < wanted.length(); i++) {
      char letter = wanted.charAt(i);
      if (all.stream().noneMatch(operation -> operation.letter() == letter)) {
        throw new Trouble(
            "no operation '" + Printable.of(wanted.substring(i, i + 1)) + "'",
            "docs/explore.md lists them; r and w take --pages 2");
      }
    }
    return all.stream().filter(operation -> wanted.indexOf(operation.letter()) >= 0).toList();
  }

  private void checkBounds() {
    if (depth < 1 || depth > DEPTH_MAX) {
      throw new Trouble("--depth " + depth, "give a number from 1 to " + DEPTH_MAX);
    }
    if (slots < 1 || slots > 8) {
      throw new Trouble("--slots " + slots, "give a number from 1 to 8");
    }
    if (pages < 1 || pages > 2) {
      throw new Trouble("--pages " + pages, "give 1 or 2: the tables know no third page");
    }
  }

  private List<Start> starts(Arch on) {
    List<Start> all = Start.all(on);
    if (backings == null) {
      return all;
    }
    for (String backing : backings) {
      if (all.stream().noneMatch(start -> start.backing().equals(backing))) {
        throw new Trouble(
            "no backing \"" + Printable.of(backing) + "\"",
            "known are " + String.join(", ", all.stream().map(Start::backing).distinct().toList()));
      }
    }
    List<String> wanted = backings;
    return all.stream().filter(start -> wanted.contains(start.backing())).toList();
  }

  private KernelName side(String named) {
    int comma = named.indexOf(',');
    String first = comma < 0 ? named : named.substring(0, comma);
    if (!RELEASE.matcher(first).matches()) {
      return new KernelName(arch, kernel, List.of()).withFixes(FixNames.split(named));
    }
    KernelName plain = new KernelName(arch, first, List.of());
    return comma < 0 ? plain : plain.withFixes(FixNames.split(named.substring(comma + 1)));
  }
}
