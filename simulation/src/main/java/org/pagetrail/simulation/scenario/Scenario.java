package org.pagetrail.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;

/**
 * A scenario of the tables as a trail carries it: a marker that says how the run begins, and one
 * for each operation. They are the run's stimuli; everything else in such a trail follows from
 * them. A marker that was recorded says only what a program wrote into the kernel's trace, and
 * makes no scenario of the recording.
 *
 * @param host the host, as far as the kernel does not say it
 * @param line where the run begins, with the operations
 * @param begin the position of the set-up's marker
 * @param steps the position of each operation's marker
 */
public record Scenario(RecordedHost host, TableLine line, long begin, List<Long> steps) {
  private static final String BEGIN = "pagetrail scenario ";
  private static final String STEP = "pagetrail step ";

  /** Copies the list. */
  public Scenario {
    steps = List.copyOf(steps);
  }

  /** The scenario that a trail was made of; null if it was not made of one. */
  public static @Nullable Scenario of(Trail trail) {
    Reading reading = new Reading();
    trail.entries().forEach(reading::see);
    return reading.scenario();
  }

  /** Reads a scenario off the entries of a trail. */
  public static final class Reading {
    private @Nullable RecordedHost host;
    private @Nullable TableLine begin;
    private long beginSeq = -1;
    private final StringBuilder sequence = new StringBuilder();
    private final List<Long> steps = new ArrayList<>();

    /** Takes the next entry. */
    public void see(TrailEntry entry) {
      if (entry.event() instanceof HostDescribed told && Arch.named(told.arch()).isPresent()) {
        ThpMode thp = HostSettings.DEFAULT.describedThp(told.transparentHugePages()).thp();
        host = RecordedHost.of(Arch.of(told.arch()), thp);
      } else if (isStep(entry) && entry.event() instanceof MarkerSeen step) {
        sequence.append(step.text().charAt(STEP.length()));
        steps.add(entry.seq());
      } else if (isMarker(entry, BEGIN) && entry.event() instanceof MarkerSeen marker) {
        begin = lineOf(marker.text().substring(BEGIN.length()));
        beginSeq = entry.seq();
      }
    }

    /** The scenario; null if there is none. */
    public @Nullable Scenario scenario() {
      if (host == null || begin == null) {
        return null;
      }
      TableLine line =
          new TableLine(
              begin.backing(),
              begin.readOnly(),
              begin.logged(),
              sequence.toString(),
              List.of(),
              "");
      return new Scenario(host, line, beginSeq, steps);
    }
  }

  private static @Nullable TableLine lineOf(String start) {
    try {
      return TableLine.parse(start + " - ::");
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** True if the entry is the stimulus of an operation, or of the set-up. */
  public static boolean isStimulus(TrailEntry entry) {
    return isStep(entry) || isMarker(entry, BEGIN);
  }

  private static boolean isStep(TrailEntry entry) {
    return isMarker(entry, STEP)
        && entry.event() instanceof MarkerSeen marker
        && marker.text().length() == STEP.length() + 1;
  }

  private static boolean isMarker(TrailEntry entry, String begin) {
    return entry.standing() != Standing.OBSERVED
        && entry.event() instanceof MarkerSeen marker
        && marker.text().startsWith(begin);
  }

  /** The marker of the set-up. */
  static MarkerSeen begin(TableLine line) {
    String slot = line.readOnly() ? " RO" : " RW";
    return new MarkerSeen(BEGIN + line.backing() + slot + (line.logged() ? " L" : ""));
  }

  /** The marker of an operation. */
  static MarkerSeen step(char operation) {
    return new MarkerSeen(STEP + operation);
  }
}
