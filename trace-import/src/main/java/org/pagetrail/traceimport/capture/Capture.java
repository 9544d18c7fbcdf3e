package org.pagetrail.traceimport.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/** Everything that the files of a capture said. Readers add to it, the joining code reads it. */
public final class Capture {

  /** Events that a recorder says it dropped, without saying where. */
  public record Dropped(Source source, long count) {}

  /**
   * The host's setting of transparent huge pages.
   *
   * @param mode {@code always}, {@code madvise} or {@code never}
   * @param ruleSwitch which rule a kernel with a switchable device rule was told to use, else null
   */
  public record HugePages(Source source, String mode, @Nullable String ruleSwitch) {}

  private final Map<String, List<KernelLine>> kernelTraces = new LinkedHashMap<>();
  private final Map<String, List<QemuLine>> qemuLogs = new LinkedHashMap<>();
  private final Map<String, SystemCalls> systemCalls = new LinkedHashMap<>();
  private final Map<String, QemuClock> qemuClocks = new HashMap<>();
  private final Map<String, List<DeclaredEvent>> declaredEvents = new LinkedHashMap<>();
  private final List<ClockSample> clockSamples = new ArrayList<>();
  private final List<MappedArea> areas = new ArrayList<>();
  private final List<PageRun> pageRuns = new ArrayList<>();
  private final List<PageDump> pageDumps = new ArrayList<>();
  private final List<PageFlags> pageFlags = new ArrayList<>();
  private final List<Stage2Row> stage2Rows = new ArrayList<>();
  private final List<SlotRange> slotRanges = new ArrayList<>();
  private final List<ContentCheck> contentChecks = new ArrayList<>();
  private final List<MonitorView> monitorViews = new ArrayList<>();
  private final List<RamBlock> ramBlocks = new ArrayList<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private @Nullable Fact commandLine;
  private @Nullable Fact outcome;
  private @Nullable Fact monitorRelease;
  private @Nullable HugePages hugePages;

  /** The lines of one kernel trace, to be filled by its reader. */
  public List<KernelLine> kernelTrace(String input) {
    return kernelTraces.computeIfAbsent(input, name -> new ArrayList<>());
  }

  /** All kernel traces by input. */
  public Map<String, List<KernelLine>> kernelTraces() {
    return kernelTraces;
  }

  /** The lines of one QEMU log, to be filled by its reader. */
  public List<QemuLine> qemuLog(String input) {
    return qemuLogs.computeIfAbsent(input, name -> new ArrayList<>());
  }

  /** The same for a log whose clock is not the realtime clock. */
  public List<QemuLine> qemuLog(String input, QemuClock clock) {
    qemuClocks.put(input, clock);
    return qemuLog(input);
  }

  /** What the times of a QEMU log count from. */
  public QemuClock qemuClock(String input) {
    return qemuClocks.getOrDefault(input, QemuClock.REALTIME);
  }

  /** All QEMU logs by input. */
  public Map<String, List<QemuLine>> qemuLogs() {
    return qemuLogs;
  }

  /** Adds all that an input tells. */
  void addAll(String input, Teller teller, Happenings happenings) {
    if (teller == Teller.KERNEL) {
      kernelTrace(input);
    } else if (teller == Teller.QEMU) {
      qemuLog(input);
    }
    for (Happening next = happenings.next(); next != null; next = happenings.next()) {
      switch (next) {
        case KernelLine line -> {
          if (teller == Teller.SYSTEM_CALLS) {
            systemCalls(input).lines().add(line);
          } else {
            kernelTrace(input).add(line);
          }
        }
        case QemuLine line when teller == Teller.KERNEL ->
            qemuLog(input, QemuClock.OF_TRACE).add(line);
        case QemuLine line -> qemuLog(input).add(line);
      }
    }
  }

  /** States what the times of a QEMU log count from that are not of the realtime clock. */
  public void qemuClock(String input, QemuClock clock) {
    qemuClocks.put(input, clock);
  }

  /** The events that one input declares, in their order, to be filled by its reader. */
  public List<DeclaredEvent> declaredEvents(String input) {
    return declaredEvents.computeIfAbsent(input, name -> new ArrayList<>());
  }

  /** All declarations of QEMU's events by input. */
  public Map<String, List<DeclaredEvent>> declaredEvents() {
    return declaredEvents;
  }

  /** The system calls of one input, to be filled by its reader. */
  public SystemCalls systemCalls(String input) {
    return systemCalls.computeIfAbsent(input, name -> new SystemCalls());
  }

  /** All system calls by input. */
  public Map<String, SystemCalls> systemCalls() {
    return systemCalls;
  }

  /** Samples of realtime and monotonic clock. */
  public List<ClockSample> clockSamples() {
    return clockSamples;
  }

  /** The monitor's address space. */
  public List<MappedArea> areas() {
    return areas;
  }

  /** Pages of the slots. */
  public List<PageRun> pageRuns() {
    return pageRuns;
  }

  /** Dumps of pagemap. */
  public List<PageDump> pageDumps() {
    return pageDumps;
  }

  /** Dumps of kpageflags. */
  public List<PageFlags> pageFlags() {
    return pageFlags;
  }

  /** Rows of dumps of stage 2. */
  public List<Stage2Row> stage2Rows() {
    return stage2Rows;
  }

  /** Where the slots were, as the recorder noted. */
  public List<SlotRange> slotRanges() {
    return slotRanges;
  }

  /** Looks at the zero page. */
  public List<ContentCheck> contentChecks() {
    return contentChecks;
  }

  /** Flat views that the monitor printed. */
  public List<MonitorView> monitorViews() {
    return monitorViews;
  }

  /** RAM blocks that the monitor printed. */
  public List<RamBlock> ramBlocks() {
    return ramBlocks;
  }

  /** What recorders dropped. */
  public List<Dropped> dropped() {
    return dropped;
  }

  /** QEMU's command line. */
  public @Nullable Fact commandLine() {
    return commandLine;
  }

  /** Sets {@link #commandLine()}. */
  public void commandLine(Fact fact) {
    commandLine = fact;
  }

  /** How the run ended, in the recorder's words. */
  public @Nullable Fact outcome() {
    return outcome;
  }

  /** Sets {@link #outcome()}. */
  public void outcome(Fact fact) {
    outcome = fact;
  }

  /** QEMU's release, such as {@code 7.2.22}. */
  public @Nullable Fact monitorRelease() {
    return monitorRelease;
  }

  /** Sets {@link #monitorRelease()}. */
  public void monitorRelease(Fact fact) {
    monitorRelease = fact;
  }

  /** The host's huge page mode. */
  public @Nullable HugePages hugePages() {
    return hugePages;
  }

  /** Sets {@link #hugePages()}. */
  public void hugePages(HugePages pages) {
    hugePages = pages;
  }
}
