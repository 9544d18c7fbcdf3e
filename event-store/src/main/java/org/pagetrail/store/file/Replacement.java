package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A file that takes the place of another when it is whole and on disk. Until then readers find the
 * old one; if it is not committed, nothing of it stays.
 */
final class Replacement implements AutoCloseable {
  private static final String HALF = ".half";

  private final Path target;
  private final Path half;
  private final DiskStorage storage;
  private boolean committed;

  private Replacement(Path target, Path half, DiskStorage storage) {
    this.target = target;
    this.half = half;
    this.storage = storage;
  }

  static Replacement of(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent());
    String prefix = target.getFileName() + ".";
    removeAbandoned(folder, prefix);
    Path half = folder.resolve(prefix + ProcessHandle.current().pid() + HALF);
    FileChannel channel =
        FileChannel.open(
            half,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    return new Replacement(target, half, new DiskStorage(channel));
  }

  /** A process that was killed could not remove its half-written file; its successor does. */
  private static void removeAbandoned(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(prefix) && name.endsWith(HALF)) {
          String pid = name.substring(prefix.length(), name.length() - HALF.length());
          if (pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }

  DiskStorage storage() {
    return storage;
  }

  /** The half-written file. */
  Path file() {
    return half;
  }

  /** Puts the file on disk and in the place of the other. */
  void commit() throws IOException {
    storage.channel().force(true);
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
    storage.close();
    if (!committed) {
      Files.deleteIfExists(half);
    }
  }
}
