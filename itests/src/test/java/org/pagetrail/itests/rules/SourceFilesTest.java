package org.pagetrail.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Java source files of all modules keep. */
class SourceFilesTest {

  private static final int LINES_MAX = 500;

  /** Benchmarks are measured, not tested. */
  private static final String BENCHMARKS = "bench";

  @Test
  void aSourceFileHasOneSubjectAndFitsInAFewScreens() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path module : modules()) {
      for (Path source : sources(module.resolve("src"))) {
        int lines = Files.readAllLines(source).size();
        if (lines > LINES_MAX) {
          tooLong.add(source + " has " + lines + " lines");
        }
      }
    }

    assertThat(tooLong).as("files of more than " + LINES_MAX + " lines").isEmpty();
  }

  /** The coverage check passes over a module that ran no test at all. */
  @Test
  void aModuleWithCodeHasTests() throws IOException {
    List<Path> untested = new ArrayList<>();
    for (Path module : modules()) {
      boolean hasCode =
          sources(module.resolve("src/main")).stream()
              .anyMatch(source -> !source.endsWith("package-info.java"));
      if (hasCode
          && !module.endsWith(BENCHMARKS)
          && sources(module.resolve("src/test")).isEmpty()) {
        untested.add(module);
      }
    }

    assertThat(untested).as("modules without tests").isEmpty();
  }

  private static List<Path> modules() throws IOException {
    Path root = Path.of("..").toRealPath();
    try (Stream<Path> children = Files.list(root)) {
      List<Path> modules =
          children.filter(child -> Files.exists(child.resolve("pom.xml"))).sorted().toList();
      assertThat(modules).as("modules below " + root).hasSizeGreaterThan(10);
      return modules;
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
