package org.pagetrail.traceimport.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InputLinesTest {
  private static final long SEED = 20261123;

  private static List<String> texts(InputStream in) {
    List<String> texts = new ArrayList<>();
    InputLines lines = new InputLines("log", in, false, Long.MAX_VALUE);
    for (Line line = lines.next(); line != null; line = lines.next()) {
      texts.add(line.byteOffset() + ":" + line.text() + (line.ended() ? "" : "|"));
    }
    return texts;
  }

  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A stream that gives what it has in small parts. */
  private static InputStream inParts(String text, SplittableRandom random) {
    return new FilterInputStream(of(text)) {
      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        return super.read(bytes, start, Math.min(length, random.nextInt(1, 20)));
      }
    };
  }

  @Test
  void linesEndAtLineFeedsWithACarriageReturnOrWithout() {
    assertThat(texts(of("one\n\r\n\ntwo\r\nlast")))
        .containsExactly("0:one", "4:", "6:", "7:two", "12:last|");
  }

  @Test
  void anInputWithoutBytesHasNoLine() {
    assertThat(texts(of(""))).isEmpty();
  }

  @Test
  void linesDoNotDependOnTheReadsThatTheyCameIn() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(400); i > 0; i--) {
        text.append(random.nextInt(6) == 0 ? '\n' : (char) random.nextInt(' ', 0x180));
      }
      assertThat(texts(inParts(text.toString(), random)))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(texts(of(text.toString())));
    }
  }

  @Test
  void aLineOfALittleMoreThanTheLimitIsSkippedAndTheNextOneRead() {
    String longest = "x".repeat(InputLines.LINE_BYTES_MAX);
    InputLines lines =
        new InputLines("log", of(longest + "\n" + longest + "y\nz\n"), false, Long.MAX_VALUE);

    assertThat(lines.next()).extracting(Line::text).isEqualTo(longest);
    assertThat(lines.next()).extracting(Line::text).isEqualTo("z");
    assertThat(lines.next()).isNull();
    assertThat(lines.count()).isEqualTo(3);
    assertThat(lines.misunderstood().total()).isEqualTo(1);
  }
}
