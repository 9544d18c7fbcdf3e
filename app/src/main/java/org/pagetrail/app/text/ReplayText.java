package org.pagetrail.app.text;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.simulation.whatif.FaultComparison;
import org.pagetrail.simulation.whatif.Replay;

/** How a replay compares with its recording. */
public final class ReplayText {
  private static final int LISTED_MAX = 20;

  /** What is said of a state that the closed loop led to. */
  public static final String RUN_ON =
      """
      The state below is beyond the recording: from its first access of the variable
      flash on the firmware model ran in the closed loop, all of it derived.
      """;

  private ReplayText() {}

  /**
   * A replay in figures.
   *
   * @param kernel the kernel of the replay
   * @param faults how many recorded faults could be compared
   * @param differing on how many the model decides otherwise than the recorded kernel did
   * @param exitsGone how many recorded exits do not happen
   * @param left where the guest would have left the recording; null if it would not
   * @param differences the first of those that differ
   * @param observedOnly the kinds of the recording's findings that are missing here because they
   *     rest on what somebody observed, one for each finding
   */
  public record Summary(
      String kernel,
      long faults,
      long differing,
      long exitsGone,
      Replay.@Nullable Departure left,
      List<Difference> differences,
      List<FindingKind> observedOnly) {
    /** Copies the lists. */
    public Summary {
      differences = List.copyOf(differences);
      observedOnly = List.copyOf(observedOnly);
    }
  }

  /** One fault on which recording and model differ. */
  public record Difference(
      long recordedSeq, String source, String gpa, String recorded, String derived, String rule) {
    private static Difference of(FaultComparison fault) {
      return new Difference(
          fault.recordedSeq(),
          fault.source() == null ? "" : fault.source().toString(),
          fault.gpa().toString(),
          fault.recorded().toString(),
          fault.derived().toString(),
          fault.rule());
    }
  }

  /** Counts recorded faults beside the model's outcomes, and keeps the first that differ. */
  public static final class Tally implements Consumer<FaultComparison> {
    private final List<Difference> first = new ArrayList<>();
    private long compared;
    private long differing;

    @Override
    public void accept(FaultComparison fault) {
      if (fault.isComparable()) {
        compared++;
        if (!fault.agrees()) {
          differing++;
          if (first.size() < LISTED_MAX) {
            first.add(Difference.of(fault));
          }
        }
      }
    }

    /**
     * The figures of a replay that is at its end.
     *
     * @param observedOnly how many findings of the recording it lacks, because they rest on what
     *     was observed
     */
    public Summary summary(
        KernelName kernel,
        long exitsGone,
        Replay.@Nullable Departure left,
        List<FindingKind> observedOnly) {
      return new Summary(
          kernel.toString(), compared, differing, exitsGone, left, first, observedOnly);
    }
  }

  /** The figures as text. */
  public static String of(Summary summary) {
    StringBuilder text = new StringBuilder();
    text.append("what-if under ").append(summary.kernel()).append('\n');
    text.append(
        Columns.wrapped(
            summary.faults()
                + " recorded faults compared, "
                + summary.differing()
                + " decided otherwise, "
                + summary.exitsGone()
                + " recorded exits gone",
            "  ",
            "  "));
    for (Difference d : summary.differences()) {
      text.append(
          Columns.wrapped(
              "recorded event "
                  + d.recordedSeq()
                  + " "
                  + Printable.of(d.source())
                  + " "
                  + d.gpa()
                  + ": recorded "
                  + d.recorded()
                  + "; model "
                  + d.derived()
                  + " [rule "
                  + d.rule()
                  + "]",
              "  ",
              "    "));
    }
    if (summary.differing() > summary.differences().size()) {
      text.append("  ... and ")
          .append(summary.differing() - summary.differences().size())
          .append(" more\n");
    }
    Replay.Departure left = summary.left();
    text.append(
        left == null && summary.faults() == 0
            ? "  nothing tells whether the guest would have left the recording\n"
            : left == null
                ? "  the guest would not have left the recording, as far as one can tell\n"
                : Columns.wrapped(
                    "from recorded event "
                        + left.recordedSeq()
                        + " on the stimuli are not what the guest would have done: "
                        + left.reason(),
                    "  ",
                    "  "));
    appendObservedOnly(text, summary.observedOnly());
    return text.append('\n').toString();
  }

  /** A replay has nobody who looks at pages or says how the run ended. */
  private static void appendObservedOnly(StringBuilder text, List<FindingKind> kinds) {
    if (kinds.isEmpty()) {
      return;
    }
    String names = kinds.stream().distinct().map(FindingKind::anchor).collect(joining(", "));
    text.append(
        Columns.wrapped(
            kinds.size()
                + (kinds.size() == 1 ? " finding" : " findings")
                + " of the recording cannot be made here, as a replay does not have the"
                + " observations behind them: "
                + names,
            "  ",
            "  "));
  }
}
