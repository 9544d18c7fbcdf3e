package org.pagetrail.traceimport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.traceimport.Mutations;

/**
 * Each reader on its corpus, on damaged copies of it, and on what a coverage-guided fuzzer makes of
 * it. How many inputs there are is said by the system properties {@code pagetrail.reader.mutations}
 * and {@code pagetrail.fuzz.runs}; the latter gives each reader a run of its own. {@code
 * pagetrail.fuzz.reader} names the only reader to test.
 */
class ReaderFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("pagetrail.reader.mutations", 1000);
  private static final int RUNS = Integer.getInteger("pagetrail.fuzz.runs", 2000);
  private static final long SEED = 20140909;

  @TempDir Path temp;

  static SortedSet<String> readers() {
    String chosen = System.getProperty(ReaderFuzz.READER, ReaderFuzz.ALL);
    return chosen.equals(ReaderFuzz.ALL) ? ReaderFuzz.readers() : new TreeSet<>(Set.of(chosen));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void aReaderOfItsCorpusEndsOrThrowsTheDocumentedError(String reader) throws IOException {
    List<byte[]> corpus = new ArrayList<>(Seeds.of(reader));
    corpus.addAll(Seeds.found(reader));
    assertThat(corpus).isNotEmpty();
    for (int i = 0; i < corpus.size(); i++) {
      byte[] input = corpus.get(i);
      assertThatCode(() -> ReaderFuzz.read(reader, input))
          .as("%s, input %d", reader, i)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("readers")
  void aReaderOfDamagedInputsEndsOrThrowsTheDocumentedError(String reader) throws IOException {
    List<byte[]> corpus = new ArrayList<>(Seeds.of(reader));
    corpus.addAll(Seeds.found(reader));
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] input = Mutations.of(corpus.get(random.nextInt(corpus.size())), random);
      try {
        ReaderFuzz.read(reader, input);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + SEED + ", " + reader + ", round " + round, e);
      }
    }
  }

  static Iterable<String> targets() {
    String chosen = System.getProperty(ReaderFuzz.READER, ReaderFuzz.ALL);
    boolean each = System.getProperty("pagetrail.fuzz.runs") != null;
    return each && chosen.equals(ReaderFuzz.ALL) ? readers() : List.of(chosen);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aReaderOfWhatReachesItsBranchesEndsOrThrowsTheDocumentedError(String reader)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectory(temp.resolve("corpus"));
    boolean all = reader.equals(ReaderFuzz.ALL);
    int number = 0;
    for (String of : all ? readers() : List.of(reader)) {
      List<byte[]> inputs = new ArrayList<>(Seeds.of(of));
      inputs.addAll(Seeds.found(of));
      for (byte[] input : inputs) {
        byte[] content = all ? ReaderFuzz.chosen(of, input) : input;
        Files.write(corpus.resolve("seed" + number++), content);
      }
    }
    Path output = temp.resolve("output");
    Process fuzzer =
        new ProcessBuilder(command(reader, corpus))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit;
    try {
      exit = fuzzer.waitFor();
    } finally {
      fuzzer.destroyForcibly();
    }
    assertThat(exit).as("%s: %s", reader, Files.readString(output)).isZero();
  }

  private List<String> command(String reader, Path corpus) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(
        java,
        "-Xmx512m",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "-D" + ReaderFuzz.READER + "=" + reader,
        "-cp",
        classes,
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + ReaderFuzz.class.getName(),
        "--instrumentation_includes=org.pagetrail.traceimport.**:org.pagetrail.events.**",
        // What its own checks look for, such as calls of a shell, no reader does.
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.**",
        "--reproducer_path=" + temp,
        "-artifact_prefix=" + temp + "/",
        "-max_len=1200",
        "-timeout=300",
        "-rss_limit_mb=3000",
        "-runs=" + RUNS,
        corpus.toString());
  }
}
