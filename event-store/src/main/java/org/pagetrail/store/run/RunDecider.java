package org.pagetrail.store.run;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.FixRefused;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.store.run.RunCommand.ApplyFix;
import org.pagetrail.store.run.RunCommand.ImportCapture;
import org.pagetrail.store.run.RunCommand.NoteFinding;

/** Decides what is asked of a trail as a whole. */
public final class RunDecider {
  private final Function<String, Fix> fixes;

  /**
   * A decider.
   *
   * @param fixes reads a fix as users write it, by name or stated; throws an {@link
   *     IllegalArgumentException} if there is none such
   */
  public RunDecider(Function<String, Fix> fixes) {
    this.fixes = fixes;
  }

  /**
   * The entries that a command adds.
   *
   * @param size how many entries the trail has: the position of the first one added
   * @throws RunCommandRefused if the trail cannot do it
   */
  public List<TrailEntry> decide(RunState state, long size, RunCommand command) {
    return switch (command) {
      case ImportCapture capture -> importInto(size, capture);
      case ApplyFix apply -> fixed(state, size, apply.fixes());
      case NoteFinding note -> List.of(noted(state, size, note));
    };
  }

  private static List<TrailEntry> importInto(long size, ImportCapture capture) {
    if (size != 0) {
      throw new RunCommandRefused(
          "a capture goes into an empty trail, and this one has " + size + " events",
          "name another place");
    }
    long due = 0;
    for (TrailEntry entry : capture.entries()) {
      if (entry.seq() != due++) {
        throw new RunCommandRefused(
            "event " + entry.seq() + " where " + (due - 1) + " is due", "give a whole trail");
      }
    }
    return capture.entries();
  }

  private List<TrailEntry> fixed(RunState before, long size, List<String> names) {
    List<TrailEntry> entries = new ArrayList<>();
    RunState state = before;
    for (String name : names) {
      TrailEntry entry = fixed(state, size + entries.size(), name);
      entries.add(entry);
      state = state.evolve(entry);
    }
    return entries;
  }

  /** The kernel with a fix; assumed, as nobody checked that the fix was in it. */
  private TrailEntry fixed(RunState state, long size, String name) {
    HostDescribed host = state.host();
    if (host == null) {
      throw new RunCommandRefused(
          "the trail does not say which kernel the fix would go into",
          "import its capture again with --kernel and --fix");
    }
    try {
      Fix fix = fixes.apply(name);
      if (host.fixes().contains(fix.name())) {
        throw new RunCommandRefused(
            "the fix " + fix.name() + " is in already",
            "leave it out; the kernel has " + String.join(", ", host.fixes()));
      }
      KernelModel kernel = Kernels.of(Arch.of(host.arch()), host.kernel());
      for (String before : host.fixes()) {
        kernel = fixes.apply(before).applyTo(kernel);
      }
      KernelModel changed = fix.applyTo(kernel);
      return new TrailEntry(
          size,
          null,
          Standing.ASSUMED,
          new HostDescribed(
              host.arch(), host.kernel(), changed.fixes(), host.transparentHugePages()),
          List.of(state.hostSeq()),
          new Citation(
              "fix/" + fix.name(), fix.source(), List.of(new Input("change", fix.sentence()))),
          null);
    } catch (FixRefused | IllegalArgumentException e) {
      throw new RunCommandRefused(String.valueOf(e.getMessage()), "give other fixes");
    }
  }

  private static TrailEntry noted(RunState state, long size, NoteFinding note) {
    FindingNoted finding = new FindingNoted(note.kind().anchor(), note.detail());
    TreeSet<Long> evidence = new TreeSet<>(note.evidence());
    if (evidence.isEmpty()) {
      throw new RunCommandRefused(
          "a finding without evidence is not noted", "name the events that show it");
    }
    if (evidence.first() < 0 || evidence.last() >= size) {
      throw new RunCommandRefused(
          "the evidence " + evidence + " is not among the trail's " + size + " events",
          "name events of this trail");
    }
    if (state.findings().contains(finding)) {
      throw new RunCommandRefused(
          "this finding is noted already: " + finding.finding(), "leave it out");
    }
    return new TrailEntry(
        size,
        null,
        Standing.DERIVED,
        finding,
        List.copyOf(evidence),
        new Citation(
            "finding/" + note.kind().anchor(),
            "docs/findings.md",
            List.of(new Input("definition", note.kind().sentence()))),
        null);
  }
}
