package org.pagetrail.app.fix;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.stated.StatedFix;
import org.pagetrail.kvm.model.stated.StatedRule;
import org.pagetrail.kvm.model.stated.TruthTable;

/**
 * Reads {@code NAME: DECISION := EXPRESSION; DECISION := EXPRESSION ...}. The expressions are
 * CEL's, everything around them is ours.
 */
final class StatedText {
  private static final String SYNTAX = "write NAME: DECISION := EXPRESSION; DECISION := EXPRESSION";
  private static final String ASSIGN = ":=";
  private static final Pattern NAME = Pattern.compile("\\s*([a-z0-9][a-z0-9._-]{0,63})\\s*:(?!=)");

  private StatedText() {}

  /** Whether an item of a list of fixes states one, and does not only name one. */
  static boolean isStated(String item) {
    return item.contains(":");
  }

  /** The name of a fix that is stated, without its statements. */
  static String nameOf(String item) {
    return item.substring(0, item.indexOf(':')).strip();
  }

  /**
   * The fix that is stated.
   *
   * @throws org.pagetrail.app.cli.Trouble if the text is none; a caret stands under the place
   */
  static Fix parse(FixText written) {
    String text = written.text();
    Matcher name = NAME.matcher(text);
    if (!name.lookingAt()) {
      int place = text.length() - text.stripLeading().length();
      throw written.at(
          place, "a stated fix begins with a name of small letters, digits and -", SYNTAX);
    }
    if (isTaken(name.group(1))) {
      throw written.at(
          name.start(1),
          "'" + name.group(1) + "' is the name of a built-in fix",
          "give yours a name of its own, or leave the statement out");
    }
    List<StatedRule> rules = new ArrayList<>();
    Set<StatedDecision> stated = EnumSet.noneOf(StatedDecision.class);
    int from = name.end();
    while (from <= text.length()) {
      int semicolon = text.indexOf(';', from);
      int to = semicolon < 0 ? text.length() : semicolon;
      if (!text.substring(from, to).isBlank()) {
        StatedRule rule = statement(written, from, to, name.group(1));
        if (!stated.add(rule.decision())) {
          throw written.at(
              startOf(text, from),
              "'" + rule.decision().word() + "' is stated twice",
              "say it in one expression");
        }
        rules.add(rule);
      }
      from = to + 1;
    }
    if (rules.isEmpty()) {
      throw written.at(text.length(), "nothing is stated", SYNTAX);
    }
    return StatedFix.of(rules);
  }

  private static boolean isTaken(String name) {
    try {
      return name.equals("none") || !Fixes.named(name).name().isEmpty();
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private static StatedRule statement(FixText written, int from, int to, String fix) {
    String text = written.text();
    int start = startOf(text, from);
    int assign = text.indexOf(ASSIGN, start);
    if (assign < 0 || assign >= to) {
      throw written.at(start, "this statement has no :=", SYNTAX);
    }
    String word = text.substring(start, assign).strip();
    StatedDecision decision =
        StatedDecision.named(word)
            .orElseThrow(() ->
                written.at(
                    start,
                    "there is no decision '" + Printable.of(word) + "'",
                    "decisions are " + StatedDecision.words()));
    int begin = assign + ASSIGN.length();
    String expression = text.substring(begin, to);
    TruthTable predicate = Expressions.compile(written, begin, expression, decision);
    String canonical = expression.strip().replaceAll("\\s+", " ");
    return new StatedRule(fix, decision, canonical, predicate, null);
  }

  private static int startOf(String text, int from) {
    int start = from;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return start;
  }
}
