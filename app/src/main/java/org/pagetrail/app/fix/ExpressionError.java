package org.pagetrail.app.fix;

import dev.cel.common.CelIssue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.kvm.model.stated.Fact;
import org.pagetrail.kvm.model.stated.StatedDecision;

/** What is wrong with an expression, in the words of those who write fixes. */
final class ExpressionError {
  private static final String LANGUAGE =
      "an expression is made of inputs, true, false, !, &&, ||, " + "==, !=, ? : and parentheses";

  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:mismatched|extraneous|no viable alternative at) input '(.*?)'.*");
  private static final Pattern UNKNOWN_SIGN =
      Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
  private static final Pattern MISSING = Pattern.compile("missing '(.)' at .*");
  private static final Pattern TYPE = Pattern.compile("expected type 'bool' but found '(.*)'");

  private ExpressionError() {}

  /** The error of an expression that begins at {@code offset} of the text. */
  static Trouble of(
      FixText text, int offset, String expression, StatedDecision decision, CelIssue issue) {
    int place = place(expression, issue);
    String message = issue.getMessage().lines().findFirst().orElse("");
    Matcher undeclared = UNDECLARED.matcher(message);
    boolean selected = message.contains("does not support field selection");
    if (undeclared.matches() && isOperator(undeclared.group(1))) {
      String sign = undeclared.group(1).replaceAll("[_@]", "");
      return text.at(
          offset + place, "'" + Printable.of(sign) + "' is not in the language", LANGUAGE);
    }
    if (undeclared.matches() || selected) {
      int from = startOfName(expression, place);
      return unknownName(text, offset + from, name(expression, from), decision);
    }
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.matches()) {
      boolean end = unexpected.group(1).equals("<EOF>");
      String sign = "'" + Printable.of(unexpected.group(1)) + "' is not expected here";
      return text.at(offset + place, end ? "the expression is not finished" : sign, LANGUAGE);
    }
    Matcher sign = UNKNOWN_SIGN.matcher(message);
    if (sign.matches()) {
      String what = "'" + Printable.of(sign.group(1).strip()) + "' is not in the language";
      return text.at(offset + place, what, LANGUAGE);
    }
    Matcher missing = MISSING.matcher(message);
    if (missing.matches()) {
      return text.at(offset + place, "a " + missing.group(1) + " is missing here", LANGUAGE);
    }
    Matcher type = TYPE.matcher(message);
    String other = type.matches() ? "this is no truth value but " + type.group(1) : message;
    return text.at(offset + place, Printable.of(other), LANGUAGE);
  }

  private static Trouble unknownName(
      FixText text, int place, String name, StatedDecision decision) {
    Optional<Fact> elsewhere = fact(name);
    String what =
        elsewhere.isPresent()
            ? "'" + name + "' is not known when '" + decision.word() + "' is decided"
            : "there is no input '" + Printable.of(name) + "'";
    return text.at(
        place,
        what,
        "inputs of '"
            + decision.word()
            + "' are "
            + decision.facts().stream().map(Fact::word).collect(Collectors.joining(", ")));
  }

  private static Optional<Fact> fact(String name) {
    for (Fact fact : Fact.values()) {
      if (fact.word().equals(name)) {
        return Optional.of(fact);
      }
    }
    return Optional.empty();
  }

  /** Operators are functions whose names no user can write. */
  private static boolean isOperator(String function) {
    return function.startsWith("_") || function.startsWith("@") || function.startsWith("-");
  }

  private static int place(String expression, CelIssue issue) {
    int line = 1;
    int start = 0;
    while (line < issue.getSourceLocation().getLine() && expression.indexOf('\n', start) >= 0) {
      start = expression.indexOf('\n', start) + 1;
      line++;
    }
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    return Math.min(expression.length(), start + column);
  }

  private static int startOfName(String expression, int place) {
    int from = Math.min(place, expression.length());
    while (from > 0 && isNamePart(expression.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  private static String name(String expression, int from) {
    int to = from;
    while (to < expression.length() && isNamePart(expression.charAt(to))) {
      to++;
    }
    return expression.substring(from, to);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }
}
