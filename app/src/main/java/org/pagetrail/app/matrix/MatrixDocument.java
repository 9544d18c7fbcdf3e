package org.pagetrail.app.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in which matrices stand: behind each line {@code <!-- pagetrail matrix ARGUMENTS -->}
 * what that command prints, up to {@code <!-- end -->}.
 */
public final class MatrixDocument {
  private static final Pattern PLACE =
      Pattern.compile("(<!-- pagetrail matrix ?(.*?) ?-->\n).*?(<!-- end -->)", Pattern.DOTALL);

  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

  private MatrixDocument() {}

  /**
   * The document with every matrix as it is now.
   *
   * @param printed what the command prints with these arguments
   */
  public static String refreshed(String document, Function<List<String>, String> printed) {
    return PLACE
        .matcher(document)
        .replaceAll(place ->
            Matcher.quoteReplacement(
                place.group(1)
                    + "\n"
                    + printed.apply(arguments(place.group(2))).strip()
                    + "\n\n"
                    + place.group(3)));
  }

  private static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>(Arrays.asList("--format", "markdown"));
    Matcher matcher = ARGUMENT.matcher(text);
    while (matcher.find()) {
      arguments.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return arguments;
  }
}
