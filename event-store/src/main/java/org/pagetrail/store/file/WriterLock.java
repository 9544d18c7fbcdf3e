package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.StoreException;

/**
 * The right to write a trail, held by a lock on a file beside it that names the process. The lock
 * ends with the process; a file that a dead one left behind locks nobody out.
 */
final class WriterLock implements AutoCloseable {
  private static final int TEXT_BYTES_MAX = 64;

  private final Path file;
  private final FileChannel channel;

  private WriterLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Path fileOf(Path trail) {
    return trail.resolveSibling(trail.getFileName() + ".writer");
  }

  /**
   * Takes the right.
   *
   * @throws StoreException if another has it
   */
  static WriterLock take(Path trail) throws IOException {
    Path file = fileOf(trail);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = lock(channel);
      if (lock == null) {
        throw new StoreException(
            trail.toString(),
            "not opened to write",
            "process " + writerIn(channel) + " writes it",
            "wait until that process ends, or read the trail meanwhile",
            null);
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
      return new WriterLock(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The process that writes a trail, null if none does. */
  static @Nullable String writerOf(Path trail) {
    Path file = fileOf(trail);
    if (!Files.isWritable(file)) {
      return null;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return lock(channel) == null ? writerIn(channel) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String writerIn(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(TEXT_BYTES_MAX);
    int length = Math.max(0, channel.read(bytes, 0));
    String text = new String(bytes.array(), 0, length, StandardCharsets.US_ASCII).strip();
    return text.matches("[0-9]+") ? text : "of another user";
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest; the file without a lock stops nobody.
    }
  }
}
