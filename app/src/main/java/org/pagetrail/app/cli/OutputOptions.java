package org.pagetrail.app.cli;

import picocli.CommandLine.Option;

/** How results are printed, the same in every subcommand. */
public final class OutputOptions {
  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** True if the user wants JSON. */
  public boolean isJson() {
    return json;
  }
}
