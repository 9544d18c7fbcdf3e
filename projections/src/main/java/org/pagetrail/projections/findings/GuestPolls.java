package org.pagetrail.projections.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Milestone;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * The guest polls without progress. Told by the guest's own program, or, in a trace of a real
 * guest, by its end: the run did not reach the shell, and for its last {@link #EXITS_MIN} exits or
 * more a processor neither faulted nor reached a device and was found at a few places only.
 */
final class GuestPolls implements FindingFold {
  /** Fewer exits than this do not show a loop. */
  static final long EXITS_MIN = 500;

  /** What {@code RunEnded} says of a firmware run that came through. */
  private static final String REACHED = "shell";

  private final Ledger told;
  private final NavigableMap<Integer, QuietStretch> quiet;
  private List<PageSpan> polled;
  private List<Finding> ended;

  GuestPolls() {
    this(Ledger.byGuestFrame(FindingKind.GUEST_POLLS), new TreeMap<>());
  }

  private GuestPolls(Ledger told, NavigableMap<Integer, QuietStretch> quiet) {
    this.told = told;
    this.quiet = quiet;
    this.polled = List.of();
    this.ended = List.of();
  }

  @Override
  public FindingFold fork() {
    NavigableMap<Integer, QuietStretch> copy = new TreeMap<>();
    quiet.forEach((vcpu, stretch) -> copy.put(vcpu, stretch.fork()));
    GuestPolls fork = new GuestPolls(told.fork(), copy);
    fork.polled = polled;
    fork.ended = ended;
    return fork;
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    switch (entry.event()) {
      case GuestHung hung -> hung(hung, entry, state);
      case GuestEvent.GuestReached reached -> progress(entry);
      case GuestEvent.GuestStepped stepped -> progress(entry);
      case KvmEvent.VcpuExited exited -> exited(exited, Origin.of(entry));
      case KvmEvent.Stage2Faulted faulted -> quiet.remove(faulted.vcpu());
      case KvmEvent.MmioExited exited -> quiet.remove(exited.vcpu());
      case KvmEvent.RunReturned returned -> quiet.remove(returned.vcpu());
      default -> {}
    }
    Milestone outcome = state.run().outcome();
    if (outcome != null && outcome.origin().seq() == entry.seq()) {
      ended = atEnd(outcome);
    }
  }

  private void hung(GuestHung hung, TrailEntry entry, MachineState state) {
    Memslot slot = state.slots().at(hung.gpa());
    String detail =
        "reads "
            + Hex.of(hung.seen())
            + ", waits for "
            + Hex.of(hung.wanted())
            + " in bits "
            + Hex.of(hung.mask());
    PageSpan page = new PageSpan(hung.gpa().gfn().value(), 1);
    polled = List.of(page);
    told.note(
        page,
        new Tally(
            slot == null ? null : slot.id(),
            null,
            null,
            entry.seq(),
            entry.seq(),
            1,
            Evidence.of(Origin.of(entry)),
            -1,
            detail));
  }

  private void progress(TrailEntry entry) {
    polled.forEach(page -> told.close(page, entry.seq()));
    polled = List.of();
    quiet.clear();
  }

  private void exited(KvmEvent.VcpuExited exited, Origin origin) {
    if (isIdle(exited.reason())) {
      quiet.remove(exited.vcpu());
    } else {
      QuietStretch stretch = quiet.get(exited.vcpu());
      if (stretch == null) {
        quiet.put(exited.vcpu(), new QuietStretch(exited, origin));
      } else {
        stretch.add(exited, origin);
      }
    }
  }

  /** A guest that waits for an interrupt does not poll. */
  private static boolean isIdle(String reason) {
    return reason.contains("WFx") || reason.contains("WFI") || reason.contains("HLT");
  }

  private List<Finding> atEnd(Milestone outcome) {
    List<Finding> found = new ArrayList<>();
    if (!outcome.text().equals(REACHED)) {
      quiet.forEach((vcpu, stretch) -> {
        if (stretch.exits() >= EXITS_MIN) {
          found.add(loop(vcpu, stretch, outcome));
        }
      });
    }
    return found;
  }

  private static Finding loop(int vcpu, QuietStretch stretch, Milestone outcome) {
    Evidence evidence = Evidence.of(stretch.first(), outcome.origin());
    String detail =
        "vCPU "
            + vcpu
            + " stopped "
            + stretch.exits()
            + " times at "
            + stretch.places()
            + " places, without a fault or a device access, until "
            + outcome.text();
    return new Finding(
        FindingKind.GUEST_POLLS,
        null,
        null,
        null,
        0,
        stretch.first().seq(),
        stretch.first().seq(),
        1,
        evidence.standing(),
        evidence.seqs(),
        null,
        detail);
  }

  @Override
  public List<Finding> findings() {
    List<Finding> all = new ArrayList<>(told.findings());
    all.addAll(ended);
    return all;
  }
}
