package org.pagetrail.projections.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingKindTest {

  @Test
  void everyKindHasItsDefinitionAndEveryDefinitionItsKind() throws IOException {
    List<String> headings =
        Files.readAllLines(Path.of("..", "docs", "findings.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();

    assertThat(Stream.of(FindingKind.values()).map(FindingKind::anchor))
        .containsExactlyInAnyOrderElementsOf(headings);
  }
}
