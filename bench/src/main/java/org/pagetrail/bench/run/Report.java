package org.pagetrail.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measurements as tables and plots. Of what was measured more than once the quickest counts. */
final class Report {
  private static final String LIMIT = "sum of the records";
  private static final long SMALL = 1000;

  /** By what was measured, then by the length of the trail. */
  private final Map<String, SortedMap<Long, Measured>> all = new LinkedHashMap<>();

  Report(Path results) throws IOException {
    for (String line : Files.readAllLines(results)) {
      Measured measured = Measured.parse(line);
      all.computeIfAbsent(measured.what(), what -> new TreeMap<>())
          .merge(
              measured.events(),
              measured,
              (one, other) -> one.cpuNanos() <= other.cpuNanos() ? one : other);
    }
  }

  void write(Path folder) throws IOException {
    System.out.println("| what | events | cpu ns an event | M events/cpu-s | times the sum |");
    System.out.println("|---|---:|---:|---:|---:|");
    all.values().forEach(byLength -> byLength.values().forEach(this::printReplay));
    System.out.println();
    System.out.println("| what | events | wall ms | cpu ms |");
    System.out.println("|---|---:|---:|---:|");
    all.values().forEach(byLength -> byLength.values().forEach(Report::printOnce));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("performance-replay.svg"), replays().toSvg());
    Files.writeString(folder.resolve("performance-state.svg"), states().toSvg());
  }

  private void printReplay(Measured measured) {
    if (isReplay(measured)) {
      Measured limit = all.getOrDefault(LIMIT, new TreeMap<>()).get(measured.events());
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %.1f | %.1f | %s |%n",
          measured.what(),
          measured.events(),
          measured.cpuNanosEach(),
          measured.perCpuSecond() / 1e6,
          limit == null
              ? ""
              : String.format(Locale.ROOT, "%.1f", measured.cpuNanosEach() / limit.cpuNanosEach()));
    }
  }

  private static void printOnce(Measured measured) {
    if (!isReplay(measured)) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %.3f | %.3f |%n",
          measured.what(),
          measured.events(),
          measured.wallNanos() / 1e6,
          measured.cpuNanos() / 1e6);
    }
  }

  private static boolean isReplay(Measured measured) {
    return measured.done() > SMALL;
  }

  private Plot replays() {
    Plot plot = new Plot("Going through a trail from end to end", "events", "seconds of one core");
    all.forEach((what, byLength) -> {
      List<Plot.Point> points = new ArrayList<>();
      byLength.values().stream()
          .filter(Report::isReplay)
          .forEach(it -> points.add(new Plot.Point(it.events(), it.cpuNanos() / 1e9)));
      plot.line(what, points);
    });
    return plot;
  }

  private Plot states() {
    Plot plot = new Plot("Asking a stored trail", "events", "milliseconds that pass");
    all.forEach((what, byLength) -> {
      List<Plot.Point> points = new ArrayList<>();
      byLength.values().stream()
          .filter(it -> !isReplay(it))
          .forEach(it -> points.add(new Plot.Point(it.events(), it.wallNanos() / 1e6)));
      plot.line(what, points);
    });
    return plot;
  }
}
