package org.pagetrail.app.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copies a kernel's trace into a file while it happens. A read of the pipe waits for the next
 * event, however long, so that only an event can end it: a line that says so.
 */
final class TracePipe {
  /** What the line that ends the copy says. */
  static final String END = "pagetrail: recording ends";

  private static final byte[] LAST = (END + "\n").getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int END_SECONDS_MAX = 60;

  private final InputStream pipe;
  private final Path output;
  private final Thread thread;
  private volatile @Nullable IOException failure;

  private TracePipe(InputStream pipe, Path output) {
    this.pipe = pipe;
    this.output = output;
    this.thread = Thread.ofPlatform().name("kernel trace").daemon().unstarted(this::copy);
  }

  static TracePipe copy(Path pipe, Path output) throws IOException {
    TracePipe copy = new TracePipe(Files.newInputStream(pipe), output);
    copy.thread.start();
    return copy;
  }

  private void copy() {
    try (pipe;
        OutputStream out = Files.newOutputStream(output)) {
      byte[] bytes = new byte[BUFFER_BYTES];
      byte[] tail = new byte[LAST.length];
      while (!Arrays.equals(tail, LAST)) {
        int count = pipe.read(bytes);
        if (count < 0) {
          return;
        }
        out.write(bytes, 0, count);
        tail = last(tail, bytes, count);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** The last bytes of what came before and what came now, as many as before. */
  private static byte[] last(byte[] before, byte[] now, int count) {
    int length = before.length;
    if (count >= length) {
      return Arrays.copyOfRange(now, count - length, count);
    }
    byte[] last = Arrays.copyOfRange(before, count, count + length);
    System.arraycopy(now, 0, last, length - count, count);
    return last;
  }

  /** Waits until the line that ends it came through. */
  void awaitEnd() throws IOException {
    try {
      if (!thread.join(Duration.ofSeconds(END_SECONDS_MAX))) {
        throw new IOException("the kernel does not hand out the end of its trace");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before the end of the kernel's trace", e);
    }
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
