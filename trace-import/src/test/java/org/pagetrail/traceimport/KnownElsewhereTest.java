package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Binary files of other tools. */
class KnownElsewhereTest {
  @TempDir Path temp;

  @Test
  void binaryTracesOfOtherToolsAreNamedWithTheToolThatPrintsThem() throws IOException {
    Path recorded = temp.resolve("x");
    Files.write(recorded, "\u0017\bDtracing7\0".getBytes(StandardCharsets.ISO_8859_1));
    Path counted = temp.resolve("y");
    Files.writeString(counted, "PERFILE2....");

    Import imported =
        CaptureImporter.importInputs(
            List.of(recorded, counted, Samples.file("report.txt")), ImportOptions.DEFAULT);

    assertThat(imported.report().warnings())
        .anyMatch(warning -> warning.startsWith("x ") && warning.contains("trace-cmd report -t"))
        .anyMatch(warning -> warning.startsWith("y ") && warning.contains("perf script --ns"));
  }
}
