package org.pagetrail.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.pagetrail.events.Event;
import org.pagetrail.events.text.TrailTextReader;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry.Foreign;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.file.BulkWriter;
import org.pagetrail.store.file.FileTrailLog;

/**
 * A trail in a file, in the packed form or in the text form, told apart by how it begins. It is
 * written in the packed form; a reader finds the old file or the new one, whole.
 */
public final class TrailFile {
  private TrailFile() {}

  /**
   * Writes a trail, in place of what is there.
   *
   * @param run the name of the run
   * @throws StoreException if the file system refuses
   */
  public static void write(Path file, String run, Trail trail) {
    BulkWriter.write(file, run, trail.entries().iterator());
  }

  /**
   * True if a file begins as a packed trail does.
   *
   * @throws StoreException if the file system refuses, or it is a pipe or a device, which would be
   *     waited for and have its beginning once
   */
  public static boolean isPacked(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new StoreException(
          file.toString(),
          "trail not read",
          Files.isDirectory(file) ? "this is a folder" : "this is no regular file",
          Files.isDirectory(file) ? "name a file in it" : "write it into a file first",
          null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return FileTrailLog.isTrail(in.readNBytes(FileTrailLog.MAGIC_BYTES));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads a whole trail.
   *
   * @throws StoreException if the file system refuses, or the trail is damaged or was not closed by
   *     a writer that is gone
   * @throws org.pagetrail.events.text.TrailFormatException if it is text and no trail
   */
  public static Trail read(Path file) {
    return isPacked(file) ? readPacked(file) : readText(file);
  }

  private static Trail readPacked(Path file) {
    try (FileTrailLog log = FileTrailLog.open(file)) {
      log.reader().requireWhole();
      Trail trail = new Trail();
      for (Iterator<LogEntry> entries = log.read(0); entries.hasNext(); ) {
        trail.add(event(file, entries.next()));
      }
      return trail;
    }
  }

  /**
   * The events of an open packed trail up to one of them, read while they are asked for. Each
   * iterator begins anew.
   *
   * @param file what errors call it
   * @param through the last position; -1 for none
   */
  public static Iterable<TrailEntry> entries(Path file, FileTrailLog log, long through) {
    return () -> {
      Iterator<LogEntry> entries = log.read(0);
      return new Iterator<>() {
        private long left = through + 1;

        @Override
        public boolean hasNext() {
          return left > 0 && entries.hasNext();
        }

        @Override
        public TrailEntry next() {
          left--;
          return event(file, entries.next());
        }
      };
    };
  }

  /**
   * The events of an open packed trail that are of some types; of the blocks without any such only
   * the fixed records are looked at.
   *
   * @param file what errors call it
   * @param bare types without text and lists, of which no more than position and event is wanted
   */
  public static Iterable<TrailEntry> entriesOf(
      Path file,
      FileTrailLog log,
      Set<Class<? extends Event>> types,
      Set<Class<? extends Event>> bare) {
    return () ->
        new Iterator<>() {
          private final Iterator<LogEntry> entries = log.reader().readOf(types, bare);

          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public TrailEntry next() {
            return event(file, entries.next());
          }
        };
  }

  /** The event of an entry, refused if the entry is a message of another application. */
  public static TrailEntry event(Path file, LogEntry entry) {
    return switch (entry) {
      case Recorded recorded -> recorded.entry();
      case Foreign message ->
          throw new StoreException(
              file.toString(),
              "not readable as a run",
              "event " + message.seq() + " is a message " + message.type() + " of no model",
              "read it with the application that wrote it",
              null);
    };
  }

  private static Trail readText(Path file) {
    try {
      return TrailTextReader.readAll(Files.newInputStream(file), file.toString());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static StoreException unreadable(Path file, IOException e) {
    String why =
        switch (e) {
          case NoSuchFileException missing -> "there is no " + missing.getFile();
          case AccessDeniedException denied -> "no permission for " + denied.getFile();
          default -> String.valueOf(e.getMessage());
        };
    return new StoreException(
        file.toString(), "trail not read", why, "give the path of a trail that you may read", e);
  }
}
