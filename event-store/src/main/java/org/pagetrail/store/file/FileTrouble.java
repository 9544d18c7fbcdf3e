package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.StoreException;

/** What the file system refused, in words that name the user's file and no other. */
final class FileTrouble {
  private FileTrouble() {}

  static StoreException unreadable(Path file, IOException e) {
    return new StoreException(
        file.toString(),
        "trail not read",
        reason(file, e),
        "give the path of a trail that you may read",
        e);
  }

  static StoreException unwritable(Path file, IOException e) {
    return new StoreException(
        file.toString(),
        "trail not written",
        reason(file, e),
        "make sure that its folder exists, may be written and has room",
        e);
  }

  private static String reason(Path file, IOException e) {
    Path parent = file.getParent();
    Path folder = parent == null ? Path.of(".") : parent;
    return switch (e) {
      case NoSuchFileException missing ->
          Files.isDirectory(folder) ? "there is no " + file : "there is no folder " + folder;
      case AccessDeniedException denied ->
          Files.isWritable(folder) ? "no permission for " + file : "no permission for " + folder;
      case NotDirectoryException plain -> folder + " is no folder";
      case FileSystemException refused -> sentence(refused.getReason(), e);
      case ClosedByInterruptException interrupted -> "the thread was interrupted";
      default -> sentence(e.getMessage(), e);
    };
  }

  private static String sentence(@Nullable String reason, IOException e) {
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
