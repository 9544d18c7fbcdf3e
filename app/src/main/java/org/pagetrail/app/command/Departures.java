package org.pagetrail.app.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.text.Columns;
import org.pagetrail.events.RunEvent.RecordingLeft;
import org.pagetrail.events.trail.TrailEntry;

/** Where the guests of two replays of one recording would have left it. */
final class Departures {
  private @Nullable RecordingLeft left;
  private @Nullable RecordingLeft right;

  /** Takes the next entries of both sides. */
  void see(List<TrailEntry> ofLeft, List<TrailEntry> ofRight) {
    left = left == null ? first(ofLeft) : left;
    right = right == null ? first(ofRight) : right;
  }

  /** Of the left side; null if its guest goes as the recorded one. */
  @Nullable RecordingLeft left() {
    return left;
  }

  /** Of the right side. */
  @Nullable RecordingLeft right() {
    return right;
  }

  /** Both in words, under the names of the sides; empty if there is none. */
  String text(String leftName, String rightName) {
    return text(leftName, left) + text(rightName, right);
  }

  private static @Nullable RecordingLeft first(List<TrailEntry> entries) {
    for (TrailEntry entry : entries) {
      if (entry.event() instanceof RecordingLeft departure) {
        return departure;
      }
    }
    return null;
  }

  private static String text(String side, @Nullable RecordingLeft departure) {
    return departure == null
        ? ""
        : "\n"
            + Columns.wrapped(
                side
                    + ": from recorded event "
                    + departure.recordedSeq()
                    + " on the stimuli are not what the guest would have done: "
                    + Printable.of(departure.reason()),
                "",
                "  ");
  }
}
