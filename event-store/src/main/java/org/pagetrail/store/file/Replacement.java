package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pagetrail.store.StoreException;

/**
 * A file that takes the place of another when it is whole and on disk. Until then readers find the
 * old one; if it is not committed, nothing of it stays.
 */
final class Replacement implements AutoCloseable {
  private static final String HALF = ".half";
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Path target;
  private final Path half;
  private final Storage storage;
  private boolean committed;

  private Replacement(Path target, Path half, Storage storage) {
    this.target = target;
    this.half = half;
    this.storage = storage;
  }

  /**
   * Starts a file.
   *
   * @throws StoreException if the path is that of a folder or a device
   */
  static Replacement of(Path path) throws IOException {
    return of(path, UnaryOperator.identity());
  }

  /** Starts a file that is written through a disk which {@code disk} makes of the real one. */
  static Replacement of(Path path, UnaryOperator<Storage> disk) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    checkKind(path);
    Path folder = Objects.requireNonNull(target.getParent());
    String prefix = target.getFileName() + ".";
    removeAbandoned(folder, prefix);
    String own = ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    Path half = folder.resolve(prefix + own + HALF);
    FileChannel channel =
        FileChannel.open(
            half, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    half.toFile().deleteOnExit();
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException("its folder is being cleaned");
    }
    return new Replacement(target, half, disk.apply(new DiskStorage(channel)));
  }

  private static void checkKind(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new StoreException(
          path.toString(),
          "trail not written",
          Files.isDirectory(path) ? "this is a folder" : "this is no regular file",
          Files.isDirectory(path) ? "name a file in it" : "name a file",
          null);
    }
  }

  /** A process that was killed could not remove its half-written file; its successor does. */
  private static void removeAbandoned(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(prefix) && name.endsWith(HALF)) {
          String owner = name.substring(prefix.length(), name.length() - HALF.length());
          if (owner.matches("[0-9]{1,18}-[0-9]+") && isAbandoned(file, owner)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }

  private static boolean isAbandoned(Path file, String owner) {
    long pid = Long.parseLong(owner.substring(0, owner.indexOf('-')));
    if (ProcessHandle.of(pid).isPresent()) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return false;
    }
  }

  Storage storage() {
    return storage;
  }

  /** Puts the file on disk and in the place of the other. */
  void commit() throws IOException {
    storage.force();
    try {
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
    }
    committed = true;
    NewFile.makeDurable(Objects.requireNonNull(target.getParent()));
  }

  @Override
  public void close() throws IOException {
    try {
      storage.close();
    } finally {
      if (!committed) {
        Files.deleteIfExists(half);
      }
    }
  }
}
