package org.pagetrail.projections.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.diff.Divergence;
import org.pagetrail.projections.diff.StateDifference;
import org.pagetrail.projections.diff.TrailDiff;
import org.pagetrail.projections.findings.Finding;

/** The diff of two trails as text: the first divergence, then the states, then the findings. */
public final class TrailDiffText {
  /** Characters of an event that are shown. */
  private static final int EVENT_SHOWN = 300;

  private TrailDiffText() {}

  /**
   * The lines.
   *
   * @param left the left trail's name
   * @param right the right trail's name
   * @param rowsMax how many rows of differing states are shown
   */
  public static List<String> lines(TrailDiff diff, String left, String right, int rowsMax) {
    if (diff.isEmpty()) {
      return List.of("The trails do not differ.");
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(divergence(diff, left, right));
    lines.addAll(states(diff, left, right, rowsMax));
    lines.addAll(findings(diff.onlyLeft(), "Findings of " + left + " only"));
    lines.addAll(findings(diff.onlyRight(), "Findings of " + right + " only"));
    return lines;
  }

  private static List<String> divergence(TrailDiff diff, String left, String right) {
    Divergence first = diff.first();
    if (first == null) {
      return List.of("No event differs.");
    }
    List<String> lines = new ArrayList<>();
    TrailEntry stimulus = first.stimulusLeft();
    lines.add(
        "First divergence of "
            + diff.divergenceCount()
            + (diff.parted() ? ", after the last of which the runs go different ways" : ""));
    lines.addAll(
        Plain.wrapped(
            stimulus == null
                ? "before the first stimulus"
                : "after event " + stimulus.seq() + ", " + shown(stimulus),
            "  ",
            "      "));
    lines.addAll(entry(left, first.left()));
    lines.addAll(entry(right, first.right()));
    return lines;
  }

  private static List<String> entry(String name, @Nullable TrailEntry entry) {
    if (entry == null) {
      return Plain.wrapped(name + ": nothing", "  ", "      ");
    }
    List<String> lines =
        new ArrayList<>(
            Plain.wrapped(name + ": event " + entry.seq() + ", " + shown(entry), "  ", "      "));
    Citation rule = entry.rule();
    String why =
        rule == null
            ? entry.standing().name().toLowerCase(Locale.ROOT)
                + (entry.source() == null ? "" : ", " + entry.source())
            : "rule " + rule.rule() + " (" + rule.source() + "), " + inputs(rule);
    lines.addAll(Plain.wrapped(why, "      ", "      "));
    return lines;
  }

  /** An event may hold a whole flat view. */
  private static String shown(TrailEntry entry) {
    String text = EventText.of(entry.event());
    return text.length() <= EVENT_SHOWN ? text : text.substring(0, EVENT_SHOWN) + "...";
  }

  private static String inputs(Citation rule) {
    return rule.inputs().stream()
        .map(input -> input.name() + "=" + input.value())
        .collect(Collectors.joining(", "));
  }

  private static List<String> states(TrailDiff diff, String left, String right, int rowsMax) {
    if (diff.states().isEmpty()) {
      return List.of("", "At the end the states do not differ.");
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("At the end");
    Table table = new Table("what", "where", "pages", left, right);
    for (StateDifference difference : StateRows.joined(diff.states())) {
      table.row(
          difference.part().name().toLowerCase(Locale.ROOT),
          where(difference),
          difference.pages() == 0 ? "" : Long.toString(difference.pages()),
          difference.left(),
          difference.right());
    }
    lines.addAll(table.lines(rowsMax));
    if (diff.statesOmitted() > 0) {
      lines.add("  and " + diff.statesOmitted() + " that are not listed");
    }
    return lines;
  }

  private static String where(StateDifference difference) {
    GpaRange guest = difference.guest();
    return guest == null ? "pfn " + difference.frame() : guest.toString();
  }

  private static List<String> findings(List<Finding> findings, String heading) {
    if (findings.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(Plain.wrapped(heading, "", ""));
    for (Finding finding : findings) {
      FindingsText.lines(finding).forEach(line -> lines.addAll(Plain.wrapped(line, "", "    ")));
    }
    return lines;
  }
}
