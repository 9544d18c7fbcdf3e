package org.pagetrail.app.reproduce;

import java.util.List;
import java.util.stream.Collectors;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.kvm.conform.Backings;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.explore.Operation;
import org.pagetrail.kvm.model.Arch;

/** Refuses what no table has: backings and operations that the model does not know. */
public final class TableWords {
  private static final int PAGES = 2;

  private TableWords() {}

  /**
   * Checks every word of a scenario.
   *
   * @throws Trouble if there is no such backing or operation on the architecture
   */
  public static void require(TableLine line, Arch arch) {
    requireBacking(line.backing(), arch);
    List<Operation> known = Operation.of(arch, PAGES);
    String letters =
        known.stream().map(o -> String.valueOf(o.letter())).collect(Collectors.joining(" "));
    requireOperations(line.sequence(), known, "known on " + arch.word() + " are " + letters);
  }

  /**
   * Checks the name of a backing.
   *
   * @throws Trouble if machines of the architecture have none so named
   */
  public static void requireBacking(String backing, Arch arch) {
    List<String> known = Backings.names(arch);
    if (!known.contains(backing)) {
      throw new Trouble(
          "no backing \"" + Printable.of(backing) + "\"", "known are " + String.join(", ", known));
    }
  }

  /**
   * Checks letters of operations.
   *
   * @param remedy what to do about a letter that is not known
   * @throws Trouble if one of them is of none of the operations
   */
  public static void requireOperations(String letters, List<Operation> known, String remedy) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (known.stream().noneMatch(operation -> operation.letter() == letter)) {
        throw new Trouble(
            "no operation '" + Printable.of(letters.substring(i, i + 1)) + "'", remedy);
      }
    }
  }
}
