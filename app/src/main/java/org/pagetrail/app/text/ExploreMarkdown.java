package org.pagetrail.app.text;

import java.util.List;
import java.util.Locale;
import org.pagetrail.app.text.ExploreText.Result;
import org.pagetrail.app.text.ExploreText.Run;
import org.pagetrail.kvm.explore.Exploration;
import org.pagetrail.kvm.explore.Witness;

/** Several searches as Markdown: their counts in one table, then the kinds of each. */
public final class ExploreMarkdown {
  private ExploreMarkdown() {}

  /** All of it. */
  public static String of(List<Result> results) {
    StringBuilder text = new StringBuilder();
    text.append("| left | right | searched | kinds | states | transitions | decided | CPU s |\n");
    text.append("|---|---|---|--:|--:|--:|--:|--:|\n");
    for (Result result : results) {
      Exploration found = result.exploration();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %d | %,d | %,d | %,d | %,.1f |\n",
              result.left(),
              result.right(),
              searched(found),
              result.runs().size(),
              found.states(),
              found.transitions(),
              found.rows(),
              result.millis() / 1e3));
    }
    results.forEach(result -> {
      text.append("\n### ").append(pair(result)).append("\n\n");
      kinds(result, text);
    });
    return text.toString();
  }

  /** The kinds of difference with their runs alone, which are the same whenever one looks. */
  public static String runs(List<Result> results) {
    StringBuilder text = new StringBuilder();
    for (Result result : results) {
      text.append(text.isEmpty() ? "**" : "\n**").append(pair(result)).append("**, ");
      Exploration found = result.exploration();
      text.append(searched(found)).append(found.closed() ? "\n\n" : " operations\n\n");
      kinds(result, text);
    }
    return text.toString();
  }

  private static String pair(Result result) {
    return result.left() + " and " + result.right();
  }

  private static String searched(Exploration found) {
    if (found.closed()) {
      return "all runs";
    }
    return found.isComplete()
        ? "all up to " + found.depth()
        : "**not complete**, only up to " + found.depth();
  }

  private static void kinds(Result result, StringBuilder text) {
    if (result.runs().isEmpty()) {
      text.append(ExploreText.nothing(result.exploration())).append('\n');
      return;
    }
    text.append("| kind | left | right | shortest run |\n|---|---|---|---|\n");
    for (Run run : result.runs()) {
      Witness witness = run.witness();
      text.append("| ").append(witness.kind().what());
      text.append(" | ").append(witness.kind().left());
      text.append(" | ").append(witness.kind().right());
      text.append(" | `").append(witness.start().backing());
      text.append(witness.start().readOnly() ? " RO " : " RW ");
      text.append(witness.sequence()).append("` |\n");
    }
  }
}
