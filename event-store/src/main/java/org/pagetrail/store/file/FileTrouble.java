package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.pagetrail.store.StoreException;

/** What the file system refused, in words. */
final class FileTrouble {
  private FileTrouble() {}

  static StoreException unreadable(Path file, IOException e) {
    return new StoreException(
        file.toString(),
        "trail not read",
        reason(e),
        "give the path of a trail that you may read",
        e);
  }

  static StoreException unwritable(Path file, IOException e) {
    return new StoreException(
        file.toString(),
        "trail not written",
        reason(e),
        "make sure that its folder exists, may be written and has room",
        e);
  }

  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NotDirectoryException file -> file.getFile() + " is no folder";
      default -> String.valueOf(e.getMessage());
    };
  }
}
