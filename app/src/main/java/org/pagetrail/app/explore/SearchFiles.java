package org.pagetrail.app.explore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.KernelSide;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.reproduce.Reproducer;
import org.pagetrail.app.reproduce.ScenarioFile;
import org.pagetrail.app.text.ExploreText.Run;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.explore.Explorer;
import org.pagetrail.kvm.explore.Kind;
import org.pagetrail.kvm.explore.Model;
import org.pagetrail.simulation.scenario.ScenarioTrail;
import org.pagetrail.store.file.TextFile;
import picocli.CommandLine.Option;

/** The files that a search is asked to write. */
public final class SearchFiles {
  private static final int NAME_MAX = 40;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Write the runs as a table, with what the left kernel does.")
  private @Nullable Path table;

  @Option(
      names = "--witnesses",
      paramLabel = "FOLDER",
      description = {
        "Write each run as a trail, as the left kernel does it, and as a C program that does it",
        "through /dev/kvm and prints what its kernel does."
      })
  private @Nullable Path witnesses;

  @Option(
      names = "--promela",
      paramLabel = "FILE",
      description = {
        "Write the search of runs of any length from the first start as a model for SPIN; takes",
        "a few --operations, and a --depth at which no new state is left."
      })
  private @Nullable Path promela;

  @Option(
      names = "--tla",
      paramLabel = "FILE",
      description = "The same as a TLA+ module for TLC, named like the file.")
  private @Nullable Path tla;

  /** Writes the table. */
  public void writeTable(List<Run> runs) {
    if (table != null) {
      TextFile.write(
          table,
          runs.stream().map(Run::left).distinct().map(l -> l + "\n").collect(Collectors.joining()));
    }
  }

  /** Writes trails and programs. */
  public void writeWitnesses(
      List<Run> runs, RecordedHost host, KernelSide left, KernelSide right, String prefix) {
    if (witnesses == null) {
      return;
    }
    makeFolder(witnesses);
    int number = 0;
    for (Run run : runs) {
      number++;
      TableLine line = run.witness().line();
      ScenarioTrail.Played played = ScenarioTrail.play(left.model(), host, line);
      List<String> expected = new ArrayList<>();
      expected.add(run.witness().kind().toString());
      expected.add(left.name() + ": " + run.left());
      expected.add(right.name() + ": " + run.right());
      String name = prefix + name(number, run.witness().kind());
      ScenarioFile.write(
          witnesses.resolve(name + ".trail"), host.arch(), line, played.trail(), expected);
      if (Reproducer.isFor(host.arch())) {
        ScenarioFile.write(
            witnesses.resolve(name + ".c"), host.arch(), line, played.trail(), expected);
      }
    }
  }

  private static String name(int number, Kind kind) {
    String words = (kind.what() + "-" + kind.left() + "-" + kind.right()).toLowerCase(Locale.ROOT);
    String name = words.replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
    return String.format(
        Locale.ROOT, "%02d-%s", number, name.substring(0, Math.min(NAME_MAX, name.length())));
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Trouble(
          Printable.of(folder.toString()) + " cannot be made", "name a folder that you may write");
    }
  }

  /** Writes the models for other model checkers. */
  public void writeModels(Explorer explorer, KernelSide left, KernelSide right, int depth) {
    if (promela != null) {
      TextFile.write(promela, model(explorer, left, right, depth).promela());
    }
    if (tla != null) {
      String name = String.valueOf(tla.getFileName()).replaceFirst("\\.tla$", "");
      if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
        throw new Trouble(
            Printable.of(tla.toString()) + " cannot be a module's name", "name it Letters.tla");
      }
      TextFile.write(tla, model(explorer, left, right, depth).tla(name));
    }
  }

  private static Model model(Explorer explorer, KernelSide left, KernelSide right, int depth) {
    try {
      return explorer.model(left.model(), right.model(), depth);
    } catch (IllegalArgumentException e) {
      throw new Trouble(
          "no model for another checker: " + e.getMessage(),
          "give a larger --depth, or fewer --operations");
    }
  }
}
