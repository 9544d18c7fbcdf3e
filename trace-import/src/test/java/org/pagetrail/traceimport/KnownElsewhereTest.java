package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Binary files of other tools. */
class KnownElsewhereTest {
  @TempDir Path temp;

  @Test
  void aBinaryTraceOfAnotherToolIsNamedWithTheToolThatPrintsIt() throws IOException {
    Path counted = temp.resolve("y");
    Files.writeString(counted, "PERFILE2....");

    Import imported =
        CaptureImporter.importInputs(
            List.of(counted, Samples.file("report.txt")), ImportOptions.DEFAULT);

    assertThat(imported.report().warnings())
        .anyMatch(warning -> warning.startsWith("y ") && warning.contains("perf script --ns"));
  }
}
