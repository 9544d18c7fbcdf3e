package org.pagetrail.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.TrailFile;

/** The file that a command is asked to write. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Makes sure that what a command writes takes the place of nothing that it reads. A trail that
   * was written into a capture folder may be replaced: it is no part of the capture.
   *
   * @param output null if no file is written
   * @param inputs files and capture folders; what is not there is left to who reads it
   * @throws Trouble if the output is an input, or a file of one that is a folder
   */
  public static void requireApart(@Nullable Path output, List<Path> inputs) {
    if (output == null || !Files.isRegularFile(output)) {
      return;
    }
    try {
      for (Path input : inputs) {
        if (Files.isDirectory(input) ? isPartOf(input, output) : isSame(input, output)) {
          throw new Trouble(
              Printable.of(output.toString())
                  + " is an input, and would be lost: nothing is written",
              "name another file with -o");
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Who reads the input says what is wrong with it.
    }
  }

  private static boolean isPartOf(Path folder, Path output) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> isSame(file, output)) && !TrailFile.isPacked(output);
    }
  }

  private static boolean isSame(Path input, Path output) {
    try {
      return Files.exists(input) && Files.isSameFile(input, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
