package org.pagetrail.projections.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
 * guest, by its end: the run did not reach the shell, and since its last fault or device access a
 * processor was found at a few places only ({@link #EXITS_MIN} exits or more), or not heard of at
 * all for {@link #SILENT_NANOS_MIN} or longer.
 */
final class GuestPolls implements FindingFold {
  /** Fewer exits than this do not show a loop. */
  static final long EXITS_MIN = 500;

  /** A shorter silence may be work that needs neither memory nor devices: ten seconds. */
  static final long SILENT_NANOS_MIN = 10_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** What {@code RunEnded} says of a firmware run that came through. */
  private static final String REACHED = "shell";

  private final Ledger told;
  private final NavigableMap<Integer, VcpuStretch> stretches;
  private List<PageSpan> polled;
  private List<Finding> ended;
  private Consumer<List<Finding>> listener = shown -> {};

  GuestPolls() {
    this(Ledger.byGuestFrame(FindingKind.GUEST_POLLS), new TreeMap<>());
  }

  private GuestPolls(Ledger told, NavigableMap<Integer, VcpuStretch> stretches) {
    this.told = told;
    this.stretches = stretches;
    this.polled = List.of();
    this.ended = List.of();
  }

  @Override
  public FindingFold fork() {
    NavigableMap<Integer, VcpuStretch> copy = new TreeMap<>();
    stretches.forEach((vcpu, stretch) -> copy.put(vcpu, stretch.fork()));
    GuestPolls fork = new GuestPolls(told.fork(), copy);
    fork.polled = polled;
    fork.ended = ended;
    return fork;
  }

  @Override
  public List<Book> books() {
    return List.of(told.book());
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    switch (entry.event()) {
      case GuestHung hung -> hung(hung, entry, state);
      case GuestEvent.GuestReached reached -> progress(entry);
      case GuestEvent.GuestStepped stepped -> progress(entry);
      case KvmEvent.VcpuExited exited -> exited(exited, entry);
      case KvmEvent.Stage2Faulted faulted -> worked(faulted.vcpu(), entry);
      case KvmEvent.MmioExited exited -> worked(exited.vcpu(), entry);
      case KvmEvent.RunReturned returned -> returned(returned, entry);
      default -> {}
    }
    Milestone outcome = state.run().outcome();
    if (outcome != null && outcome.origin().seq() == entry.seq()) {
      end(atEnd(outcome));
    }
  }

  void tellEnd(Consumer<List<Finding>> told) {
    listener = told;
  }

  /** The end of the run shows this. */
  void end(List<Finding> shown) {
    ended = shown;
    listener.accept(shown);
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
    stretches.clear();
  }

  private void worked(int vcpu, TrailEntry entry) {
    stretches.put(vcpu, new VcpuStretch(entry));
  }

  /** A guest that waits for an interrupt does not poll. */
  private void exited(KvmEvent.VcpuExited exited, TrailEntry entry) {
    if (isIdle(exited.reason())) {
      stretches.put(exited.vcpu(), new VcpuStretch(entry));
    } else {
      stretches
          .computeIfAbsent(exited.vcpu(), vcpu -> new VcpuStretch(entry))
          .interrupted(exited, entry);
    }
  }

  private static boolean isIdle(String reason) {
    return reason.contains("WFx") || reason.contains("WFI") || reason.contains("HLT");
  }

  /** KVM_RUN that fails was stopped from outside, by a signal; the guest did nothing. */
  private void returned(KvmEvent.RunReturned returned, TrailEntry entry) {
    VcpuStretch stretch = stretches.get(returned.vcpu());
    if (returned.errno() == 0 || stretch == null) {
      worked(returned.vcpu(), entry);
    } else {
      stretch.heard(entry);
    }
  }

  private List<Finding> atEnd(Milestone outcome) {
    List<Finding> found = new ArrayList<>();
    if (!outcome.text().equals(REACHED)) {
      stretches.forEach((vcpu, stretch) -> {
        String detail = stuck(vcpu, stretch);
        if (detail != null) {
          found.add(finding(stretch, outcome, detail + ", until " + outcome.text()));
        }
      });
    }
    return found;
  }

  private static @Nullable String stuck(int vcpu, VcpuStretch stretch) {
    if (stretch.exits() >= EXITS_MIN) {
      return "vCPU "
          + vcpu
          + " stopped "
          + stretch.exits()
          + " times at "
          + stretch.places()
          + " places, without a fault or a device access";
    }
    if (stretch.silentNanos() >= SILENT_NANOS_MIN) {
      return "nothing is recorded of vCPU "
          + vcpu
          + " for "
          + stretch.silentNanos() / NANOS_PER_SECOND
          + " s, so whether it polls or waits is not known";
    }
    return null;
  }

  private static Finding finding(VcpuStretch stretch, Milestone outcome, String detail) {
    Evidence evidence = Evidence.of(stretch.first(), outcome.origin());
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
