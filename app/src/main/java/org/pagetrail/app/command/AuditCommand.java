package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.Moment;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PageAddress;
import org.pagetrail.app.cli.Recording;
import org.pagetrail.app.cli.RunningMoment;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.KvmEvent.Stage2Event;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.projections.audit.PageNames;
import org.pagetrail.projections.audit.PageTelling;
import org.pagetrail.projections.audit.PageTrail;
import org.pagetrail.projections.text.PageTrailText;
import org.pagetrail.simulation.whatif.Explanation;
import org.pagetrail.simulation.whatif.WhatIf;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.file.PageEvents;
import org.pagetrail.store.fold.OffHeapStores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail audit}: how a guest page became what it is. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Tells how the page at a guest physical address became what it is: region, memslot,",
      "host page, fault, mapping, each access after it, with rule, commit and source line.",
      "Three sentences on top can be quoted in a mail."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail audit hang.trail --gpa 0x4000000",
      "  pagetrail audit captures/boots/stock-6.1-bios64-thpnever --gpa 0x4000000 --json"
    })
public final class AuditCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @Option(
      names = "--gpa",
      paramLabel = "ADDR",
      required = true,
      description = "A guest physical address in the page, hexadecimal.")
  private String gpa;

  @Option(
      names = "--at",
      paramLabel = "SEQ|TIME",
      description = {
        "The moment: an event number, of the replay if there is one, or seconds such as",
        "30.5s; default: the end of the trail."
      })
  private @Nullable String at;

  @Mixin private KernelOptions kernel;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (kernel.isGiven()) {
      return print(replayed());
    }
    boolean packed = Files.isRegularFile(input) && TrailFile.isPacked(input);
    return print(packed ? stored() : whole());
  }

  /** The audit of a file, of which only what is about the page is held. */
  private PageTrail stored() {
    try (FileTrailLog log = FileTrailLog.open(input)) {
      log.reader().requireWhole();
      if (log.size() == 0) {
        return whole();
      }
      long last = log.size() - 1;
      long seq = at == null ? last : Moment.seq(at, log, spec.commandLine().getErr());
      SortedSet<Long> ends = new TreeSet<>(List.of(seq, last));
      PageEvents.Found found = log.pageEvents().about(address().gfn(), ends);
      PageSlice slice = new PageSlice(found.entries(), entry -> !isFaultElsewhere(entry, found));
      List<TrailEntry> entries = explained(slice);
      boolean stage2 =
          PageTrail.isStage2Recorded(entries) || log.reader().hasAny(Stage2Event.class);
      boolean toTheEnd = seq == last && (at == null || Moment.isTime(at));
      return PageTrail.of(toTheEnd ? entries : through(entries, seq), address(), stage2);
    }
  }

  /** A fault of which the slice has not all that decides it. */
  private static boolean isFaultElsewhere(TrailEntry entry, PageEvents.Found found) {
    return entry.event() instanceof Stage2Faulted fault && !found.isComplete(fault.gpa().gfn());
  }

  private static List<TrailEntry> through(List<TrailEntry> entries, long seq) {
    return entries.stream().takeWhile(entry -> entry.seq() <= seq).toList();
  }

  /** The slice with the rules of the recording's kernel, and what must be derived behind it. */
  private List<TrailEntry> explained(PageSlice slice) {
    try {
      Trail dense = slice.dense();
      KernelModel model = KernelChoice.of(KernelName.of(dense));
      List<TrailEntry> ruled = slice.ruledAs(Explanation.of(dense, WhatIf.replay(dense, model)));
      try (Recording recording = Recording.open(input, spec.commandLine().getErr())) {
        return UnseenWrites.derivedFor(ruled, address(), model, recording);
      }
    } catch (Trouble unknownKernel) {
      sayNoRules();
      return slice.entries();
    }
  }

  /** The audit under another kernel: one replay tells the page's names, another its history. */
  private PageTrail replayed() {
    try (Recording recording = Recording.open(input, spec.commandLine().getErr())) {
      recording.warnOfMissing(spec.commandLine().getErr());
      KernelName name = kernel.over(recording.kernel());
      KernelModel model = KernelChoice.of(name);
      PageNames names = new PageNames(address());
      RunningMoment moment = RunningMoment.of(at);
      boolean[] stage2 = {false};
      replay(
          recording,
          model,
          entry -> {
            stage2[0] |= entry.event() instanceof Stage2Event;
            if (moment.includes(entry)) {
              names.see(entry);
            }
          });
      long last = moment.seq(spec.commandLine().getErr());
      try (OffHeapStores stores = new OffHeapStores()) {
        PageTelling telling = names.telling(stage2[0], stores);
        replay(
            recording,
            model,
            entry -> {
              if (entry.seq() <= last) {
                telling.see(entry);
              }
            });
        return telling
            .end()
            .under("As " + name + " would have decided it, replayed and not recorded:");
      }
    }
  }

  private static void replay(Recording recording, KernelModel model, Consumer<TrailEntry> taker) {
    try (OffHeapStores stores = new OffHeapStores()) {
      WhatIf.running(
              recording.entries().iterator(),
              recording.survey(),
              model,
              stores,
              new WhatIf.Watcher() {})
          .forEachRemaining(taker);
    }
  }

  private PageTrail whole() {
    Trail trail = explained(TrailSource.read(input, spec.commandLine().getErr()));
    List<TrailEntry> entries = trail.entries();
    if (at != null) {
      entries = TrailCut.through(entries, Moment.seq(at, trail, spec.commandLine().getErr()));
    }
    return PageTrail.of(entries, address(), PageTrail.isStage2Recorded(trail.entries()));
  }

  private int print(PageTrail audit) {
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(JsonOutput.of(audit));
    } else {
      PageTrailText.lines(audit).forEach(print::println);
    }
    print.flush();
    return audit.findings().isEmpty() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  /** The recording with the rules of its kernel, or as it is where its kernel is not known. */
  private Trail explained(Trail recorded) {
    try {
      KernelModel model = KernelChoice.of(KernelName.of(recorded));
      Trail ruled = Explanation.of(recorded, WhatIf.replay(recorded, model));
      Trail all = new Trail();
      Recording whole = Recording.of(recorded);
      UnseenWrites.derivedFor(ruled.entries(), address(), model, whole).forEach(all::add);
      return all;
    } catch (Trouble unknownKernel) {
      sayNoRules();
      return recorded;
    }
  }

  private void sayNoRules() {
    spec.commandLine()
        .getErr()
        .println(
            "pagetrail: no rules are named, because the kernel of the recording is not known;\n"
                + "  import it with --kernel and --fix");
  }

  private Gpa address() {
    return PageAddress.parse(gpa);
  }
}
