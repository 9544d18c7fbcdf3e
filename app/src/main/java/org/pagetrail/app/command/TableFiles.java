package org.pagetrail.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;

/** The tables that a user means with files and folders. */
final class TableFiles {
  private static final String ENDING = ".table.txt";

  /** How far below a folder tables are looked for. */
  private static final int DEPTH_MAX = 3;

  private TableFiles() {}

  /**
   * Files as given, folders as the tables in them, by name.
   *
   * @throws Trouble if something is not there, or there is no table
   */
  static List<Path> of(List<Path> given) {
    if (given.isEmpty()) {
      throw new Trouble("nothing to compare", "name tables or folders of tables, or say --live");
    }
    List<Path> tables = new ArrayList<>();
    for (Path path : given) {
      if (!Files.exists(path)) {
        throw new Trouble(
            Printable.of(path.toString()) + ": there is no such file or folder",
            "give a table in text form, such as those in captures/tables");
      }
      if (Files.isDirectory(path)) {
        tables.addAll(in(path));
      } else {
        tables.add(path);
      }
    }
    return tables;
  }

  private static List<Path> in(Path folder) {
    List<Path> tables;
    try (Stream<Path> files = Files.walk(folder, DEPTH_MAX)) {
      tables =
          files
              .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
              .sorted()
              .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new Trouble(
          Printable.of(folder.toString()) + ": the folder cannot be read",
          "look at its permissions, or name the tables themselves");
    }
    if (tables.isEmpty()) {
      throw new Trouble(
          Printable.of(folder.toString()) + ": the folder holds no table, no *" + ENDING,
          "name the tables themselves if they are called otherwise");
    }
    return tables;
  }
}
