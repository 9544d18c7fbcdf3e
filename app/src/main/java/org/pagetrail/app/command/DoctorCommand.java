package org.pagetrail.app.command;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.doctor.Doctor;
import org.pagetrail.app.doctor.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pagetrail doctor}: what this machine can record. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what this machine can record of its virtual machines, and how to get what is missing.",
      "Changes nothing. Exit code 1 if anything is missing."
    },
    footer = {"", "Examples:", "  pagetrail doctor", "  sudo pagetrail doctor --json"})
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Source> sources =
        new Doctor(Path.of("/"), folders(), String.valueOf(Runtime.version())).examine();
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(sources));
    } else {
      sources.forEach(source -> print.print(text(source)));
    }
    print.flush();
    return sources.stream().allMatch(Source::there) ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private static String text(Source source) {
    StringBuilder text = new StringBuilder();
    text.append(source.there() ? "yes  " : "no   ")
        .append(source.name())
        .append(": ")
        .append(Printable.of(source.found()))
        .append("\n     gives: ")
        .append(source.gives())
        .append('\n');
    if (!source.remedy().isEmpty()) {
      text.append("     to do: ").append(source.remedy()).append('\n');
    }
    return text.toString();
  }

  private static List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    for (String folder : Pattern.compile(File.pathSeparator, Pattern.LITERAL).split(path, -1)) {
      try {
        if (!folder.isEmpty()) {
          folders.add(Path.of(folder));
        }
      } catch (InvalidPathException e) {
        // No program lies in a folder that cannot be named.
      }
    }
    return folders;
  }
}
