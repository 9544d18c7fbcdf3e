package org.pagetrail.app.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Fixes;

/**
 * Fixes that are put in together.
 *
 * @param label a word for the head of a column
 * @param fixes their names, from left to right; none for the kernel as it is
 */
public record FixColumn(String label, List<String> fixes) {
  /** Copies the list. */
  public FixColumn {
    fixes = List.copyOf(fixes);
  }

  /**
   * The column of a list such as {@code bug-2014,arch-pfn-valid}.
   *
   * @throws org.pagetrail.app.cli.Trouble if a statement or file is wrong
   * @throws IllegalArgumentException if a name is not known
   */
  public static FixColumn of(String list) {
    List<String> names =
        FixNames.split(list).stream().filter(name -> !name.equals("none")).toList();
    List<String> labels = new ArrayList<>();
    for (String name : names) {
      labels.add(label(FixNames.fix(name)));
    }
    return new FixColumn(labels.isEmpty() ? "none" : String.join("+", labels), names);
  }

  /** The fixes themselves. */
  List<Fix> parsed() {
    return fixes.stream().map(FixNames::fix).toList();
  }

  private static String label(Fix fix) {
    @Nullable String letter = Fixes.letterOf(fix);
    int colon = fix.name().indexOf(':');
    String name = colon < 0 ? fix.name() : fix.name().substring(0, colon);
    return letter != null ? letter : name.equals("bug-2014") ? "bug" : name;
  }
}
