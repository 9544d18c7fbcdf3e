package org.pagetrail.traceimport;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.ArchName;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.RunEvent.ClockJoined;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.RunEnded;
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

  /** A folder named after the host's device rule and release, such as {@code stock-6.1-…}. */
  private static final Pattern FOLDER =
      Pattern.compile(
          "(?<rule>[A-Za-z][A-Za-z0-9]*)-(?:[A-Za-z][A-Za-z0-9]*-)*"
              + "(?<release>\\d+\\.\\d+(?:-rc(?=\\d|-|$))?)(?:\\d*(?:[.-].*)?)");

  /** The rule of a recording of the bug, as folders name it. */
  private static final String BUG = "bug2014";

  /** A recording of the bug with one of the fixes that were tried for it, by its letter. */
  private static final Pattern FIXED_BUG =
      Pattern.compile("(?i)(?:bug2014-)?fix-?(?<letter>[a-e])-.*");

  /** What names of rules that somebody changed begin with. */
  private static final Pattern CHANGED = Pattern.compile("(?:bug|fix).*");

  /** The position of the switch at which the device rule is that of the release. */
  private static final String STOCK = "0";

  /** The positions of the switch of a kernel whose device rule can be switched. */
  private static final Map<String, List<String>> FIXES_BY_SWITCH =
      Map.of(STOCK, List.of(), "1", List.of("bug-2014"));

  private static final String TIMEOUT = "timeout";

  private final Capture capture;
  private final ImportOptions options;
  private final String folderName;
  private final Matcher folder;
  private final List<String> warnings;
  private final @Nullable Machine machine;

  RunFacts(Capture capture, ImportOptions options, String folderName, List<String> warnings) {
    this.capture = capture;
    this.options = options;
    this.warnings = warnings;
    this.folderName = folderName;
    this.folder = FOLDER.matcher(folderName);
    Fact command = capture.commandLine();
    this.machine = command == null ? null : Machine.of(command.text());
  }

  /** The files that fill RAM blocks at start, by block. */
  Map<String, String> filesByBlock() {
    return machine == null ? Map.of() : machine.filesByDevice();
  }

  /** Adds host, machine and clock. */
  void addStart(TrailWriter out, LogJoin join, QemuClock qemuClock) {
    Capture.HugePages huge = capture.hugePages();
    out.supposed(
        new HostDescribed(
            arch(join.facts().arch()), kernel(), fixes(), huge == null ? UNKNOWN : huge.mode()));
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
    return ofTrace == null ? UNKNOWN : ofTrace;
  }

  private String kernel() {
    if (options.kernel() != null) {
      return options.kernel();
    }
    if (folder.matches()) {
      return folder.group("release");
    }
    warnings.add("no input names the host's kernel; give its release as an option");
    return UNKNOWN;
  }

  private List<String> fixes() {
    if (options.fixes() != null) {
      return options.fixes();
    }
    Capture.HugePages huge = capture.hugePages();
    String ruleSwitch = huge == null ? null : huge.ruleSwitch();
    List<String> fixedBug = fixedBug();
    if (!fixedBug.isEmpty() && !STOCK.equals(ruleSwitch)) {
      return fixedBug;
    }
    if (ruleSwitch == null) {
      return fixesOfFolder();
    }
    List<String> known = FIXES_BY_SWITCH.get(ruleSwitch);
    if (known != null) {
      return known;
    }
    warnings.add(
        "the device rule was switched to "
            + ruleSwitch
            + ", which no release is known by; give the fixes as an option");
    return folder.matches() ? List.of(folder.group("rule")) : List.of();
  }

  /** The bug and the fix of a folder such as {@code fixa-6.1-…}, none if it is named otherwise. */
  private List<String> fixedBug() {
    Matcher fixed = FIXED_BUG.matcher(folderName);
    return folder.matches() && fixed.matches()
        ? List.of("bug-2014", fixed.group("letter").toLowerCase(Locale.ROOT))
        : List.of();
  }

  /** Where no input says how the rule was switched. */
  private List<String> fixesOfFolder() {
    String rule = folder.matches() ? folder.group("rule").toLowerCase(Locale.ROOT) : "";
    if (rule.equals(BUG)) {
      return List.of("bug-2014");
    }
    if (CHANGED.matcher(rule).matches()) {
      warnings.add(
          "the folder is named after \""
              + rule
              + "\", and no input says which fixes its kernel has: none is supposed; give them as"
              + " an option");
    }
    return List.of();
  }
}
