package org.pagetrail.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A trail file could not be read or written: which, why, and what to do. */
public final class TrailFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrailFileException(Path file, String what, String why, String remedy, @Nullable Throwable cause) {
    super(file + ": " + what + ": " + why + "; " + remedy, cause);
  }
}
