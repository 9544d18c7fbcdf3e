package org.pagetrail.projections.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Source;
import org.pagetrail.projections.audit.PageTrail;
import org.pagetrail.projections.audit.Step;
import org.pagetrail.projections.audit.Unknown;

/** The audit of a page as text: three sentences to quote, the steps, what is not known. */
public final class PageTrailText {
  private PageTrailText() {}

  /** The lines. */
  public static List<String> lines(PageTrail trail) {
    List<String> lines = new ArrayList<>();
    for (String sentence : trail.sentences()) {
      lines.addAll(Plain.wrapped(sentence, "", ""));
    }
    lines.add("");
    lines.add("Steps" + (trail.omitted() == 0 ? "" : " (" + trail.omitted() + " omitted)"));
    for (Step step : trail.steps()) {
      lines.addAll(lines(step));
    }
    if (!trail.chain().isEmpty()) {
      String chain =
          trail.chain().stream().map(String::valueOf).collect(Collectors.joining(" <- "));
      lines.add("");
      lines.addAll(Plain.wrapped("From the present to the first cause: " + chain, "", "  "));
    }
    if (!trail.unknowns().isEmpty()) {
      lines.add("");
      lines.add("What the trail does not tell");
      for (Unknown unknown : trail.unknowns()) {
        lines.addAll(Plain.wrapped(unknown.what(), "  - ", "    "));
      }
    }
    return lines;
  }

  private static List<String> lines(Step step) {
    String time = step.timeNanos() == null ? "" : " " + Plain.seconds(step.timeNanos());
    String times =
        step.count() == 1
            ? ""
            : " (" + step.count() + " times, until event " + step.lastSeq() + ")";
    List<String> lines =
        new ArrayList<>(
            Plain.wrapped(
                step.seq()
                    + time
                    + " "
                    + step.layer()
                    + " "
                    + step.kind().label()
                    + ": "
                    + step.what()
                    + times,
                "  ",
                "      "));
    lines.addAll(Plain.wrapped(origin(step), "      ", "      "));
    return lines;
  }

  private static String origin(Step step) {
    List<String> parts = new ArrayList<>();
    parts.add(step.standing().name().toLowerCase(Locale.ROOT));
    Source source = step.source();
    if (source != null) {
      parts.add(source.toString());
    }
    Citation rule = step.rule();
    if (rule != null) {
      parts.add("rule " + rule.rule() + " (" + rule.source() + ")");
    }
    if (!step.causes().isEmpty()) {
      parts.add(
          "because of "
              + step.causes().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    return String.join(", ", parts);
  }
}
