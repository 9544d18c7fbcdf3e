package org.pagetrail.app.cli;

/** Exit codes as in {@code diff(1)}. */
public final class ExitCode {
  /** Nothing found, nothing differs. */
  public static final int NOTHING = 0;

  /** Something found, something differs. */
  public static final int SOMETHING = 1;

  /** Trouble. */
  public static final int TROUBLE = 2;

  private ExitCode() {}
}
