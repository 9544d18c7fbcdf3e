package org.pagetrail.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.pagetrail.events.text.TrailTextReader;
import org.pagetrail.events.text.TrailTextWriter;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * A trail in a file. A reader finds the old file or the new one, whole; a write that fails leaves
 * the old one and nothing else.
 */
public final class TrailFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private static final Set<StandardOpenOption> HALF_OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  private TrailFile() {}

  /**
   * Writes a trail, in place of what is there.
   *
   * @throws TrailFileException if the file system refuses
   */
  public static void write(Path file, Trail trail) {
    write(file, trail.entries().iterator());
  }

  /**
   * Writes entries as they come, in place of what is there.
   *
   * @throws TrailFileException if the file system refuses
   */
  public static void write(Path file, Iterator<TrailEntry> entries) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new TrailFileException(
          file, "trail not written", "this is a folder", "name a file in it", null);
    }
    Path half =
        folder.resolve(target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      writeDurably(half, entries);
      replace(half, target);
      makeDurable(folder);
    } catch (IOException e) {
      throw new TrailFileException(
          file,
          "trail not written",
          reason(e),
          "make sure that the folder " + folder + " exists, may be written and has room",
          e);
    } finally {
      half.toFile().delete();
    }
  }

  /**
   * Reads a whole trail.
   *
   * @throws TrailFileException if the file system refuses
   * @throws org.pagetrail.events.text.TrailFormatException if the file is not a trail
   */
  public static Trail read(Path file) {
    try {
      return TrailTextReader.readAll(Files.newInputStream(file), file.toString());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static void writeDurably(Path half, Iterator<TrailEntry> entries) throws IOException {
    try (FileChannel channel = FileChannel.open(half, HALF_OPTIONS)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      try (TrailTextWriter writer = new TrailTextWriter(out)) {
        while (entries.hasNext()) {
          writer.write(entries.next());
        }
        out.flush();
        channel.force(true);
      }
    }
  }

  private static void replace(Path half, Path target) throws IOException {
    try {
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the file's new name survive a power failure, where the file system can do that. */
  private static void makeDurable(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some file systems cannot open a folder; the file itself is on disk already.
    }
  }

  private static TrailFileException unreadable(Path file, IOException e) {
    return new TrailFileException(
        file, "trail not read", reason(e), "give the path of a trail that you may read", e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      default -> String.valueOf(e.getMessage());
    };
  }
}
