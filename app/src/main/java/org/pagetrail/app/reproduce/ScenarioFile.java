package org.pagetrail.app.reproduce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.text.TrailTextWriter;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.TextFile;

/** A scenario in a file, in the form that the file's name asks for. */
public final class ScenarioFile {
  private ScenarioFile() {}

  /**
   * Writes a program ({@code .c}) or a trail ({@code .trail}, {@code .jsonl}), in place of what is
   * there.
   *
   * @param trail the scenario as it was played
   * @param expected what a program says on top, a line each
   * @throws Trouble if the name asks for neither, or there is no program for the scenario
   */
  public static void write(
      Path file, Arch arch, TableLine line, Trail trail, List<String> expected) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".c")) {
      TextFile.write(file, program(arch, line, expected));
    } else if (name.endsWith(".jsonl")) {
      TextFile.write(file, textOf(line, trail));
    } else if (name.endsWith(".trail")) {
      TrailFile.write(file, line.scenario(), trail);
    } else {
      throw new Trouble(
          Printable.of(file.toString()) + " is neither a program nor a trail",
          "name it FILE.c, FILE.trail or FILE.jsonl");
    }
  }

  private static String textOf(TableLine line, Trail trail) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TrailTextWriter writer = new TrailTextWriter(bytes, line.scenario(), 0)) {
      for (TrailEntry entry : trail.entries()) {
        writer.write(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String program(Arch arch, TableLine line, List<String> expected) {
    try {
      return Reproducer.of(arch, line, expected);
    } catch (IllegalArgumentException e) {
      throw new Trouble(
          "no program for \"" + Printable.of(line.scenario()) + "\": " + e.getMessage(),
          "captures/README.md says what scenarios are made of");
    }
  }
}
