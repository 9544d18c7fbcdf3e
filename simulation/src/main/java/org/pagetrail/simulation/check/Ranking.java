package org.pagetrail.simulation.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.check.Miss.Observation;

/**
 * Ranks kernels by how many decisions of a recording they leave unexplained. A kernel that answers
 * alike all that was asked of another one needs no replay of its own; one that is worse than the
 * best by more than a margin is not replayed to its end.
 */
final class Ranking {
  /** How many more decisions than the best a kernel may leave unexplained before it is stopped. */
  static final int MARGIN = 16;

  private static final int GROWTH = 8;

  /** How many of the stopped go on when none has come through. */
  private static final int RETRIED_MAX = 16;

  private static final Comparator<Explainers> BY_RANK =
      Comparator.comparing((Explainers e) -> !e.score().isComplete())
          .thenComparingLong(e -> e.score().isComplete() ? e.score().unexplained() : 0L)
          .thenComparingLong(e -> -e.score().explained());

  private final RecordedRun run;
  private final List<Explainers> found = new ArrayList<>();
  private long replays;

  Ranking(RecordedRun run) {
    this.run = run;
  }

  /** Replays a kernel to the end of the recording, whatever it explains. */
  Explainers judgeWhole(KernelModel kernel) {
    Explainers whole = judge(kernel, Long.MAX_VALUE);
    found.add(whole);
    return whole;
  }

  /** Adds kernels to the ranking. */
  void add(List<KernelModel> kernels) {
    for (KernelModel kernel : kernels) {
      if (!joins(kernel)) {
        found.add(judge(kernel, limit(MARGIN)));
      }
    }
    for (long limit = (long) MARGIN * GROWTH; isWorthMore(limit / GROWTH); limit *= GROWTH) {
      List<Explainers> stopped =
          found.stream()
              .filter(e -> !e.score().isComplete())
              .sorted(BY_RANK)
              .limit(RETRIED_MAX)
              .toList();
      for (Explainers again : stopped) {
        retry(again, limit);
      }
    }
  }

  /** How often the recording was replayed, in whole or in part. */
  long replays() {
    return replays;
  }

  /** Best first; kernels that no observation separates together. */
  List<Explainers> ranked(@Nullable KernelModel named) {
    Map<Object, Explainers> classes = new LinkedHashMap<>();
    List<Explainers> sorted = found.stream().sorted(BY_RANK).toList();
    for (int i = 0; i < sorted.size(); i++) {
      Explainers next = sorted.get(i);
      Object key = next.score().isComplete() ? new Unexplained(next.score()) : (Object) i;
      classes.merge(key, next, Ranking::merged);
    }
    return classes.values().stream().map(e -> plainestFirst(e, named)).toList();
  }

  /** What a complete replay left unexplained; as far as kept, which is all unless hopeless. */
  private record Unexplained(long count, Set<Observation> observations) {
    Unexplained(Score score) {
      this(
          score.unexplained(),
          new HashSet<>(score.misses().stream().map(Miss::observation).toList()));
    }
  }

  private static Explainers merged(Explainers one, Explainers other) {
    List<KernelModel> kernels = new ArrayList<>(one.kernels());
    kernels.addAll(other.kernels());
    Set<String> asked = new TreeSet<>(one.asked());
    asked.addAll(other.asked());
    return new Explainers(kernels, one.score(), asked);
  }

  private static Explainers plainestFirst(Explainers e, @Nullable KernelModel named) {
    String release = named == null ? "" : named.release();
    List<KernelModel> kernels = new ArrayList<>(e.kernels());
    kernels.sort(
        Comparator.comparing((KernelModel kernel) -> !kernel.equals(named))
            .thenComparingInt(kernel -> kernel.fixes().size())
            .thenComparing(kernel -> !kernel.release().equals(release)));
    return new Explainers(kernels, e.score(), e.asked());
  }

  private boolean joins(KernelModel kernel) {
    for (int i = 0; i < found.size(); i++) {
      Explainers same = found.get(i);
      if (same.first().answersAlike(kernel, same.asked())) {
        found.set(i, same.with(kernel));
        return true;
      }
    }
    return false;
  }

  private void retry(Explainers again, long limit) {
    Explainers more = judge(again.first(), limit(limit));
    found.remove(again);
    List<KernelModel> apart = new ArrayList<>();
    for (KernelModel kernel : again.kernels().subList(1, again.kernels().size())) {
      if (more.first().answersAlike(kernel, more.asked())) {
        more = more.with(kernel);
      } else {
        apart.add(kernel);
      }
    }
    found.add(more);
    for (KernelModel kernel : apart) {
      if (!joins(kernel)) {
        found.add(judge(kernel, limit(limit)));
      }
    }
  }

  private Explainers judge(KernelModel kernel, long limit) {
    replays++;
    Set<String> asked = new TreeSet<>();
    Score score = Judge.judge(run, kernel.noting(asked), limit);
    return new Explainers(List.of(kernel), score, asked);
  }

  /** Nobody who was stopped at this limit can be known to be worse than the best. */
  private boolean isWorthMore(long limit) {
    long best = best();
    boolean stopped = found.stream().anyMatch(e -> !e.score().isComplete());
    return stopped && best > limit;
  }

  private long limit(long limit) {
    long best = best();
    return best > Long.MAX_VALUE - MARGIN ? limit : Math.min(limit, best + MARGIN);
  }

  private long best() {
    return found.stream()
        .filter(e -> e.score().isComplete())
        .mapToLong(e -> e.score().unexplained())
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
