package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.StoreException;

/**
 * The right to write a trail, held by a lock on a file beside it that names the process. The lock
 * ends with the process; a file that a dead one left behind locks nobody out.
 *
 * <p>The first byte of the file is the right. The second says that a writer lives; only there does
 * a reader look, so that it never stands in a writer's way.
 */
final class WriterLock implements AutoCloseable {
  private static final int TEXT_BYTES_MAX = 64;
  private static final int TRIES_MAX = 1000;
  private static final long RIGHT = 0;
  private static final long SIGN_OF_LIFE = 1;

  /**
   * The lock files of this process. They must not be opened again: closing one channel of a file
   * gives up the locks that the process has on it through any other.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;
  private final FileChannel proof;

  private WriterLock(Path file, FileChannel channel, FileChannel proof) {
    this.file = file;
    this.channel = channel;
    this.proof = proof;
  }

  /** The lock file of a trail, the same for every name that the trail has. */
  static Path fileOf(Path trail) {
    Path real = real(trail);
    return real.resolveSibling(real.getFileName() + ".writer");
  }

  private static Path real(Path trail) {
    Path absolute = trail.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException missing) {
      try {
        Path folder = Objects.requireNonNull(absolute.getParent()).toRealPath();
        return folder.resolve(Objects.requireNonNull(absolute.getFileName()));
      } catch (IOException noFolder) {
        return absolute;
      }
    }
  }

  /**
   * Takes the right.
   *
   * @throws StoreException if another has it
   */
  static WriterLock take(Path trail) throws IOException {
    Path file = fileOf(trail);
    synchronized (HELD) {
      if (HELD.contains(file)) {
        throw refused(trail, ownPid());
      }
      for (int tries = 0; tries < TRIES_MAX; tries++) {
        WriterLock lock = tryTake(trail, file);
        if (lock != null) {
          HELD.add(file);
          return lock;
        }
      }
    }
    throw new IOException("its lock file changes hands all the time");
  }

  /**
   * Null if the file was deleted by its last owner meanwhile: then the lock on it means nothing.
   */
  private static @Nullable WriterLock tryTake(Path trail, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(channel, RIGHT, false) == null) {
        throw refused(trail, writerIn(channel));
      }
      String text = ownPid() + " " + System.nanoTime() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      FileChannel proof = FileChannel.open(file, StandardOpenOption.READ);
      if (text(proof).equals(text)) {
        showLife(channel);
        return new WriterLock(file, channel, proof);
      }
      proof.close();
    } catch (NoSuchFileException deleted) {
      // The next try makes a new one.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  /** A reader that looks right now is gone after a moment. */
  private static void showLife(FileChannel channel) throws IOException {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      if (lock(channel, SIGN_OF_LIFE, false) != null) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  /** The error of a writer that comes second. */
  static StoreException refused(Path trail, String writer) {
    return new StoreException(
        trail.toString(),
        "not opened to write",
        writer.isEmpty() ? "another process writes it" : "process " + writer + " writes it",
        "wait until that process ends, or read the trail meanwhile",
        null);
  }

  /** The process that writes a trail, empty if it did not say which it is; null if none does. */
  static @Nullable String writerOf(Path trail) {
    Path file = fileOf(trail);
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return ownPid();
      }
      if (!Files.exists(file)) {
        return null;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return lock(channel, SIGN_OF_LIFE, true) == null ? writerIn(channel) : null;
      } catch (IOException e) {
        return null;
      }
    }
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static @Nullable FileLock lock(FileChannel channel, long at, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(at, 1, shared);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String writerIn(FileChannel channel) throws IOException {
    String pid = text(channel).split(" ", 2)[0];
    return pid.matches("[0-9]+") ? pid : "";
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(TEXT_BYTES_MAX);
    int length = Math.max(0, channel.read(bytes, 0));
    return new String(bytes.array(), 0, length, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    synchronized (HELD) {
      if (!channel.isOpen()) {
        return;
      }
      try (channel;
          proof) {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The lock ends with the process at the latest; the file without a lock stops nobody.
      } finally {
        HELD.remove(file);
      }
    }
  }
}
