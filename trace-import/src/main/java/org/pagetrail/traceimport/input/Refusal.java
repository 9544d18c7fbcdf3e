package org.pagetrail.traceimport.input;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why the file system refused something, in words. */
public final class Refusal {
  private Refusal() {}

  /** The reason without the name of the file, which whoever asks knows. */
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException ignored -> "there is no such file or folder";
      case NotDirectoryException ignored -> "it is a file and no folder";
      case AccessDeniedException ignored -> "there is no permission to read it";
      case FileSystemException refused when refused.getReason() != null ->
          String.valueOf(refused.getReason());
      case FileSystemException ignored -> "the file system refused it";
      default -> e.getMessage() == null ? "it could not be read" : e.getMessage();
    };
  }
}
