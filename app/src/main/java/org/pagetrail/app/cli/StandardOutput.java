package org.pagetrail.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that notices when it cannot be written. A pipe whose reader has seen enough, as
 * {@code head} does, is no trouble; a full disk is.
 */
public final class StandardOutput extends OutputStream {
  private static final Path OWN = Path.of("/proc/self/fd/1");

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private @Nullable IOException failure;

  /** A writer to it; the command line's. */
  public PrintWriter writer() {
    return new PrintWriter(this, false, System.out.charset());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Why the output is not whole, null if it is or if nobody wanted more of it. */
  public @Nullable String trouble() {
    IOException cause = failure;
    return cause == null || isPipeClosed(cause) ? null : String.valueOf(cause.getMessage());
  }

  private static boolean isPipeClosed(IOException cause) {
    if (String.valueOf(cause.getMessage()).contains("roken pipe")) {
      return true;
    }
    try {
      String kind = Files.readSymbolicLink(OWN).toString();
      return kind.startsWith("pipe:") || kind.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
