package org.pagetrail.app.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.simulation.whatif.Survey;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;

/**
 * A recording that is replayed: read from its file as often as it is needed, never held; a capture
 * folder that is imported on the fly, or a trail in text form, is held.
 */
public final class Recording implements AutoCloseable {
  /** What a recording lacks that has no maps. */
  public static final String NO_MAPS =
      "the trail has no maps of the monitor: what backs its memslots is unknown";

  /** What to do about that. */
  public static final String ADD_MAPS = "import the monitor's /proc/PID/maps too, as maps.before";

  private final Path path;
  private final @Nullable FileTrailLog log;
  private final List<TrailEntry> held;
  private @Nullable Survey survey;

  private Recording(Path path, @Nullable FileTrailLog log, List<TrailEntry> held) {
    this.path = path;
    this.log = log;
    this.held = held;
  }

  /**
   * Opens the recording at {@code path}.
   *
   * @param err where what an import warns of is said
   */
  public static Recording open(Path path, PrintWriter err) {
    if (!Files.isRegularFile(path) || !TrailFile.isPacked(path)) {
      return new Recording(path, null, TrailSource.read(path, err).entries());
    }
    FileTrailLog log = FileTrailLog.open(path);
    try {
      log.reader().requireWhole();
      return new Recording(path, log, List.of());
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** A recording that is held. */
  public static Recording of(Trail recorded) {
    return new Recording(Path.of(""), null, recorded.entries());
  }

  /** What is known of it as a whole; read when it is asked for first. */
  public Survey survey() {
    Survey known = survey;
    if (known == null) {
      known =
          Survey.of(
              log == null ? held : TrailFile.entriesOf(path, log, Survey.TYPES, Survey.LOOKUPS));
      survey = known;
    }
    return known;
  }

  /** All entries; each iterator begins anew. */
  public Iterable<TrailEntry> entries() {
    return log == null ? held : TrailFile.entries(path, log, log.size() - 1);
  }

  /** The entry at a position. */
  public TrailEntry at(long seq) {
    return log == null ? held.get(Math.toIntExact(seq)) : TrailFile.event(path, log.at(seq));
  }

  /** True if an event is of this type. */
  public boolean hasAny(Class<? extends Event> type) {
    return log == null
        ? held.stream().anyMatch(entry -> type.isInstance(entry.event()))
        : log.reader().hasAny(type);
  }

  /** Tells {@code err} what a model needs and the recording does not have. */
  public void warnOfMissing(PrintWriter err) {
    if (!hasAny(HostMapped.class)) {
      err.println(
          "pagetrail: " + NO_MAPS + ",\n  and the model takes it for not mapped; " + ADD_MAPS);
      err.flush();
    }
  }

  /** The kernel that it says it was recorded on or made for. */
  public KernelName kernel() {
    return KernelName.of(survey().host());
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
  }
}
