package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.PackedTrail;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Recording;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.app.text.StoredDiff;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.RunEvent.RecordingLeft;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.diff.RunningDiff;
import org.pagetrail.projections.diff.TrailDiff;
import org.pagetrail.projections.text.TrailDiffText;
import org.pagetrail.simulation.whatif.TwoKernels;
import org.pagetrail.simulation.whatif.WhatIf;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.fold.OffHeapStores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail diff}: the same stimuli under two kernels or fixes. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Replays a trail under two kernels or fixes and shows where they part: the first",
      "divergence with both decisions and their rules, the final states, the findings that",
      "only one has. Exit code 0 if nothing differs, 1 if something does, 2 for trouble.",
      "An option given once holds for both sides, if another is given twice; if none is, the left",
      "side is the kernel of the recording. Two trail files are compared as they are."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail diff hang.trail --fix bug-2014 --fix bug-2014,arch-pfn-valid",
      "  pagetrail diff captures/boots/stock-6.1-bios64-thpnever --fix none --fix bug-2014",
      "  pagetrail diff captures/boots/stock-6.1-bios64-thpnever --fix bug-2014",
      "  pagetrail diff hang.trail --fix bug-2014 --fix 'bug-2014,mine: device := !pfn.valid'",
      "  pagetrail diff hang.trail --kernel 3.17-rc --kernel 3.18 --fix none",
      "  pagetrail diff monday.trail tuesday.trail"
    })
public final class DiffCommand implements Callable<Integer> {
  /** Rows of differing states; JSON has them all. */
  private static final int ROWS_MAX = 60;

  @Parameters(index = "0", paramLabel = "TRAIL", description = "A trail file or a capture folder.")
  private Path input;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER",
      description = {
        "Another trail file: the two are compared as they are, without replaying them under",
        "a kernel; findings are left out. The part that both begin with is read once."
      })
  private @Nullable Path other;

  @Option(names = "--arch", paramLabel = "ARCH", description = "Architecture.")
  private @Nullable String arch;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "Kernel release, once or once for each side.")
  private @Nullable List<String> kernels;

  @Option(
      names = "--fix",
      paramLabel = "NAMES",
      description = {
        "Fixes from left to right, once or once for each side; also stated, as",
        "'NAME: device := EXPRESSION; ...' or @FILE (docs/judge-your-patch.md)."
      })
  private @Nullable List<String> fixes;

  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Result(
      String left,
      String right,
      TrailDiff diff,
      @Nullable RecordingLeft leftDeparts,
      @Nullable RecordingLeft rightDeparts) {}

  @Override
  public Integer call() {
    if (other != null) {
      return stored(other);
    }
    try (Recording recording = Recording.open(input, spec.commandLine().getErr());
        OffHeapStores stores = new OffHeapStores()) {
      recording.warnOfMissing(spec.commandLine().getErr());
      KernelName base = recording.kernel();
      KernelName left = left(base);
      KernelName right = side(base, 1);
      Departures departures = new Departures();
      TrailDiff diff =
          replayed(recording, KernelChoice.of(left), KernelChoice.of(right), stores, departures);
      return print(diff, left.toString(), right.toString(), departures);
    }
  }

  /** Replays a recording under both kernels at once. */
  private static TrailDiff replayed(
      Recording recording,
      KernelModel left,
      KernelModel right,
      OffHeapStores stores,
      Departures departures) {
    if (recording.survey().scenario() != null) {
      Trail whole = new Trail();
      recording.entries().forEach(whole::add);
      return TrailDiff.of(
          WhatIf.replay(whole, left).trail().entries(),
          WhatIf.replay(whole, right).trail().entries());
    }
    RunningDiff diff = RunningDiff.ofReplays(recording.hasAny(GuestAccessed.class), stores);
    TwoKernels.replay(
        recording.entries().iterator(),
        recording.survey(),
        left,
        right,
        stores,
        new TwoKernels.Taker() {
          @Override
          public void both(TrailEntry ofLeft, TrailEntry ofRight) {
            diff.both(ofLeft, ofRight);
            departures.see(List.of(ofLeft), List.of(ofRight));
          }

          @Override
          public void parted() {
            diff.part();
          }

          @Override
          public void apart(List<TrailEntry> ofLeft, List<TrailEntry> ofRight) {
            diff.apart(ofLeft, ofRight);
            departures.see(ofLeft, ofRight);
          }
        });
    return diff.end();
  }

  private int print(TrailDiff diff, String left, String right, Departures departures) {
    PrintWriter print = spec.commandLine().getOut();
    if (out.isJson()) {
      print.println(
          JsonOutput.of(new Result(left, right, diff, departures.left(), departures.right())));
    } else {
      TrailDiffText.lines(diff, left, right, ROWS_MAX).forEach(print::println);
      print.print(departures.text(left, right));
    }
    print.flush();
    return diff.isEmpty() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  /** Compares two trails as they are stored. */
  private int stored(Path second) {
    if (kernels != null || fixes != null || arch != null) {
      throw new Trouble(
          "two trails are compared as they are",
          "leave --kernel, --fix and --arch out, or name one trail");
    }
    try (FileTrailLog left = PackedTrail.open(input);
        FileTrailLog right = PackedTrail.open(second)) {
      left.reader().requireWhole();
      right.reader().requireWhole();
      String leftName = Printable.of(input.toString());
      return print(
          StoredDiff.of(left, right), leftName, Printable.of(second.toString()), new Departures());
    }
  }

  /** The left side; the kernel of the recording if only the right one is named. */
  private KernelName left(KernelName base) {
    if (kernels == null && fixes == null) {
      throw new Trouble("nothing to compare", "name two kernels or two fixes: --fix A --fix B");
    }
    if (isTwice(kernels) || isTwice(fixes)) {
      return side(base, 0);
    }
    KernelName left =
        new KernelName(arch == null ? base.arch() : arch, base.release(), base.fixes());
    if (left.equals(side(base, 1))) {
      throw new Trouble(
          "the recording is already one of " + left + ", nothing to compare it with",
          "name two kernels or two fixes: --fix A --fix B");
    }
    return left;
  }

  private static boolean isTwice(@Nullable List<String> given) {
    return given != null && given.size() > 1;
  }

  private KernelName side(KernelName base, int side) {
    String release = choose(kernels, "--kernel", side);
    String names = choose(fixes, "--fix", side);
    KernelName named =
        new KernelName(
            arch == null ? base.arch() : arch,
            release == null ? base.release() : release,
            release == null ? base.fixes() : List.of());
    return names == null ? named : named.withFixes(FixNames.split(names));
  }

  private static @Nullable String choose(@Nullable List<String> given, String option, int side) {
    if (given == null) {
      return null;
    }
    if (given.size() > 2) {
      throw new Trouble(option + " is given " + given.size() + " times", "give it once or twice");
    }
    return given.get(Math.min(side, given.size() - 1));
  }
}
