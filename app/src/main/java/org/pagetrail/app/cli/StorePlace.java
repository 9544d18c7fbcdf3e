package org.pagetrail.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.postgres.PostgresTrailLog;

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

  /** Opens the trail to append; makes an empty one if there is none. */
  public TrailLog openToWrite() {
    return run == null
        ? FileTrailLog.append(Path.of(place), TrailSource.runOf(Path.of(place)))
        : PostgresTrailLog.write(place, run);
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
