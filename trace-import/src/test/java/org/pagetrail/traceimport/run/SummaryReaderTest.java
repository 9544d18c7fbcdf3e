package org.pagetrail.traceimport.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.traceimport.TextInput;

class SummaryReaderTest {
  private static final List<String> SUMMARY =
      List.of("{", " \"run\": \"bios64\",", " \"trace_events\": {", "  \"kvm_exit\": 7", " }", "}");

  @Test
  void aSummaryIsKnownByWhatItHolds() {
    SummaryReader reader = new SummaryReader();

    assertThat(reader.recognises("any.json", SUMMARY)).isTrue();
    assertThat(reader.recognises("summary.json", List.of("{", "}"))).isFalse();
    assertThat(reader.recognises("summary.json", List.of())).isFalse();
  }

  @Test
  void itsLinesAreKnownAndNotUsed() {
    TextInput input =
        TextInput.read(new SummaryReader(), "summary.json", SUMMARY.toArray(String[]::new));

    assertThat(input.lines.misunderstood().total()).isZero();
    assertThat(input.lines.unused().total()).isEqualTo(SUMMARY.size());
  }
}
