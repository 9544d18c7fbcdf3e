package org.pagetrail.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.pagetrail.bench.log.RepeatedRuns;
import org.pagetrail.bench.log.RepeatedTraces;
import org.pagetrail.bench.log.TouchedGuest;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.file.PackedDiff;
import org.pagetrail.store.file.TrailRebuild;
import org.pagetrail.store.fold.FoldedState;

/** Whole-process benchmarks; {@code main} tells how to call them. */
public final class Measure {
  private static final String USAGE =
      """
      repeat FILE EVENTS PART TRAIL...  make a trail of copies of others; PART: from which event on
                                        the frames are others, -1 for nowhere
      traces TRACE LOG BYTES CAPTURE... make a kernel trace of so many bytes and QEMU's log beside it
      touch FILE GIB                    make a trail of a guest that touches all its memory
      replay RESULTS TRAIL...           all replays
      objects RESULTS TRAIL...          replays by event objects
      diff RESULTS LEFT RIGHT           the replay of one beside the diff of both
      state RESULTS TRAIL...            opening, state at the middle, single pages
      rebuild RESULTS TRAIL...          indexes and checkpoints computed and compared
      report RESULTS DOCS               tables on standard output, plots into a folder
      """;

  private static final int REPEATS = 7;
  private static final long LONG = 20_000_000;
  private static final int PAGES_ASKED = 2000;

  private final Path results;

  private Measure(Path results) {
    this.results = results;
  }

  /** Runs one benchmark and appends what was measured to a file. */
  public static void main(String[] words) throws IOException {
    if (words.length < 3) {
      System.out.print(USAGE);
      return;
    }
    Path first = Path.of(words[1]);
    Measure measure = new Measure(first);
    List<Path> rest = Arrays.stream(words).skip(2).map(Path::of).toList();
    switch (words[0]) {
      case "repeat" -> {
        List<Path> trails = Arrays.stream(words).skip(4).map(Path::of).toList();
        new RepeatedRuns(trails).write(first, Long.parseLong(words[2]), Long.parseLong(words[3]));
      }
      case "traces" -> {
        List<Path> captures = Arrays.stream(words).skip(4).map(Path::of).toList();
        new RepeatedTraces(captures).write(first, Path.of(words[2]), Long.parseLong(words[3]));
      }
      case "touch" -> TouchedGuest.write(first, Long.parseLong(words[2]));
      case "replay" -> measure.replay(rest, Replays.packed(), Stopwatch::ofThread);
      case "objects" -> measure.replay(rest, Replays.objects(), Stopwatch::ofProcess);
      case "diff" -> measure.diff(rest.getFirst(), rest.get(1));
      case "state" -> measure.states(rest);
      case "rebuild" -> measure.rebuild(rest);
      case "report" -> new Report(first).write(rest.getFirst());
      default -> System.out.print(USAGE);
    }
  }

  private void note(Measured measured) throws IOException {
    System.out.println(measured);
    Files.writeString(
        results, measured.toLine() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The best of some, which is what least was in the way of. */
  private void noteBest(List<Measured> some) throws IOException {
    Measured best = some.getFirst();
    for (Measured one : some) {
      best = one.cpuNanos() < best.cpuNanos() ? one : best;
    }
    note(best);
  }

  private static int repeats(FileTrailLog log) {
    return log.size() > LONG ? 2 : REPEATS;
  }

  private void replay(
      List<Path> trails, Map<String, Replays.Replay> ways, Supplier<Stopwatch> watches)
      throws IOException {
    for (Path trail : trails) {
      try (FileTrailLog log = FileTrailLog.open(trail)) {
        for (Map.Entry<String, Replays.Replay> way : ways.entrySet()) {
          List<Measured> some = new ArrayList<>();
          for (int i = repeats(log); i > 0; i--) {
            Stopwatch watch = watches.get();
            long result = way.getValue().run(log);
            some.add(watch.stop(way.getKey() + of(trail), log.size(), log.size()));
            System.out.println("  " + some.getLast() + (result == 42 ? " " : ""));
          }
          noteBest(some);
        }
      }
    }
  }

  /** What tells the trail of a touched guest from the repeated runs of the same length. */
  private static String of(Path trail) {
    return String.valueOf(trail.getFileName()).startsWith("touched") ? ", 64 GiB touched" : "";
  }

  private void diff(Path left, Path right) throws IOException {
    try (FileTrailLog one = FileTrailLog.open(left);
        FileTrailLog other = FileTrailLog.open(right)) {
      List<Measured> folds = new ArrayList<>();
      List<Measured> diffs = new ArrayList<>();
      for (int i = repeats(one); i > 0; i--) {
        Stopwatch watch = Stopwatch.ofThread();
        Replays.fold(one);
        folds.add(watch.stop("one replay beside the diff", one.size(), one.size()));

        watch = Stopwatch.ofThread();
        PackedDiff.Outcome outcome = PackedDiff.of(one, other, 10);
        diffs.add(watch.stop("diff", one.size(), one.size() + other.size()));
        require(!outcome.differences().isEmpty());
        System.out.printf(
            Locale.ROOT,
            "  parted at %d of %d: %d guest frames and %d host pages differ%n",
            outcome.partedAt(),
            one.size(),
            outcome.differences().guestFrames(),
            outcome.differences().hostPages());
      }
      noteBest(folds);
      noteBest(diffs);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the diff says something else");
    }
  }

  private void states(List<Path> trails) throws IOException {
    for (Path trail : trails) {
      Stopwatch watch = Stopwatch.ofThread();
      FileTrailLog log = FileTrailLog.open(trail);
      note(watch.stop("opening" + of(trail), log.size(), 1));
      try (log) {
        watch = Stopwatch.ofThread();
        try (FoldedState state = log.states().at(log.size() / 2)) {
          note(watch.stop("state at the middle" + of(trail), log.size(), 1));
          require(state.lastSeq() == log.size() / 2);
        }
        pages(log, of(trail));
      }
      System.out.printf(
          Locale.ROOT, "  heap at most %d MiB%n", Runtime.getRuntime().maxMemory() >> 20);
    }
  }

  /** Asks for mapped pages at random positions: once as they come, then the same when warm. */
  private void pages(FileTrailLog log, String which) throws IOException {
    PageSample sample = new PageSample(log, new SplittableRandom(1));
    List<PageSample.Question> questions = sample.questions(PAGES_ASKED);
    for (String round : List.of("first", "again")) {
      long[] wall = new long[questions.size()];
      long[] cpu = new long[questions.size()];
      for (int i = 0; i < wall.length; i++) {
        Stopwatch watch = Stopwatch.ofThread();
        log.states().page(questions.get(i).gfn(), questions.get(i).seq());
        Measured one = watch.stop("page", log.size(), 1);
        wall[i] = one.wallNanos();
        cpu[i] = one.cpuNanos();
      }
      Arrays.sort(wall);
      Arrays.sort(cpu);
      for (int percent : List.of(50, 99, 100)) {
        int at = Math.min(wall.length - 1, wall.length * percent / 100);
        String rank = percent == 100 ? "max" : "p" + percent;
        String what = "page " + rank + ", " + round + which;
        note(new Measured(what, log.size(), 1, wall[at], cpu[at]));
      }
    }
  }

  private void rebuild(List<Path> trails) throws IOException {
    for (Path trail : trails) {
      Stopwatch watch = Stopwatch.ofThread();
      TrailRebuild.Outcome outcome = TrailRebuild.rebuild(trail, false, done -> {});
      note(watch.stop("rebuild", outcome.events(), outcome.events()));
      require(outcome.isSame());
    }
  }
}
