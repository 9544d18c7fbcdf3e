package org.pagetrail.app.cli;

/** A command cannot do what it was asked; the process exits with 2. */
public final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what went wrong.
   *
   * @param what what could not be done, where and why
   * @param remedy what the user can do about it
   */
  public Trouble(String what, String remedy) {
    super(what + "\n  " + remedy);
  }
}
