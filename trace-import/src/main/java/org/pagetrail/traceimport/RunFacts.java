package org.pagetrail.traceimport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.ArchName;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.RunEvent.ClockJoined;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.host.HostName;
import org.pagetrail.events.host.HostWord;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Fact;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.join.ClockJoin;
import org.pagetrail.traceimport.join.LogJoin;
import org.pagetrail.traceimport.link.TrailWriter;
import org.pagetrail.traceimport.run.Machine;

/** What is said about the run as a whole: host and machine at its start, the outcome at its end. */
final class RunFacts {
  private static final String UNKNOWN = "unknown";

  /** The position of the switch at which the device rule is that of the release. */
  private static final String STOCK = "0";

  /** The position at which it is that of the bug. */
  private static final String SWITCHED = "1";

  private static final String BUG = "bug-2014";

  private static final String TIMEOUT = "timeout";

  private final Capture capture;
  private final ImportOptions options;
  private final String folderName;
  private final HostName folder;
  private final List<String> warnings;
  private final @Nullable Machine machine;

  RunFacts(Capture capture, ImportOptions options, String folderName, List<String> warnings) {
    this.capture = capture;
    this.options = options;
    this.warnings = warnings;
    this.folderName = folderName;
    this.folder = HostName.of(folderName, options.fixWords());
    Fact command = capture.commandLine();
    this.machine = command == null ? null : Machine.of(command.text());
  }

  /** The files that fill RAM blocks at start, by block. */
  Map<String, String> filesByBlock() {
    return machine == null ? Map.of() : machine.filesByDevice();
  }

  /** Adds host, machine and clock. */
  void addStart(TrailWriter out, LogJoin join, QemuClock qemuClock) {
    out.supposed(new HostDescribed(arch(join.facts().arch()), kernel(), fixes(), hugePages()));
    warnOfTheFolder();
    Fact command = capture.commandLine();
    Fact release = capture.monitorRelease();
    if (machine != null && command != null) {
      out.stated(machine.described(release == null ? null : release.text()), command.source());
    }
    ClockJoin clock = join.clock();
    if (clock != null && qemuClock != QemuClock.OF_TRACE) {
      ClockJoined joined =
          new ClockJoined(
              qemuClock == QemuClock.REALTIME ? "realtime" : "monotonic of QEMU",
              "monotonic",
              clock.offsetNanos(),
              clock.errorNanos(),
              clock.samples());
      if (clock.source() == null) {
        out.supposed(joined);
      } else {
        out.stated(joined, clock.source());
      }
    }
  }

  /** Adds how the run ended. */
  void addEnd(TrailWriter out) {
    Fact outcome = capture.outcome();
    if (outcome != null) {
      if (!outcome.text().equals(TIMEOUT)) {
        out.stated(new GuestReached(outcome.text()), outcome.source());
      }
      out.stated(new RunEnded(outcome.text()), outcome.source());
    }
  }

  private String arch(@Nullable String ofTrace) {
    String given = options.arch();
    if (given != null) {
      return ArchName.of(given);
    }
    String byMachine = machine == null ? null : machine.arch();
    if (byMachine != null) {
      return byMachine;
    }
    if (ofTrace != null) {
      return ofTrace;
    }
    return folder.arch() == null ? UNKNOWN : folder.arch();
  }

  private String kernel() {
    if (options.kernel() != null) {
      return options.kernel();
    }
    if (folder.release() != null) {
      return folder.release();
    }
    warnings.add("no input names the host's kernel; give its release as an option");
    return UNKNOWN;
  }

  /** What a file says of them goes before the folder's name. */
  private String hugePages() {
    Capture.HugePages huge = capture.hugePages();
    String named = folder.hugePages();
    return huge != null ? huge.mode() : named == null ? UNKNOWN : named;
  }

  /** The fixes of the kernel, and the rules that the host's set-up puts into any kernel. */
  private List<String> fixes() {
    List<String> given = options.fixes();
    SequencedSet<String> fixes = new LinkedHashSet<>(given == null ? fixesOfTheCapture() : given);
    fixes.addAll(folder.rules());
    return List.copyOf(fixes);
  }

  private List<String> fixesOfTheCapture() {
    Capture.HugePages huge = capture.hugePages();
    String ruleSwitch = huge == null ? null : huge.ruleSwitch();
    if (STOCK.equals(ruleSwitch)) {
      if (!folder.fixes().isEmpty()) {
        warnings.add(
            "the folder's name says "
                + String.join(", ", folder.fixes())
                + ", but the device rule was switched to that of the release: no fix is supposed;"
                + " give the fixes as an option");
      }
      return List.of();
    }
    if (SWITCHED.equals(ruleSwitch)) {
      SequencedSet<String> fixes = new LinkedHashSet<>(folder.fixes());
      if (!fixes.contains(BUG)) {
        fixes.addFirst(BUG);
      }
      return List.copyOf(fixes);
    }
    if (ruleSwitch != null) {
      warnings.add(
          "the device rule was switched to "
              + ruleSwitch
              + ", which no release is known by; "
              + (folder.fixes().isEmpty()
                  ? "no fix is supposed"
                  : "supposed is what the folder's name says, " + String.join(", ", folder.fixes()))
              + "; give the fixes as an option");
    }
    return folder.fixes();
  }

  private void warnOfTheFolder() {
    List<String> unknown =
        options.fixes() == null ? folder.unknownFixes(options.fixWords()) : List.of();
    for (String words : unknown) {
      warnings.add(
          "\""
              + words
              + "\" in the folder's name \""
              + folderName
              + "\" is no known fix, and is left out; give the fixes as an option");
    }
    for (HostWord word : folder.words()) {
      if (!word.isOfHugePages() && word.rule() == null) {
        warnings.add(
            "the folder's name says "
                + word.name().toLowerCase(Locale.ROOT)
                + ", which a trail does not hold: what is computed for it is for a processor as"
                + " most are");
      }
    }
  }
}
