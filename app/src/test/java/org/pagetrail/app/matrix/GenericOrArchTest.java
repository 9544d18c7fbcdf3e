package org.pagetrail.app.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.app.command.MatrixCommand;
import picocli.CommandLine;

/**
 * The page that answers the questions of 2014 is made from the matrix and the search of all runs,
 * and is current.
 */
class GenericOrArchTest {
  private static final Path PAGE = Path.of("..", "docs", "generic-or-arch.md");

  @TempDir private Path folder;

  @Test
  void everyTableOfThePageIsWhatItsCommandPrintsNow() throws IOException {
    Path copy = Files.copy(PAGE, folder.resolve("page.md"));

    assertThat(refresh(copy)).isZero();

    assertThat(Files.readString(copy)).isEqualTo(Files.readString(PAGE));
    assertThat(Files.readString(copy))
        .contains("| arm64 | broken | repaired |")
        .contains("| shared-page-written | found | - | `anon_untouched RO RW` |");
  }

  @Test
  void anOldTableIsReplacedAndEverythingElseStays() throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            "before\n<!-- pagetrail matrix --arch arm64 --fix 'm: device := pfn.zero'"
                + " --scenario zero-page-read -->\nold\n<!-- end -->\nafter\n");

    assertThat(refresh(page)).isZero();

    assertThat(Files.readString(page))
        .startsWith("before\n<!-- pagetrail matrix --arch arm64")
        .contains("| zero-page-read | D rw! |")
        .endsWith("<!-- end -->\nafter\n")
        .doesNotContain("old");
  }

  @Test
  void aWrongArgumentInADocumentIsRefusedAndTheDocumentStays() throws IOException {
    String text = "<!-- pagetrail matrix --arch vax -->\nold\n<!-- end -->\n";
    Path page = Files.writeString(folder.resolve("page.md"), text);

    assertThat(refresh(page)).isNotZero();
    assertThat(Files.readString(page)).isEqualTo(text);
  }

  private static int refresh(Path page) {
    CommandLine command = new CommandLine(new MatrixCommand());
    command.setErr(new PrintWriter(new StringWriter(), true));
    return command.execute("--refresh", page.toString(), "--format", "TEXT");
  }
}
