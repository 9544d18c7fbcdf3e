package org.pagetrail.events;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;

/** What is said about the run as a whole, and about the recording of it. */
public sealed interface RunEvent extends Event {
  @Override
  default Layer layer() {
    return Layer.RUN;
  }

  /**
   * The host the run happened on.
   *
   * @param arch such as {@code arm64}
   * @param kernel the release whose rules apply, such as {@code 6.1}
   * @param fixes fixes put into that kernel, from left to right
   * @param transparentHugePages {@code always}, {@code madvise} or {@code never}
   */
  record HostDescribed(String arch, String kernel, List<String> fixes, String transparentHugePages)
      implements RunEvent {
    /** Copies the list. */
    public HostDescribed {
      fixes = List.copyOf(fixes);
    }
  }

  /**
   * The machine that ran.
   *
   * @param board such as {@code virt}
   * @param monitor the monitor's release, such as {@code 7.2}; null if unknown
   * @param ram size of guest RAM
   * @param ramPreallocated true if RAM was written by the host before the guest started
   * @param commandLine as it was given, empty for a scenario of ours
   */
  record MachineDescribed(
      String board,
      @Nullable String monitor,
      ByteSize ram,
      boolean ramPreallocated,
      List<FlashDevice> flash,
      String commandLine)
      implements RunEvent {
    /** Copies the list. */
    public MachineDescribed {
      flash = List.copyOf(flash);
    }
  }

  /** How a flash device gets its content. */
  enum FlashBacking {
    /** Anonymous memory, never written by the host. */
    NONE,
    /** Anonymous memory into which the {@code -bios} image is copied at reset. */
    BIOS_IMAGE,
    /** A {@code -drive if=pflash} file, read at start. */
    FILE,
    /** The same, and the flash refuses to change. */
    FILE_READ_ONLY
  }

  /**
   * One NOR flash of the machine.
   *
   * @param name such as {@code virt.flash0}
   * @param file the file's name as the command line has it; null without one
   */
  record FlashDevice(String name, FlashBacking backing, @Nullable String file) {}

  /** An input was read into the trail. */
  record InputRead(String input, String format, long lines, long events) implements RunEvent {}

  /** Lines or records of an input that no reader understood, counted by kind. */
  record LinesNotUnderstood(String input, String kind, long count, long firstLine)
      implements RunEvent {}

  /** The recorder lost events here, or the recording is cut; {@code count} 0 if nobody counted. */
  record EventsLost(String input, long count) implements RunEvent {}

  /**
   * Two clocks were joined: trail time = {@code from} time - offset.
   *
   * @param errorNanos how far the join may be off, either way
   */
  record ClockJoined(String from, String to, long offsetNanos, long errorNanos, int samples)
      implements RunEvent {}

  /** A marker that somebody wrote into the trace. */
  record MarkerSeen(String text) implements RunEvent {}

  /**
   * A finding was noted down; its causes are the evidence.
   *
   * @param finding what was found, such as {@code shared-page-written}
   * @param detail where and how, in a few words; may be empty
   */
  record FindingNoted(String finding, String detail) implements RunEvent {}

  /** From here on the recorded stimuli are no longer what the guest would have done. */
  record RecordingLeft(long recordedSeq, String reason) implements RunEvent {}

  /** How the run ended: {@code shell}, {@code hang}, or the recorder's own word. */
  record RunEnded(String outcome) implements RunEvent {}
}
