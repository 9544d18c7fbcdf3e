package org.pagetrail.traceimport.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.capture.Capture.HugePages;
import org.pagetrail.traceimport.capture.Fact;

class RunReadersTest {

  @ParameterizedTest
  @CsvSource({
    "ran 24 s quiet=20 reached=timeout log=68858-59-, timeout",
    "reached=shell, shell",
    "ran reached=grub menu, grub"
  })
  void theOutcomeIsTheRecordersWord(String line, String outcome) {
    TextInput input = TextInput.read(new OutcomeReader(), "outcome.txt", line);

    assertThat(new OutcomeReader().recognises("x", List.of(line))).isTrue();
    assertThat(input.capture.outcome())
        .isEqualTo(new Fact(new Source("outcome.txt", 1, 0), outcome));
  }

  @Test
  void theHugePageModeIsTheWordInBrackets() {
    Source source = new Source("thp.txt", 1, 0);

    assertThat(hugePages("always madvise [never]", "1", "2"))
        .isEqualTo(new HugePages(source, "never", "2"));
    assertThat(hugePages("[always] madvise never", "1"))
        .isEqualTo(new HugePages(source, "always", null));
    assertThat(new HugePagesReader().recognises("x", List.of("always madvise never"))).isFalse();
    assertThat(new HugePagesReader().recognises("x", List.of("[always] or never"))).isFalse();
  }

  private static @Nullable HugePages hugePages(String... lines) {
    return TextInput.read(new HugePagesReader(), "thp.txt", lines).capture.hugePages();
  }

  @Test
  void lossesOfTheTraceBuffersAreRead() {
    TextInput input =
        TextInput.read(
            new TraceStatsReader(),
            "trace.stats",
            "entries: 80634",
            "overrun: 17",
            "commit overrun: 0",
            "oldest event ts:    14.079246",
            "dropped events: 2",
            "rubbish");

    assertThat(input.capture.dropped())
        .containsExactly(
            new Dropped(new Source("trace.stats", 2, 15), 17),
            new Dropped(new Source("trace.stats", 5, 75), 2));
    assertThat(input.lines.misunderstood().total()).isEqualTo(1);
  }

  @Test
  void aSecondCommandLineIsCounted() {
    TextInput input =
        TextInput.read(new CommandLineReader(), "cmdline.txt", "kvm -m 1", "kvm -m 2", "");

    assertThat(input.capture.commandLine())
        .isEqualTo(new Fact(new Source("cmdline.txt", 1, 0), "kvm -m 1"));
    assertThat(input.lines.misunderstood().total()).isEqualTo(1);
  }

  @Test
  void theConsoleIsReadButSaysNothing() {
    TextInput input = TextInput.read(new ConsoleReader(), "l2-serial.log", "UEFI", "Shell>");

    assertThat(
            new ConsoleReader()
                .recognises("a", List.of("UEFI firmware (version  built at 13:10:49)")))
        .isTrue();
    assertThat(input.lines.count()).isEqualTo(2);
    assertThat(input.lines.misunderstood().total()).isZero();
  }
}
