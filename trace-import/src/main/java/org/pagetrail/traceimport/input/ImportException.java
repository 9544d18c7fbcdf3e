package org.pagetrail.traceimport.input;

import org.jspecify.annotations.Nullable;

/** A capture cannot be imported: what, where, why, and what to do. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For a fault of the capture itself. */
  public ImportException(String where, String what, String why, String remedy) {
    this(where, what, why, remedy, null);
  }

  /** For a fault that a library found. */
  public ImportException(
      String where, String what, String why, String remedy, @Nullable Throwable cause) {
    super(where + ": " + what + ": " + Printable.of(why) + "; " + remedy, cause);
  }
}
