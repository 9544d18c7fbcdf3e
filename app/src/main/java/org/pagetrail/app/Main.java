package org.pagetrail.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code pagetrail}: shows its help when no subcommand is named. */
@Command(
    name = "pagetrail",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows what a guest page went through, in QEMU, the host, KVM and the guest.")
public final class Main implements Runnable {

  private final CommandLine commandLine = new CommandLine(this);

  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
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
