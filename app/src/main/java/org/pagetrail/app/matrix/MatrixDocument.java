package org.pagetrail.app.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in which results stand: behind each line {@code <!-- pagetrail matrix ARGUMENTS -->}
 * or {@code <!-- pagetrail explore ARGUMENTS -->} what that command prints, up to {@code <!-- end
 * -->}.
 */
public final class MatrixDocument {
  private static final Pattern PLACE =
      Pattern.compile(
          "(<!-- pagetrail (matrix|explore) ?(.*?) ?-->\n).*?(<!-- end -->)", Pattern.DOTALL);

  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

  private MatrixDocument() {}

  /**
   * The document with every result as it is now.
   *
   * @param printed what a command prints, given its name and its arguments
   */
  public static String refreshed(String document, Function<List<String>, String> printed) {
    return PLACE
        .matcher(document)
        .replaceAll(place ->
            Matcher.quoteReplacement(
                place.group(1)
                    + "\n"
                    + printed.apply(arguments(place.group(2), place.group(3))).strip()
                    + "\n\n"
                    + place.group(4)));
  }

  private static List<String> arguments(String command, String text) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        command.equals("matrix") ? List.of("--format", "markdown") : List.of("--runs"));
    Matcher matcher = ARGUMENT.matcher(text);
    while (matcher.find()) {
      arguments.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return arguments;
  }
}
