package org.pagetrail.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.postgres.PostgresTrailLog;
import org.pagetrail.store.run.RunCommandRefused;

/**
 * Where a trail grows: a packed file, or a run on a PostgreSQL server.
 *
 * @param place the file, or the server's JDBC URL
 * @param run the name of the run on the server; null for a file
 */
public record StorePlace(String place, @Nullable String run) {
  /** What the options that take a place say of it. */
  public static final String SYNTAX =
      "A packed trail file, or jdbc:postgresql://HOST/DATABASE?user=NAME#RUN.";

  private static final String SERVER = "jdbc:";

  /**
   * Understands a place as it was typed.
   *
   * @throws Trouble if it is a server without a run
   */
  public static StorePlace of(String typed) {
    if (!typed.startsWith(SERVER)) {
      return new StorePlace(typed, null);
    }
    int run = typed.lastIndexOf('#');
    if (run < 0 || run == typed.length() - 1) {
      throw new Trouble(
          "the server's URL does not say which run",
          "put its name at the end, as in jdbc:postgresql://localhost/trails?user=me#boot");
    }
    return new StorePlace(typed.substring(0, run), typed.substring(run + 1));
  }

  /**
   * Does some work on the trail, which is made if there is none. A file that was made for work that
   * fails is gone again.
   *
   * @throws StoreException if the trail is damaged, or does not end as its writer left it
   */
  public <T> T write(Function<TrailLog, T> work) {
    if (run != null) {
      try (TrailLog log = PostgresTrailLog.write(place, run)) {
        return named(work, log);
      }
    }
    Path file = Path.of(place);
    boolean wasThere = hasContent(file);
    if (wasThere) {
      requireWhole(file);
    }
    boolean isNew = false;
    boolean isDone = false;
    try (TrailLog log = FileTrailLog.append(file, TrailSource.runOf(file))) {
      isNew = !wasThere && log.size() == 0;
      T done = named(work, log);
      isDone = true;
      return done;
    } finally {
      if (isNew && !isDone) {
        remove(file);
      }
    }
  }

  /**
   * Does some work on a trail that is there.
   *
   * @throws StoreException if it is not, is damaged, or does not end as its writer left it
   */
  public <T> T change(Function<TrailLog, T> work) {
    if (run == null) {
      requireWhole(Path.of(place));
    }
    return write(work);
  }

  private <T> T named(Function<TrailLog, T> work, TrailLog log) {
    try {
      return work.apply(log);
    } catch (RunCommandRefused e) {
      String name = Printable.of(run == null ? place : "run " + run);
      throw new Trouble(name + ": nothing written: " + e.what(), e.remedy());
    }
  }

  private static boolean hasContent(Path file) {
    try {
      return Files.exists(file) && !(Files.isRegularFile(file) && Files.size(file) == 0);
    } catch (IOException e) {
      return true; // Who opens it says what is wrong.
    }
  }

  /** What a writer that was killed left behind is cut off by nobody but repair. */
  private static void requireWhole(Path file) {
    try (FileTrailLog log = PackedTrail.open(file)) {
      log.reader().requireWhole();
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The trail is not closed, so that no command takes it for a whole one.
    }
  }

  /** Opens the trail to read. */
  public TrailLog openToRead() {
    if (run != null) {
      return PostgresTrailLog.read(place, run);
    }
    Path file = Path.of(place);
    return Files.exists(file) ? PackedTrail.open(file) : FileTrailLog.open(file);
  }

  /** The events of the model in a log; what else is in it stays there. */
  public static Trail eventsOf(TrailLog log) {
    Trail trail = new Trail();
    for (Iterator<LogEntry> entries = log.read(0); entries.hasNext(); ) {
      LogEntry entry = entries.next();
      if (!(entry instanceof Recorded recorded)) {
        throw new Trouble(
            "event " + entry.seq() + " is a message of another application: " + entry.type(),
            "a trail of its own is needed to make a file of it");
      }
      trail.add(recorded.entry());
    }
    return trail;
  }
}
