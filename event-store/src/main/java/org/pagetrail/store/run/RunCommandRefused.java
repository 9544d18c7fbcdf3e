package org.pagetrail.store.run;

/** A trail cannot do what was asked of it. */
public final class RunCommandRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says what cannot be done, and why. */
  public RunCommandRefused(String message) {
    super(message);
  }
}
