package org.pagetrail.events.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

class TrailTextReaderTest {
  private static final String HEADER = "{\"pagetrail\":1}\n";
  private static final String MARKER =
      "{\"seq\":%d,\"layer\":\"RUN\",\"standing\":\"ASSUMED\",\"type\":\"MarkerSeen\","
          + "\"text\":\"go\"%s}\n";

  @Test
  void anEntryHasItsFieldsInTheOrderOfTheRecord() {
    String line =
        "{\"seq\":0,\"t\":29985647000,\"layer\":\"KVM\",\"standing\":\"OBSERVED\","
            + "\"type\":\"Stage2Faulted\",\"vcpu\":0,\"access\":\"READ\",\"gpa\":\"0x4000037\","
            + "\"fault\":\"TRANSLATION\",\"level\":2,\"syndrome\":\"0x93000006\","
            + "\"pc\":\"0x4fc612d8\",\"source\":{\"input\":\"trace.txt\",\"line\":7,"
            + "\"byteOffset\":900}}\n";

    assertThat(read(HEADER + line).entries())
        .containsExactly(
            new TrailEntry(
                0,
                29_985_647_000L,
                Standing.OBSERVED,
                new KvmEvent.Stage2Faulted(
                    0,
                    AccessKind.READ,
                    new Gpa(0x4000037),
                    FaultType.TRANSLATION,
                    2,
                    0x93000006L,
                    0x4fc612d8L),
                List.of(),
                null,
                new Source("trace.txt", 7, 900)));
  }

  @Test
  void anEmptyTrailHasNoEvents() {
    assertThat(read(HEADER).entries()).isEmpty();
  }

  @Test
  void anEmptyFileIsNoTrail() {
    refused("", "run.trail:1: not a trail: the file is empty");
  }

  @Test
  void aBinaryFileIsNoTrail() {
    refused("\u007fELF\u0002\u0001\n", "run.trail:1: not a trail: the first line is \\u{7f}ELF");
  }

  @Test
  void textThatIsNotUtf8IsNoTrail() {
    byte[] bytes = {'{', (byte) 0xff, '}', '\n'};
    assertThatThrownBy(() -> new TrailTextReader(new ByteArrayInputStream(bytes), "run.trail"))
        .hasMessageContaining("run.trail:1: not a trail: the line is not UTF-8");
  }

  @Test
  void aTraceIsNoTrailAndTheMessageSaysWhatToDo() {
    refused("# tracer: nop\n", "give a trail, or import the capture first");
  }

  @Test
  void aNewerTrailIsRefusedByItsNumber() {
    refused(
        "{\"pagetrail\":2}\n",
        "run.trail:1: not readable: written by a newer Pagetrail: format 2, this one reads 1");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "\"1\"", "1.5", "null"})
  void aVersionThatNeverWasIsRefused(String version) {
    refused("{\"pagetrail\":" + version + "}\n", "run.trail:1: not ");
  }

  @Test
  void aTruncatedLastLineIsRefused() {
    String whole = HEADER + MARKER.formatted(0, "");
    refused(whole.substring(0, whole.length() - 9), "run.trail:2: truncated: the last line has no");
    refused(whole.substring(0, whole.length() - 1), "run.trail:2: truncated: the last line has no");
  }

  @Test
  void anEndlessLineIsRefusedWithoutReadingIt() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    assertThatThrownBy(() -> new TrailTextReader(endless, "run.trail"))
        .hasMessageContaining("run.trail:1: not a trail: the line is longer than 1048576 bytes");
  }

  @Test
  void aGapInTheSequenceIsRefused() {
    refused(
        HEADER + MARKER.formatted(0, "") + MARKER.formatted(2, ""),
        "run.trail:3: not an event: event 2 stands where event 1 is due");
  }

  @Test
  void anUnknownTypeIsRefusedByName() {
    refused(
        HEADER + MARKER.formatted(0, "").replace("MarkerSeen", "PageEaten"),
        "run.trail:2: not an event: no event type is named PageEaten");
  }

  @Test
  void aMissingFieldIsRefusedByName() {
    refused(
        HEADER + MARKER.formatted(0, "").replace(",\"text\":\"go\"", ""),
        "run.trail:2: not an event: MarkerSeen lacks its field text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",\"causes\":[0]|are not ascending positions before it",
        ",\"causes\":[\"a\"]|not a whole number of 64 bits",
        ",\"causes\":7|causes is 7: not an array",
        ",\"cause\":[]|MarkerSeen has no field cause",
        ",\"text\":\"again\"|Duplicate field 'text'",
        ",\"t\":1e3|the field t is missing or not a whole number of 64 bits",
        ",\"t\":9223372036854775808|the field t is missing or not a whole number of 64 bits",
        ",\"source\":{\"line\":1}|Source lacks its field input",
        "}{|not an event"
      })
  void aBadEnvelopeIsRefused(String fields, String why) {
    refused(HEADER + MARKER.formatted(0, fields), why);
  }

  @Test
  void anObservedEventWithoutSourceIsRefused() {
    refused(
        HEADER + MARKER.formatted(0, "").replace("ASSUMED", "OBSERVED"),
        "observed event 0 has no source");
  }

  @Test
  void aLayerThatContradictsTheTypeIsRefused() {
    refused(
        HEADER + MARKER.formatted(0, "").replace("RUN", "KVM"),
        "MarkerSeen belongs to layer RUN, not KVM");
  }

  @Test
  void controlCharactersDoNotReachTheMessage() {
    assertThatThrownBy(() -> read(HEADER + "\u001b[2J\n"))
        .isInstanceOf(TrailFormatException.class)
        .message()
        .matches("[\\x20-\\x7e]*");
  }

  private static Trail read(String text) {
    return TrailTextReader.readAll(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "run.trail");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TrailFormatException.class)
        .hasMessageContaining(message);
  }
}
