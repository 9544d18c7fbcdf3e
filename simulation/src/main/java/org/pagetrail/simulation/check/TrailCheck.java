package org.pagetrail.simulation.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.check.Miss.Observation;
import org.pagetrail.simulation.check.Separation.RuleLine;

/** Checks a recording against kernels: which of them decide as the recorded one did. */
public final class TrailCheck {
  /** How many rules may be changed in search of a kernel that explains more. */
  private static final int CHANGES_MAX = 3;

  private final RecordedRun run;
  private final Ranking ranking;
  private final Map<DecisionKind, Long> decisions = new EnumMap<>(DecisionKind.class);

  private TrailCheck(Trail recorded) {
    this.run = RecordedRun.of(recorded);
    this.ranking = new Ranking(run);
    for (TrailEntry entry : recorded.entries()) {
      DecisionKind kind = DecisionKind.of(recorded, entry);
      if (kind != null) {
        decisions.merge(kind, 1L, Long::sum);
      }
    }
  }

  /**
   * Ranks kernels by how well they explain a recording.
   *
   * @param named the kernel that the recording names, which is compared to the end in any case;
   *     null if it names none that is known
   * @param candidates the kernels to rank, of the recording's architecture
   * @param search whether to go on with single changes of the best where it leaves something
   *     unexplained
   */
  public static CheckResult of(
      Trail recorded, @Nullable KernelModel named, List<KernelModel> candidates, boolean search) {
    TrailCheck check = new TrailCheck(recorded);
    Explainers whole = named == null ? null : check.ranking.judgeWhole(named);
    List<KernelModel> rest = new ArrayList<>(candidates);
    rest.remove(named);
    check.ranking.add(rest);
    long tried = rest.size() + (named == null ? 0L : 1L);
    List<Explainers> ranked = check.ranking.ranked(named);
    for (int i = 0; search && i < CHANGES_MAX && mayImprove(ranked); i++) {
      Explainers best = ranked.getFirst();
      List<KernelModel> near = Candidates.near(best.first(), best.asked());
      check.ranking.add(near);
      tried += near.size();
      ranked = check.ranking.ranked(named);
      if (ranked.getFirst().score().unexplained() >= best.score().unexplained()) {
        break;
      }
    }
    return check.result(whole, ranked, tried);
  }

  private static boolean mayImprove(List<Explainers> ranked) {
    return !ranked.isEmpty()
        && ranked.getFirst().score().isComplete()
        && ranked.getFirst().score().unexplained() > 0;
  }

  private CheckResult result(@Nullable Explainers whole, List<Explainers> ranked, long tried) {
    Separation separation = ranked.size() < 2 ? null : separation(ranked.get(0), ranked.get(1));
    List<RuleLine> own = List.of();
    if (!ranked.isEmpty()) {
      KernelModel best = ranked.getFirst().first();
      KernelModel release = Kernels.of(best.arch(), best.release());
      own = lines(best, release, ranked.getFirst().asked());
    }
    return new CheckResult(decisions, whole, ranked, separation, own, tried, ranking.replays());
  }

  private @Nullable Separation separation(Explainers best, Explainers next) {
    Miss miss = firstOnlyIn(next, best);
    if (miss == null) {
      miss = firstOnlyIn(best, next);
    }
    if (miss == null) {
      return null;
    }
    DecisionKind kind = miss.kind();
    List<Decision> decided =
        Judge.decisionsAt(run, best.first(), miss.seq()).stream()
            .filter(decision -> DecisionKind.of(decision.event()) == kind)
            .toList();
    Set<String> asked = new TreeSet<>(best.asked());
    asked.addAll(next.asked());
    return new Separation(
        miss,
        decided.isEmpty()
            ? DecisionText.none(kind)
            : decided.stream()
                .map(decision -> DecisionText.of(decision.event()))
                .collect(Collectors.joining(", ")),
        decided.isEmpty() ? "" : decided.getFirst().rule().rule(),
        lines(best.first(), next.first(), asked),
        lines(next.first(), best.first(), asked));
  }

  private static @Nullable Miss firstOnlyIn(Explainers one, Explainers other) {
    Set<Observation> others = new HashSet<>();
    other.score().misses().forEach(miss -> others.add(miss.observation()));
    return one.score().misses().stream()
        .filter(miss -> !others.contains(miss.observation()))
        .findFirst()
        .orElse(null);
  }

  private static List<RuleLine> lines(KernelModel one, KernelModel other, Set<String> asked) {
    return one.differences(other, asked).stream().map(RuleLine::of).toList();
  }
}
