package org.pagetrail.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pagetrail trail}: the trail file itself. */
@Command(
    name = "trail",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrailCatCommand.class,
      TrailPackCommand.class,
      TrailInfoCommand.class,
      TrailVerifyCommand.class
    },
    description = "Shows, checks and converts trail files.")
public final class TrailCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
