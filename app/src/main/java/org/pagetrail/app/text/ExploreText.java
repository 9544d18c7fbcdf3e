package org.pagetrail.app.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.explore.Exploration;
import org.pagetrail.kvm.explore.Slots;
import org.pagetrail.kvm.explore.Witness;

/** What a search of all runs found, for people. */
public final class ExploreText {

  /**
   * A shortest run with its rows.
   *
   * @param witness the run and what it shows
   * @param left its row under the left kernel
   * @param right its row under the right kernel
   */
  public record Run(Witness witness, String left, String right) {}

  /**
   * A search.
   *
   * @param left the left kernel
   * @param right the right kernel
   * @param pages how many pages the guest accessed
   * @param exploration what was searched
   * @param runs the kinds of difference with their runs
   * @param millis processor time that it took, of all cores together
   * @param slots machines with several slots, if they were searched too
   */
  public record Result(
      String left,
      String right,
      int pages,
      Exploration exploration,
      List<Run> runs,
      long millis,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SlotsResult slots) {
    /** Copies the list. */
    public Result {
      runs = List.copyOf(runs);
    }

    /** The same with machines of several slots. */
    public Result with(SlotsResult searched) {
      return new Result(left, right, pages, exploration, runs, millis, searched);
    }

    /** True if nothing that was asked for was left unsearched. */
    public boolean searchedAll() {
      return exploration.isComplete() && (slots == null || slots.found().complete());
    }
  }

  /**
   * A search of machines with several slots.
   *
   * @param found what was reached
   * @param millis processor time that it took
   */
  public record SlotsResult(Slots found, long millis) {}

  private ExploreText() {}

  /** All of it. */
  public static String of(Result result) {
    StringBuilder text = new StringBuilder();
    Exploration found = result.exploration();
    text.append("left   ").append(result.left()).append('\n');
    text.append("right  ").append(result.right()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "runs   from %,d starts, up to %,d operations of %,d kinds, %d page(s)\n",
            found.starts(),
            found.asked(),
            found.operations(),
            result.pages()));
    text.append('\n').append(completeness(found)).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%,d states of the pair, %,d transitions; %,d steps decided; %,.1f s of processor"
                + " time\n",
            found.states(),
            found.transitions(),
            found.rows(),
            result.millis() / 1e3));
    if (found.open() > 0) {
      text.append("OPEN: in ")
          .append(found.open())
          .append(" transitions the model does not know the outcome on one side\n");
    }
    text.append('\n').append(kinds(result)).append('\n');
    int number = 0;
    for (Run run : result.runs()) {
      number++;
      text.append('\n').append(String.format(Locale.ROOT, "%2d", number)).append("  ");
      text.append(run.witness().kind()).append('\n');
      text.append("    left   ").append(run.left()).append('\n');
      text.append("    right  ").append(run.right()).append('\n');
    }
    return text.toString();
  }

  /** A search of machines with several slots. */
  public static String of(SlotsResult searched) {
    Slots found = searched.found();
    return String.format(
        Locale.ROOT,
        "\n%s with %d slots, runs of any length: %,d states, %,d transitions; %,.2f s of processor"
            + " time",
        found.complete() ? "COMPLETE" : "NOT COMPLETE",
        found.slots(),
        found.states(),
        found.transitions(),
        searched.millis() / 1e3);
  }

  private static String kinds(Result result) {
    int count = result.runs().size();
    return switch (count) {
      case 0 -> nothing(result.exploration());
      case 1 -> "1 kind of difference, with a shortest run";
      default -> count + " kinds of difference, each with a shortest run";
    };
  }

  /** What there is to say of a search that found nothing. */
  static String nothing(Exploration found) {
    return found.isComplete()
        ? "No difference can be seen."
        : "None found in what was searched; not complete.";
  }

  static String completeness(Exploration found) {
    if (found.closed()) {
      return "COMPLETE for runs of any length: runs of more than "
          + found.depth()
          + " operations reach no new state.";
    }
    return found.isComplete()
        ? "COMPLETE up to " + found.depth() + " operations: every run was searched."
        : "NOT COMPLETE: only runs of up to "
            + found.depth()
            + " operations were searched, not of "
            + found.asked()
            + ".\n  Give --states a larger number, or fewer backings.";
  }
}
