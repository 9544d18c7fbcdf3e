package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.Event;
import org.pagetrail.events.RunEvent.InputRead;
import org.pagetrail.events.trail.TrailEntry;

/** Given several kernel traces of one run, or of several. */
class FollowingTracesTest {
  @TempDir Path temp;

  @Test
  void aTraceInTwoPartsIsTheTraceAsAWhole() throws IOException {
    List<String> lines = Files.readAllLines(Samples.file("report.txt"));
    Path second = write("a-second", lines.subList(30, lines.size()));
    Path first = write("b-first", lines.subList(0, 30));

    Import parts = Samples.imported(second, first);

    assertThat(told(parts)).isEqualTo(told(Samples.imported("report.txt")));
    assertThat(parts.report().warnings())
        .anyMatch(warning -> warning.endsWith("are taken for one: b-first, a-second"));
  }

  @Test
  void anExcerptBesideTheWholeIsLeftOut() throws IOException {
    List<String> lines = Files.readAllLines(Samples.file("report.txt"));
    Path excerpt = write("excerpt", lines.subList(20, 40));

    Import both = Samples.imported(Samples.file("report.txt"), excerpt);

    assertThat(told(both)).isEqualTo(told(Samples.imported("report.txt")));
    assertThat(both.report().warnings())
        .anyMatch(warning -> warning.endsWith("the largest is used: report.txt"));
  }

  @Test
  void aTraceOfOtherVcpusIsLeftOut() throws IOException {
    List<String> lines = Files.readAllLines(Samples.file("report.txt"));
    Path later =
        write(
            "later",
            lines.subList(10, 40).stream()
                .map(line -> line.replace("-18953 ", "-4711 ").replace(" 24587.", " 99587."))
                .toList());

    Import both = Samples.imported(Samples.file("report.txt"), later);

    assertThat(told(both)).isEqualTo(told(Samples.imported("report.txt")));
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(temp.resolve(name), lines);
  }

  private static List<Event> told(Import imported) {
    return imported.trail().entries().stream()
        .map(TrailEntry::event)
        .filter(event -> !(event instanceof InputRead))
        .toList();
  }
}
