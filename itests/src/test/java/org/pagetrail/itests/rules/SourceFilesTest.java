package org.pagetrail.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every Java source file keeps. */
class SourceFilesTest {

  private static final int LINES_MAX = 500;

  private static final List<Path> SOURCES = new ArrayList<>();

  @BeforeAll
  static void findSources() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    assertThat(root).isNotNull();
    try (Stream<Path> children = Files.list(root)) {
      for (Path module : children.sorted().toList()) {
        addSources(module.resolve("src"));
      }
    }
    assertThat(SOURCES).as("Java sources below " + root).hasSizeGreaterThan(10);
  }

  @Test
  void aSourceFileHasOneSubjectAndFitsInAFewScreens() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : SOURCES) {
      int lines = Files.readAllLines(source).size();
      if (lines > LINES_MAX) {
        tooLong.add(source + " has " + lines + " lines");
      }
    }

    assertThat(tooLong).as("files of more than " + LINES_MAX + " lines").isEmpty();
  }

  private static void addSources(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(SOURCES::add);
      }
    }
  }
}
