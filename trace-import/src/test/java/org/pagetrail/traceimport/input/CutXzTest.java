package org.pagetrail.traceimport.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** What comes out of an .xz file that was cut. */
class CutXzTest {
  private static final int MEMORY_KIBIBYTES = 1 << 16;

  @Test
  void aWholeFileComesOutWhole() throws IOException {
    String text = trace(new SplittableRandom(1), 2000);

    Content content = content(compressed(text));

    assertThat(content.text()).isEqualTo(text);
    assertThat(content.damaged()).isFalse();
  }

  @Test
  void ofACutFileComesOutWhatTheFileSaysAndNothingElse() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String text = trace(random, random.nextInt(1, 400));
      byte[] file = compressed(text);
      for (int i = 0; i < 10; i++) {
        int cut = random.nextInt(file.length);

        Content content = content(Arrays.copyOf(file, cut));

        String where = "seed " + seed + ", " + cut + " of " + file.length + " bytes";
        assertThat(content.damaged()).as(where).isTrue();
        assertThat(content.text()).as(where).isEqualTo(text.substring(0, content.text().length()));
      }
    }
  }

  @Test
  void aCutInTheFirstChunkStillGivesTheLinesBeforeIt() throws IOException {
    String text = trace(new SplittableRandom(3), 1000);
    byte[] file = compressed(text);
    assertThat(file.length).as("one chunk").isLessThan(1 << 16);

    Content content = content(Arrays.copyOf(file, file.length / 2));

    assertThat(content.text().length()).isGreaterThan(text.length() / 3);
  }

  @Test
  void zerosBehindTheEndOfAFileAreNotReadForEver() throws IOException {
    String text = trace(new SplittableRandom(4), 10);
    byte[] file = compressed(text);

    Content content = content(Arrays.copyOf(file, file.length + 2));

    assertThat(content.text()).isEqualTo(text);
    assertThat(content.damaged()).isTrue();
  }

  /** What came out, and whether reading ended in an error. */
  private record Content(String text, boolean damaged) {}

  private static Content content(byte[] file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean damaged = false;
    try (CutXz in =
        new CutXz(() -> new ByteArrayInputStream(file), file.length, MEMORY_KIBIBYTES)) {
      byte[] part = new byte[1000];
      try {
        for (int count = in.read(part); count > 0; count = in.read(part)) {
          bytes.write(part, 0, count);
        }
      } catch (IOException e) {
        damaged = true;
      }
    }
    return new Content(bytes.toString(UTF_8), damaged);
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(file, new LZMA2Options(1))) {
      out.write(text.getBytes(UTF_8));
    }
    return file.toByteArray();
  }

  /** Lines that resemble each other as those of a trace do. */
  private static String trace(SplittableRandom random, int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("qemu-system-aar-412 [00")
          .append(random.nextInt(4))
          .append("] 17.")
          .append(i)
          .append(random.nextInt(1000))
          .append(": kvm_guest_fault: ipa 0x")
          .append(Integer.toHexString(random.nextInt()))
          .append(", hsr 0x9")
          .append(Integer.toHexString(random.nextInt(1 << 20)))
          .append("\n");
    }
    return text.toString();
  }
}
