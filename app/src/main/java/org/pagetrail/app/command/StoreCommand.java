package org.pagetrail.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pagetrail store}: trails that several processes share. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    subcommands = {
      StorePutCommand.class,
      StoreGetCommand.class,
      StoreNoteCommand.class,
      StoreFixCommand.class
    },
    description = "Puts trails on a PostgreSQL server or into a file that others follow.")
public final class StoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
