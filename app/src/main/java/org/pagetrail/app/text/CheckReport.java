package org.pagetrail.app.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.check.CheckResult;
import org.pagetrail.simulation.check.Explainers;
import org.pagetrail.simulation.check.Miss;
import org.pagetrail.simulation.check.Score;
import org.pagetrail.simulation.check.Separation;
import org.pagetrail.simulation.check.Separation.RuleLine;

/**
 * A check as it is printed.
 *
 * @param named the kernel that the trail names, as it names it; null if the check was of others
 * @param note why that kernel could not be checked; null if it could
 * @param decisions how many decisions of each kind the trail holds
 * @param checked how the named kernel did; null if it could not be checked
 * @param ranking best first
 * @param separation what separates the first from the second; null if nothing does
 * @param bestRules the rules by which the best differs from its release
 * @param tried how many kernels were tried
 * @param replays how many replays that took, whole or in part
 */
public record CheckReport(
    @Nullable String named,
    @Nullable String note,
    Map<String, Long> decisions,
    @Nullable Row checked,
    List<Row> ranking,
    @Nullable Separation separation,
    List<RuleLine> bestRules,
    long tried,
    long replays) {
  private static final int MISSES_MAX = 20;

  /** Copies the lists. */
  public CheckReport {
    ranking = List.copyOf(ranking);
    bestRules = List.copyOf(bestRules);
  }

  /**
   * Kernels that the trail does not tell apart.
   *
   * @param rank 1 for those that leave least unexplained
   * @param stoppedAt the event behind which they were not compared any more; -1 if to the end
   * @param misses the first that they leave unexplained
   */
  public record Row(
      int rank,
      long unexplained,
      long explained,
      long unknown,
      long stoppedAt,
      List<String> kernels,
      List<Miss> misses) {
    /** Copies the lists. */
    public Row {
      kernels = List.copyOf(kernels);
      misses = List.copyOf(misses);
    }

    private boolean isCompared() {
      return unexplained + explained + unknown != 0;
    }

    private static Row of(int rank, Explainers explainers) {
      Score score = explainers.score();
      return new Row(
          rank,
          score.unexplained(),
          score.explained(),
          score.unknown(),
          score.stoppedAt(),
          explainers.kernels().stream().map(KernelModel::toString).toList(),
          score.misses().stream().limit(MISSES_MAX).toList());
    }
  }

  /** Of a result. */
  public static CheckReport of(@Nullable String named, @Nullable String note, CheckResult result) {
    Map<String, Long> decisions = new TreeMap<>();
    result.decisions().forEach((kind, count) -> decisions.put(kind.toString(), count));
    Row[] rows = new Row[result.ranking().size()];
    for (int i = 0; i < rows.length; i++) {
      Explainers next = result.ranking().get(i);
      boolean tie =
          i > 0
              && next.score().isComplete()
              && next.score().unexplained() == rows[i - 1].unexplained();
      rows[i] = Row.of(tie ? rows[i - 1].rank() : i + 1, next);
    }
    Explainers whole = result.named();
    return new CheckReport(
        named,
        note,
        decisions,
        whole == null ? null : Row.of(0, whole),
        List.of(rows),
        result.separation(),
        result.ownRules(),
        result.tried(),
        result.replays());
  }

  /** False if no kernel decided anything that the trail says something about. */
  public boolean hasCompared() {
    return (checked != null && checked.isCompared()) || ranking.stream().anyMatch(Row::isCompared);
  }

  /** True if the named kernel, or where none could be checked the best one, explains all. */
  public boolean isExplained() {
    Row judged = checked != null ? checked : ranking.isEmpty() ? null : ranking.getFirst();
    return judged != null && judged.unexplained() == 0;
  }
}
