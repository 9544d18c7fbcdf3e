package org.pagetrail.traceimport.zeropage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.ContentCheck;

class ZeroPageReaderTest {
  private static final String CHECK =
      "{\"zero_check\":\"watch\",\"mono\":30.002675,\"pfn_of_untouched_anon\":\"0x40a87\","
          + "\"nonzero_words_seen_by_this_process\":COUNT,\"nonzero_words_via_kcore\":2,"
          + "\"words\":{WORDS}}";

  @Test
  void wordsThatAreNotZeroAreReadInTheirOrder() {
    assertThat(read(check("2", "\"0xffc\":\"0x1\",\"0x8\":\"0x900090\"")).capture.contentChecks())
        .containsExactly(
            new ContentCheck(
                new Source("zerowatch.jsonl", 1, 0),
                30_002_675_000L,
                new Pfn(0x40a87),
                true,
                List.of(new Word(8, 4, 0x900090), new Word(0xffc, 4, 1))));
  }

  @Test
  void aListThatWasCutIsNotTheWholePage() {
    ContentCheck check =
        read(check("900", "\"0x8\":\"0x900090\"")).capture.contentChecks().getFirst();

    assertThat(check.whole()).isFalse();
  }

  @Test
  void whatIsNoLookAtThePageIsCounted() {
    TextInput input =
        read(
            "{\"zero_repair\":4096}",
            "",
            "rubbish",
            "{}",
            check("1", "\"0x1000\":\"0x1\""),
            check("1", "\"0x8\":\"words\""),
            check("0", "").replace("30.002675", "1e999999999"),
            check("0", "").replace("30.002675", "\"then\""));

    assertThat(input.capture.contentChecks()).isEmpty();
    assertThat(input.lines.misunderstood().byKind())
        .containsOnlyKeys("not a JSON object", "empty object", "no look at a page");
    assertThat(input.lines.misunderstood().total()).isEqualTo(6);
    assertThat(input.lines.unused().byKind()).containsOnlyKeys("the page wiped after the run");
  }

  private static String check(String count, String words) {
    return CHECK.replace("COUNT", count).replace("WORDS", words);
  }

  private static TextInput read(String... lines) {
    return TextInput.read(new ZeroPageReader(), "zerowatch.jsonl", lines);
  }
}
