package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.events.RunEvent.InputRead;
import org.pagetrail.events.RunEvent.LinesNotUnderstood;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.simple.SimpleTrace;

/** Given several logs of QEMU, or several traces of system calls, of one run. */
class JoinedInputsTest {
  private static final List<String> LOG =
      List.of(
          "7@1010.000001:memory_region_ops_write cpu 0 mr 0x1 addr 0x10 value 0x1 size 1 name 'a'",
          "8@1010.000002:flatview_new 0x5 (root 0x6)",
          "7@1010.000003:memory_region_ops_write cpu 0 mr 0x1 addr 0x10 value 0x2 size 1 name 'a'",
          "8@1010.000004:flatview_destroy_rcu 0x5 (root 0x6)",
          "7@1010.000005:memory_region_ops_read cpu 0 mr 0x1 addr 0x10 value 0x3 size 1 name 'a'");

  @TempDir Path temp;

  @Test
  void aLogThatWasRotatedIsTheLogAsAWhole() throws IOException {
    Path whole = write("whole", LOG);
    Path later = write("log", LOG.subList(3, 5));
    Path earlier = write("log.1", LOG.subList(0, 3));

    Import parts = Samples.imported(later, earlier);

    assertThat(told(parts)).isEqualTo(told(Samples.imported(whole)));
    assertThat(parts.report().warnings())
        .contains("logs of QEMU are taken for one, by their times: log, log.1");
    assertThat(sources(parts)).contains("log.1:3", "log:1");
  }

  @Test
  void whatWentToStandardErrorStandsBetweenTheLinesOfTheLogByItsTime() throws IOException {
    Path log = write("d.log", List.of(LOG.get(0), LOG.get(2), LOG.get(4)));
    Path error = write("stderr", List.of(LOG.get(1), LOG.get(3)));

    Import both = Samples.imported(log, error);

    assertThat(told(both)).isEqualTo(told(Samples.imported(write("whole", LOG))));
    assertThat(sources(both))
        .containsExactly("d.log:1", "stderr:1", "d.log:2", "stderr:2", "d.log:3");
  }

  @Test
  void anExcerptBesideTheWholeLogAddsNothing() throws IOException {
    Path whole = write("whole", LOG);
    Path excerpt = write("excerpt", LOG.subList(1, 3));

    Import both = Samples.imported(whole, excerpt);

    assertThat(told(both)).isEqualTo(told(Samples.imported(whole)));
    assertThat(both.report().warnings())
        .contains("excerpt: 2 of its lines are in another input too, and are taken once");
  }

  @Test
  void logsWithoutTimesAreRefusedWithWhatRecordsThem() throws IOException {
    Path timed = write("timed", LOG);
    Path bare = write("bare", LOG.stream().map(line -> line.substring(14)).toList());

    assertThatThrownBy(() -> Samples.imported(timed, bare))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("bare: logs of QEMU not joined: its lines have no times")
        .hasMessageContaining("those of timed")
        .hasMessageContaining("-msg timestamp=on");
  }

  @Test
  void logsOfDifferentClocksAreRefused() throws IOException {
    Path text = write("text", LOG);
    Path binary = Files.write(temp.resolve("binary"), SimpleTrace.ofAFlashWrite().bytes());

    assertThatThrownBy(() -> Samples.imported(text, binary))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("its times count from another moment")
        .hasMessageContaining("import one of them alone");
  }

  @Test
  void aLogOfAnotherQemuIsLeftOut() throws IOException {
    Path own = write("own", LOG);
    Path other =
        write(
            "other",
            LOG.subList(0, 3).stream()
                .map(line -> line.replace("7@", "4711@").replace("8@", "4712@"))
                .toList());

    Import both = Samples.imported(own, other);

    assertThat(told(both)).isEqualTo(told(Samples.imported(own)));
    assertThat(both.report().warnings())
        .anyMatch(warning -> warning.startsWith("other: its vCPUs are other threads"));
  }

  @Test
  void aTraceOfSystemCallsInAFileForEachThreadIsTheTraceInOneFile() throws IOException {
    List<String> lines = Files.readAllLines(Samples.file("strace-ttt.txt"));
    List<String> whole = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (String thread : lines.stream().map(line -> line.split(" +", 2)[0]).distinct().toList()) {
      List<String> own =
          lines.stream()
              .filter(line -> line.startsWith(thread + " ") && !line.contains("resumed>"))
              .filter(line -> !line.contains("<unfinished"))
              .toList();
      whole.addAll(own);
      files.add(write("s." + thread, own.stream().map(line -> line.split(" +", 2)[1]).toList()));
    }
    whole.sort(Comparator.comparing(line -> line.split(" +", 3)[1]));

    Import perThread = Samples.imported(files.toArray(Path[]::new));
    Import together = Samples.imported(write("together", whole));

    assertThat(files).hasSizeGreaterThan(1);
    assertThat(timed(perThread)).isEqualTo(timed(together)).isNotEmpty();
    assertThat(told(perThread)).containsAll(told(together));
  }

  @Test
  void theLinesOfAnInputThatAreALittleLateAreInTheOrderOfTheirTimes() throws IOException {
    Path late = write("log", List.of(LOG.get(0), LOG.get(2), LOG.get(1), LOG.get(4), LOG.get(3)));

    Import imported = Samples.imported(late);

    assertThat(told(imported)).isEqualTo(told(Samples.imported(write("whole", LOG))));
    assertThat(sources(imported)).containsExactly("log:1", "log:3", "log:2", "log:5", "log:4");
  }

  @Test
  void aClockThatRunsBackIsAWarningAndAFindingAndNoError() throws IOException {
    Path back =
        write(
            "log", List.of(LOG.get(0), LOG.get(1), LOG.get(2).replace("1010.", "12."), LOG.get(3)));

    Import imported = Samples.imported(back);

    assertThat(imported.report().warnings())
        .contains(
            "log: 1 line has a time before that of a line further up, by more than is put in order;"
                + " the first is line 3, by 997999999 us; they keep their places");
    assertThat(imported.trail().entries())
        .filteredOn(entry -> entry.event() instanceof FindingNoted)
        .singleElement()
        .satisfies(entry -> {
          assertThat(((FindingNoted) entry.event()).finding()).isEqualTo("time-runs-back");
          assertThat(Objects.requireNonNull(entry.source()).line()).isEqualTo(3);
        });
    assertThat(sources(imported)).containsExactly("log:1", "log:2", "log:3", "log:4");
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(temp.resolve(name), lines);
  }

  private static List<Event> told(Import imported) {
    return imported.trail().entries().stream()
        .map(TrailEntry::event)
        .filter(event -> !(event instanceof InputRead || event instanceof LinesNotUnderstood))
        .toList();
  }

  private static List<String> timed(Import imported) {
    return imported.trail().entries().stream()
        .filter(entry -> entry.timeNanos() != null)
        .map(entry -> entry.timeNanos() + " " + entry.event().getClass().getSimpleName())
        .toList();
  }

  private static List<String> sources(Import imported) {
    return imported.trail().entries().stream()
        .filter(entry -> entry.event() instanceof QemuEvent)
        .map(TrailEntry::source)
        .map(source -> Objects.requireNonNull(source))
        .map(source -> source.input() + ":" + source.line())
        .toList();
  }
}
