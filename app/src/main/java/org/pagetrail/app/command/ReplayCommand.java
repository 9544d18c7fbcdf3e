package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.Moment;
import org.pagetrail.app.cli.OutputFile;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PageAddress;
import org.pagetrail.app.cli.Recording;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.text.PageStateText;
import org.pagetrail.app.text.ReplayText;
import org.pagetrail.events.KvmEvent.Stage2Event;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.projections.audit.PageTrail;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.machine.MachineSnapshot;
import org.pagetrail.projections.text.FindingsText;
import org.pagetrail.projections.text.MachineStateText;
import org.pagetrail.simulation.loop.RunOn;
import org.pagetrail.simulation.whatif.Replay;
import org.pagetrail.simulation.whatif.WhatIf;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.file.WholeState;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.OffHeapStores;
import org.pagetrail.store.fold.PageState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail replay}: the state at a moment, as recorded or under another kernel. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the state at a moment: memslots, flat view, stage 2, host pages, findings.",
      "By default what was recorded; with --kernel or --fix what the model says would",
      "have happened to the same stimuli, beside what the recording did."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail replay hang.trail --at 30.5s",
      "  pagetrail replay hang.trail --at 30.5s --gpa 0x4000000",
      "  pagetrail replay captures/boots/stock-6.1-bios64-thpnever --fix bug-2014",
      "  pagetrail replay hang.trail --fix bug-2014,arch-pfn-valid --run-on"
    })
public final class ReplayCommand implements Callable<Integer> {
  /** Rows of each part of the state; JSON has them all. */
  private static final int ROWS_MAX = 60;

  /** So many events are read in a few seconds. */
  private static final long EVENTS_WITHOUT_A_WORD = 1 << 22;

