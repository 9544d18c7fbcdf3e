package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelSide;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.cli.TwoSides;
import org.pagetrail.app.explore.SearchFiles;
import org.pagetrail.app.explore.SearchOptions;
import org.pagetrail.app.text.ExploreMarkdown;
import org.pagetrail.app.text.ExploreText;
import org.pagetrail.app.text.ExploreText.Result;
import org.pagetrail.app.text.ExploreText.Run;
import org.pagetrail.app.text.ExploreText.SlotsResult;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.explore.Exploration;
import org.pagetrail.kvm.explore.Explorer;
import org.pagetrail.kvm.explore.Slots;
import org.pagetrail.kvm.explore.Witness;
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
      "Exit code 0 if nothing differs, 1 if something does, 2 for trouble, or if nothing was",
      "found in a search that was not complete."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail explore --left 6.1,bug-2014 --right 6.1",
      "  pagetrail explore --kernel 3.17-rc --left none --right arch-pfn-valid --depth 3",
      "  pagetrail explore --left 6.1,bug-2014 --right 6.1 --backing anon_untouched --depth 6",
      "  pagetrail explore --kernel 3.17-rc --among 'none;arch-pfn-valid;device-read-only'",
      "  pagetrail explore --left 5.10 --right 6.1 -o arm64-5.10/runs.table.txt",
      "  pagetrail explore --left 6.1,bug-2014 --right 6.1 --depth 2 --witnesses runs"
    })
public final class ExploreCommand implements Callable<Integer> {
  private static final long SLOTS_STATES_MAX = 50_000_000;

  /** What is compared. */
  static final class Sides {
    @ArgGroup(exclusive = false)
    private @Nullable TwoSides two;

    @Option(
        names = "--among",
        required = true,
        paramLabel = "SIDE;SIDE...",
        split = ";",
        description = "Each of these with each other; prints Markdown.")
    private @Nullable List<String> among;
  }

  @ArgGroup(multiplicity = "1")
  private Sides sides = new Sides();

  @Option(
      names = "--runs",
      description = "Print the kinds of difference and their runs alone, as Markdown.")
  private boolean runsOnly;

  @Mixin private SearchOptions search;
  @Mixin private SearchFiles files;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Explorer explorer = search.explorer(FindingsWatch.begin());
    TwoSides two = sides.two;
    if (two != null) {
      return compareTwo(explorer, two.left(search.base()), two.right(search.base()));
    }
    List<String> among = sides.among;
    if (among != null && search.slots() > 1) {
      throw new Trouble("--slots compares two kernels or fixes", "name them by --left and --right");
    }
    return among == null
        ? ExitCode.NOTHING
        : compareAll(
            explorer, among.stream().map(side -> KernelSide.of(side, search.base())).toList());
  }

  private int compareTwo(Explorer explorer, KernelSide left, KernelSide right) {
    if (search.slots() > 1) {
      requireSlotsApart(left, right);
    }
    Result result = compare(explorer, left, right);
    if (search.slots() > 1) {
      result = result.with(searchSlots(explorer, left, right));
    }
    files.writeTable(result.runs());
    files.writeWitnesses(result.runs(), search.host(), left, right, "");
    files.writeModels(explorer, left, right, search.depth());
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(result));
    } else {
      print.print(runsOnly ? ExploreMarkdown.runs(List.of(result)) : ExploreText.of(result));
      if (result.slots() != null) {
        print.println(ExploreText.of(result.slots()));
      }
    }
    print.flush();
    return exitCode(List.of(result));
  }

  private int compareAll(Explorer explorer, List<KernelSide> among) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < among.size(); i++) {
      for (int j = i + 1; j < among.size(); j++) {
        Result result = compare(explorer, among.get(i), among.get(j));
        results.add(result);
        String prefix = (i + 1) + "-" + (j + 1) + "-";
        files.writeWitnesses(result.runs(), search.host(), among.get(i), among.get(j), prefix);
      }
    }
    files.writeTable(results.stream().flatMap(result -> result.runs().stream()).toList());
    PrintWriter print = spec.commandLine().getOut();
    String markdown = runsOnly ? ExploreMarkdown.runs(results) : ExploreMarkdown.of(results);
    print.println(out.isJson() ? JsonOutput.of(results) : markdown.stripTrailing());
    print.flush();
    return exitCode(results);
  }

  /** That a search gave up does not mean that there is nothing. */
  private static int exitCode(List<Result> results) {
    if (results.stream().anyMatch(result -> !result.runs().isEmpty())) {
      return ExitCode.SOMETHING;
    }
    return results.stream().allMatch(Result::searchedAll) ? ExitCode.NOTHING : ExitCode.TROUBLE;
  }

  private Result compare(Explorer explorer, KernelSide left, KernelSide right) {
    long begin = cpuMillis();
    Exploration exploration =
        explorer.compare(left.model(), right.model(), search.depth(), search.states());
    long millis = cpuMillis() - begin;
    RecordedHost host = search.host();
    List<Run> runs = new ArrayList<>();
    for (Witness witness : exploration.witnesses()) {
      runs.add(new Run(witness, witness.row(left.model(), host), witness.row(right.model(), host)));
    }
    return new Result(
        left.name().toString(),
        right.name().toString(),
        search.pages(),
        exploration,
        runs,
        millis,
        null);
  }

  /** What this process has used of all cores. */
  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  /** Before the long search of all starts, and with tables of its own: it counts nothing of it. */
  private void requireSlotsApart(KernelSide left, KernelSide right) {
    try {
      search
          .explorer(FindingsWatch.begin())
          .requireSlotsApart(left.model(), right.model(), search.depth(), slotsStates());
    } catch (IllegalArgumentException e) {
      throw new Trouble(
          "several slots cannot be searched: " + e.getMessage(),
          "name one --backing and a few --operations without F and f, and a larger --depth");
    }
  }

  private SlotsResult searchSlots(Explorer explorer, KernelSide left, KernelSide right) {
    long begin = cpuMillis();
    Slots found =
        explorer.slots(left.model(), right.model(), search.depth(), search.slots(), slotsStates());
    return new SlotsResult(found, cpuMillis() - begin);
  }

  private int slotsStates() {
    return (int) Math.min(search.states(), SLOTS_STATES_MAX);
  }
}
