package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.record.Host;
import org.pagetrail.app.record.QemuCommand;
import org.pagetrail.app.record.Recorded;
import org.pagetrail.app.record.Recorder;
import org.pagetrail.app.text.RecordText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail record}: a run of QEMU becomes a trail while it happens. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Runs QEMU and makes a trail of what it, the kernel and its pages do. As root it takes the",
      "kernel's trace and looks at pages; otherwise it records what QEMU gives, and says what is",
      "missing. The recording ends with QEMU, with --for, or with a signal to this program (INT,",
      "TERM, HUP); USR1 takes a snapshot in between."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail record -o boot.trail -- qemu-system-aarch64 -M virt -accel kvm -cpu host \\",
      "    -bios QEMU_EFI.fd -nographic",
      "  sudo pagetrail record --for 60 -o hang.trail -- qemu-system-x86_64 -accel kvm -display"
          + " none",
      "  sudo pagetrail record --for 10 --pid 4711 -o now.trail"
    })
public final class RecordCommand implements Callable<Integer> {
  /** Signals that would end us end the recording in order. */
  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

  private static final String SNAPSHOT = "USR1";

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command that starts QEMU, after --.")
  private List<String> command = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "recording.trail",
      description =
          "The trail to write; an existing one is replaced as a whole (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description = "End the recording, and QEMU if it was started here, after so long.")
  private @Nullable Integer seconds;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "Record a QEMU that runs already, and leave it running.")
  private @Nullable Long pid;

  @Option(
      names = "--qmp",
      paramLabel = "SOCKET",
      description =
          "With --pid: a monitor of that QEMU, to look through and to switch its trace on.")
  private @Nullable Path qmp;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "Keep what was recorded as a capture folder, which import reads.")
  private @Nullable Path keep;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (seconds != null && seconds <= 0) {
      throw new Trouble("--for " + seconds + " ends before it begins", "give some seconds");
    }
    Recorder recorder =
        new Recorder(
            Host.own(), output, keep, seconds == null ? null : Duration.ofSeconds(seconds));
    for (String signal : ENDING) {
      Signals.register(signal, recorder::stop);
    }
    Signals.register(SNAPSHOT, recorder::snapshot);
    Recorded recorded;
    if (pid == null) {
      recorded = recorder.record(new QemuCommand(command));
    } else if (command.isEmpty()) {
      recorded = recorder.attach(pid, qmp);
    } else {
      throw new Trouble("--pid and a command", "give one of them");
    }
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(recorded));
    } else {
      print.print(RecordText.of(recorded, output));
    }
    print.flush();
    return ExitCode.NOTHING;
  }
}
