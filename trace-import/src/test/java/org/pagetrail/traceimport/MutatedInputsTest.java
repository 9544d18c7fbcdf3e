package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.simple.SimpleTrace;
import org.tukaani.xz.XZInputStream;

/**
 * Every reader on damaged inputs of its corpus: there is a trail, or an {@link ImportException},
 * and nothing else. The number of inputs for each is the system property {@code
 * pagetrail.mutations}.
 */
class MutatedInputsTest {
  private static final Path BOOT =
      Path.of("..", "captures", "boots", "bug2014-6.1-bios64-thpnever");
  private static final int ROUNDS = Integer.getInteger("pagetrail.mutations", 100);
  private static final long SEED = 20140909;
  private static final int BYTES_MAX = 20_000;

  /** What breaks parsers: ends of number ranges, separators, control characters, bad UTF-8. */
  private static final List<String> DICTIONARY =
      List.of(
          "0xffffffffffffffff",
          "18446744073709551615",
          "-9223372036854775808",
          "99999999999999999999999",
          "0x",
          "-1",
          "\n",
          "\r\n",
          "\0",
          "\u001b[2J",
          "\ud800",
          "(((((((((",
          "<unfinished ...>",
          "<... ioctl resumed>",
          "CPU:0 [LOST 9223372036854775807 EVENTS]\n",
          "(root (nil))",
          "[",
          "{",
          "\"",
          "=",
          ": ");

  @TempDir Path temp;

  static Stream<String> corpus() {
    return Stream.of(
        "trace.txt",
        "trace_pipe-lost.txt",
        "perf-pid.txt",
        "report-l.txt",
        "strace-ttt.txt",
        "strace-tt.txt",
        "simple",
        "boot:trace.txt.xz",
        "boot:qemu.log.xz",
        "boot:hmp.log.xz",
        "boot:smaps.before.xz",
        "boot:pagemap.after.jsonl.xz",
        "boot:clock.jsonl",
        "boot:zeropage.jsonl",
        "boot:trace.stats",
        "boot:slot-ranges.txt",
        "boot:cmdline.txt",
        "boot:thp.txt");
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void aDamagedInputGivesATrailOrTheDocumentedError(String name) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] whole = content(name);
    Path damaged = temp.resolve("damaged");
    Path companion = Samples.file("trace.txt");
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutated(whole, random);
      Files.write(damaged, bytes);
      List<Path> inputs =
          random.nextBoolean() ? List.of(damaged, companion) : List.of(companion, damaged);
      ImportOptions options =
          random.nextBoolean() ? ImportOptions.DEFAULT : ImportOptions.DEFAULT.withOffset(0L);
      assertThatCode(() -> imported(inputs, options))
          .as("seed %d, corpus %s, round %d", SEED, name, round)
          .doesNotThrowAnyException();
      assertThatCode(() -> imported(List.of(damaged), options))
          .as("seed %d, corpus %s alone, round %d", SEED, name, round)
          .doesNotThrowAnyException();
    }
  }

  private static void imported(List<Path> inputs, ImportOptions options) {
    try {
      CaptureImporter.importInputs(inputs, options);
    } catch (ImportException documented) {
      if (documented.getMessage() == null || documented.getMessage().contains("\u001b")) {
        throw documented;
      }
    }
  }

  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      bytes = mutatedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutatedOnce(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 2) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 1 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 2 -> Arrays.copyOf(bytes, at + 1);
      case 3 -> spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), new byte[0]);
      case 4 -> {
        String word = DICTIONARY.get(random.nextInt(DICTIONARY.size()));
        byte[] inserted = word.getBytes(StandardCharsets.UTF_8);
        yield spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(12)), inserted);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        byte[] copy =
            Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(300)));
        yield spliced(bytes, at, at, copy);
      }
    };
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
    byte[] result = new byte[bytes.length - (to - from) + inserted.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
    return result;
  }

  private static byte[] content(String name) throws IOException {
    if (name.equals("simple")) {
      return SimpleTrace.ofAFlashWrite().bytes();
    }
    Path file = name.startsWith("boot:") ? BOOT.resolve(name.substring(5)) : Samples.file(name);
    try (InputStream in =
        name.endsWith(".xz")
            ? new XZInputStream(Files.newInputStream(file))
            : Files.newInputStream(file)) {
      return in.readNBytes(BYTES_MAX);
    }
  }
}
