package org.pagetrail.app;

import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.HelpText;
import org.pagetrail.app.cli.StandardOutput;
import org.pagetrail.app.cli.TroubleReport;
import org.pagetrail.app.command.AuditCommand;
import org.pagetrail.app.command.CheckCommand;
import org.pagetrail.app.command.ConformCommand;
import org.pagetrail.app.command.DemoCommand;
import org.pagetrail.app.command.DiffCommand;
import org.pagetrail.app.command.DoctorCommand;
import org.pagetrail.app.command.ExploreCommand;
import org.pagetrail.app.command.ImportCommand;
import org.pagetrail.app.command.MatrixCommand;
import org.pagetrail.app.command.MinimizeCommand;
import org.pagetrail.app.command.RebuildCommand;
import org.pagetrail.app.command.RecordCommand;
import org.pagetrail.app.command.RepairCommand;
import org.pagetrail.app.command.ReplayCommand;
import org.pagetrail.app.command.ReproduceCommand;
import org.pagetrail.app.command.RulesCommand;
import org.pagetrail.app.command.RunCommand;
import org.pagetrail.app.command.StoreCommand;
import org.pagetrail.app.command.TrailCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code pagetrail}: shows its help when no subcommand is named. */
@Command(
    name = "pagetrail",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      ImportCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      DiffCommand.class,
      AuditCommand.class,
      CheckCommand.class,
      MinimizeCommand.class,
      ReproduceCommand.class,
      RunCommand.class,
      ConformCommand.class,
      MatrixCommand.class,
      ExploreCommand.class,
      RulesCommand.class,
      StoreCommand.class,
      TrailCommand.class,
      RepairCommand.class,
      RebuildCommand.class,
      DoctorCommand.class
    },
    description = "Shows what a guest page went through, in QEMU, the host, KVM and the guest.")
public final class Main implements Runnable {

  /** Examples stay on one line, so that they can be copied. */
  private static final int HELP_WIDTH = 100;

  private final CommandLine commandLine = new CommandLine(this);

  private Main() {
    commandLine.setExecutionExceptionHandler(new TroubleReport());
    commandLine.setExpandAtFiles(false); // An @FILE holds a fix, not options.
    commandLine.setUsageHelpWidth(HELP_WIDTH);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    HelpText.flow(commandLine);
  }

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    StandardOutput out = new StandardOutput();
    CommandLine command = commandLine();
    command.setOut(out.writer());
    int code = command.execute(arguments);
    command.getOut().flush();
    String trouble = out.trouble();
    if (trouble != null) {
      command.getErr().println("pagetrail: standard output is not whole: " + trouble);
      code = ExitCode.TROUBLE;
    }
    System.exit(code);
  }

  /** The command with its standard streams, not yet run. */
  static CommandLine commandLine() {
    return new Main().commandLine;
  }

  @Override
  public void run() {
    commandLine.usage(commandLine.getOut());
  }
}
