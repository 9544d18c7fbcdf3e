package org.pagetrail.traceimport.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.ClockSample;
import org.pagetrail.traceimport.join.ClockJoin;

class ClockTest {
  private static final String SAMPLE =
      "{\"mono_before\":203.485002688,\"realtime\":1795350650.674464941,\"mono_after\":203.485024992}";

  @Test
  void aSampleIsTheOffsetInTheMiddleAndHalfItsWidth() {
    TextInput input = TextInput.read(new ClockReader(), "clock.jsonl", SAMPLE);

    assertThat(input.capture.clockSamples())
        .containsExactly(
            new ClockSample(new Source("clock.jsonl", 1, 0), 1_795_350_447_189_451_101L, 11_152));
  }

  @Test
  void badSamplesAreCounted() {
    TextInput input =
        TextInput.read(
            new ClockReader(),
            "clock.jsonl",
            "rubbish",
            "{\"mono_before\":2,\"realtime\":3}",
            "{\"mono_before\":2,\"realtime\":3,\"mono_after\":1}",
            "{\"mono_before\":2,\"realtime\":1e300,\"mono_after\":3}");

    assertThat(input.capture.clockSamples()).isEmpty();
    assertThat(input.lines.misunderstood().total()).isEqualTo(4);
  }

  @Test
  void theSharpestSampleJoinsTheClocksAndTheOthersBoundTheError() {
    ClockJoin join = ClockJoin.of(List.of(sample(5000, 4000), sample(100, 10), sample(700, 50)));

    assertThat(join).isEqualTo(new ClockJoin(100, 10 + 900 + 1000, 3, source()));
  }

  @Test
  void withoutSamplesNothingJoins() {
    assertThat(ClockJoin.of(List.of())).isNull();
  }

  private static ClockSample sample(long offset, long uncertainty) {
    return new ClockSample(source(), offset, uncertainty);
  }

  private static Source source() {
    return new Source("clock.jsonl", 1, 0);
  }
}
