package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.simple.SimpleTrace;

/**
 * Every reader on damaged inputs of its corpus: there is a trail, or an {@link ImportException},
 * and nothing else. The number of inputs for each is the system property {@code
 * pagetrail.mutations}.
 */
class MutatedInputsTest {
  private static final int ROUNDS = Integer.getInteger("pagetrail.mutations", 100);
  private static final long SEED = 20140909;
  private static final int BYTES_MAX = 20_000;

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
      byte[] bytes = Mutations.of(whole, random);
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

  private static byte[] content(String name) throws IOException {
    if (name.equals("simple")) {
      return SimpleTrace.ofAFlashWrite().bytes();
    }
    return Samples.start(name, BYTES_MAX);
  }
}