  @Parameters(paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @Option(
      names = "--at",
      paramLabel = "SEQ|TIME",
      description = {
        "The moment: an event number, of the replay if there is one, or seconds of the trail's",
        "clock such as 30.5s."
      })
  private @Nullable String at;

  @Option(
      names = "--gpa",
      paramLabel = "ADDR",
      description = {
        "Show one guest page only: a guest physical address in it, hexadecimal. Of a trail",
        "file as recorded no more is read than is about that page. It shows the page alone, no",
        "findings, and ends with 0: for the findings on a page ask audit."
      })
  private @Nullable String gpa;

  @Option(
      names = "--run-on",
      description = {
        "With --kernel or --fix: let the firmware model run on in the closed loop from its",
        "first access of the variable flash. What it does is derived, not recorded."
      })
  private boolean runOn;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the replayed trail.")
  private @Nullable Path output;

  @Mixin private KernelOptions kernel;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Result(
      ReplayText.@Nullable Summary replay, MachineSnapshot state, List<Finding> findings) {}

  /** What {@code --json} prints of one page. */
  record PageResult(long seq, PageState page) {}

  @Override
  public Integer call() {
    OutputFile.requireApart(output, List.of(input));
    boolean asRecorded = !kernel.isGiven() && !runOn && output == null;
    if (asRecorded && Files.isRegularFile(input) && TrailFile.isPacked(input)) {
      return gpa == null ? printStored() : printStored(PageAddress.parse(gpa).gfn());
    }
    if (kernel.isGiven() && !runOn) {
      return replayed();
    }
    Trail recorded = TrailSource.read(input, spec.commandLine().getErr());
    Trail shown = recorded;
    ReplayText.@Nullable Summary summary = null;
    if (runOn) {
      if (!kernel.isGiven()) {
        throw new Trouble(
            "--run-on needs a kernel to run under", "name one with --kernel or --fix");
      }
      KernelName name = kernel.over(KernelName.of(recorded));
      KernelModel model = KernelChoice.of(name);
      ReplayText.Tally tally = new ReplayText.Tally();
      Replay replay = WhatIf.replay(recorded, model);
      replay.faults().forEach(tally);
      summary = tally.summary(name, replay.exitsGone(), replay.left(), List.of());
      shown = runOn(recorded, model);
    }
    if (output != null) {
      TrailFile.write(output, TrailSource.runOf(input), shown);
    }
    if (gpa != null) {
      return printFolded(PageAddress.parse(gpa).gfn(), shown);
    }
    List<TrailEntry> entries = shown.entries();
    if (at != null) {
      entries = TrailCut.through(entries, Moment.seq(at, shown, spec.commandLine().getErr()));
    }
    return print(
        new FindingsProjection().fold(entries),
        summary,
        PageTrail.isStage2Recorded(shown.entries()));
  }

  /** Prints the state under another kernel, of a recording of any length. */
  private int replayed() {
    try (Recording recording = Recording.open(input, spec.commandLine().getErr());
        OffHeapStores stores = new OffHeapStores()) {
      recording.warnOfMissing(spec.commandLine().getErr());
      KernelName name = kernel.over(recording.kernel());
      if (output != null) {
        new KernelReplay(recording, name, null, stores).write(output, TrailSource.runOf(input));
      }
      KernelReplay replay = new KernelReplay(recording, name, at, stores);
      if (gpa == null) {
        FindingsState found = replay.fold(stores, spec.commandLine().getErr());
        return print(found, replay.summary(found), replay.isStage2Seen());
      }
      try (FoldedState state = FoldedState.of(replay.entries())) {
        Gfn gfn = PageAddress.parse(gpa).gfn();
        long seq = replay.seq(spec.commandLine().getErr());
        return print(state.page(gfn), seq, replay.isStage2Seen());
      }
    }
  }

  /** Prints the state that a file tells of, whatever its length. */
  private int printStored() {
    try (FileTrailLog log = FileTrailLog.open(input);
        OffHeapStores stores = new OffHeapStores()) {
      log.reader().requireWhole();
      long seq = at == null ? log.size() - 1 : Moment.seq(at, log, spec.commandLine().getErr());
      Optional<WholeState> stored = log.states().whole(seq);
      if (stored.isPresent()) {
        return print(stored.get().machine(), stored.get().findings(), null, isStage2Recorded(log));
      }
      if (seq > EVENTS_WITHOUT_A_WORD) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
            "reading all events up to " + seq + "; after pagetrail rebuild that is not needed");
        err.flush();
      }
      FindingsProjection projection = new FindingsProjection(stores);
      FindingsState found = projection.fold(TrailFile.entries(input, log, seq));
      return print(found, null, isStage2Recorded(log));
    }
  }

  /** Prints one page from the checkpoints and indexes of the file. */
  private int printStored(Gfn gfn) {
    try (FileTrailLog log = FileTrailLog.open(input)) {
      log.reader().requireWhole();
      long seq = at == null ? log.size() - 1 : Moment.seq(at, log, spec.commandLine().getErr());
      PageState page = log.states().page(gfn, seq);
      return print(page, seq, page.stage2() != null || isStage2Recorded(log));
    }
  }

  private static boolean isStage2Recorded(FileTrailLog log) {
    return log.reader().hasAny(Stage2Event.class);
  }

  /** Prints one page of a trail that is in no file. */
  private int printFolded(Gfn gfn, Trail shown) {
    long seq = at == null ? shown.size() - 1L : Moment.seq(at, shown, spec.commandLine().getErr());
    try (FoldedState state = FoldedState.of(TrailCut.through(shown.entries(), seq))) {
      return print(state.page(gfn), seq, PageTrail.isStage2Recorded(shown.entries()));
    }
  }

  private int print(PageState page, long seq, boolean stage2Recorded) {
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(new PageResult(seq, page)));
    } else {
      PageStateText.lines(page, seq, stage2Recorded).forEach(print::println);
    }
    print.flush();
    return ExitCode.NOTHING;
  }

  private static Trail runOn(Trail recorded, KernelModel model) {
    Trail trail = RunOn.fromFirstFlashAccess(recorded, model);
    if (trail == null) {
      throw new Trouble(
          "the recording does not describe its machine, or never comes to the variable flash",
          "leave --run-on out");
    }
    return trail;
  }

  private int print(
      FindingsState found, ReplayText.@Nullable Summary summary, boolean stage2Recorded) {
    return print(MachineSnapshot.of(found.machine()), found.findings(), summary, stage2Recorded);
  }

  private int print(
      MachineSnapshot state,
      List<Finding> findings,
      ReplayText.@Nullable Summary summary,
      boolean stage2Recorded) {
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(new Result(summary, state, findings)));
    } else {
      if (summary != null) {
        print.print(ReplayText.of(summary));
        if (runOn) {
          print.println(ReplayText.RUN_ON);
        }
      }
      MachineStateText.lines(state, ROWS_MAX, stage2Recorded).forEach(print::println);
      print.println();
      FindingsText.lines(findings, state.run().recordingLeft()).forEach(print::println);
    }
    print.flush();
    return findings.isEmpty() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }
}
