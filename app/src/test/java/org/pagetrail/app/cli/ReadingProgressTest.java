package org.pagetrail.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadingProgressTest {
  private final StringWriter terminal = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(5_000);
  private final ReadingProgress progress =
      new ReadingProgress(new PrintWriter(terminal), nanos::get);

  @Test
  void rateAndRemainingTimeFollowFromWhatWasReadSoFar() {
    progress.begin(900_000_000);
    nanos.addAndGet(2_000_000_000);
    progress.read(300_000_000);

    assertThat(terminal).hasToString("\r\u001b[K300 of 900 MB, 150 MB/s, 0:04 left");
  }

  @Test
  void aLineIsNotRepaintedForEveryRead() {
    progress.begin(900_000_000);
    nanos.addAndGet(1_000_000);
    progress.read(1 << 18);

    assertThat(terminal.toString()).isEmpty();
  }

  @Test
  void theLineIsWipedAwayAtTheEnd() {
    progress.begin(0);
    nanos.addAndGet(1_000_000_000);
    progress.read(10);
    progress.close();

    assertThat(terminal.toString()).endsWith("0:00 left\r\u001b[K");
  }
}
