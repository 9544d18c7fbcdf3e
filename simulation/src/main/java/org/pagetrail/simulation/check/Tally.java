package org.pagetrail.simulation.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.arm.Syndrome;
import org.pagetrail.kvm.model.mm.ChangePte;
import org.pagetrail.simulation.check.Comparison.Known;

/** Counts which recorded decisions a kernel explains. */
final class Tally {
  private static final int MISSES_KEPT = 512;
  private static final String UNKNOWN_RULE = "unknown/";

  /** One decision on either side. */
  private record Part(
      Event event, boolean retKnown, @Nullable Citation rule, @Nullable Source source) {}

  private final Set<DecisionKind> traced;
  private final HostSettings host;
  private final boolean arm;
  private final boolean tellsEntryChanges;
  private final List<Miss> misses = new ArrayList<>();
  private long explained;
  private long unexplained;
  private long unknown;

  Tally(Set<DecisionKind> traced, HostSettings host, KernelModel kernel) {
    this.traced = traced;
    this.host = host;
    this.arm = kernel.arch() == Arch.ARM64 || kernel.arch() == Arch.ARM;
    this.tellsEntryChanges =
        !kernel.answers(ChangePte.class) || kernel.rule(ChangePte.class) == ChangePte.NOTIFIED;
  }

  long unexplained() {
    return unexplained;
  }

  Score score(long stoppedAt) {
    return new Score(explained, unexplained, unknown, misses, stoppedAt);
  }

  /** Compares all decisions about one stimulus; true if none differs. */
  boolean compare(RecordedStep step, List<Decision> derived) {
    Map<DecisionKind, List<Part>> was = new EnumMap<>(DecisionKind.class);
    Map<DecisionKind, List<Part>> is = new EnumMap<>(DecisionKind.class);
    for (TrailEntry entry : step.decided()) {
      boolean retKnown = entry.standing() != Standing.ASSUMED;
      add(was, new Part(entry.event(), retKnown, null, entry.source()));
    }
    boolean open = false;
    for (Decision decision : derived) {
      open |= decision.event() instanceof Undecided;
      add(is, new Part(decision.event(), true, decision.rule(), null));
    }
    if (step.fault() == null) {
      dropStimulus(step, was);
      dropStimulus(step, is);
    }
    join(was);
    join(is);
    Frames frames = Frames.of(step.lookup(), lookupIn(derived), host);
    long before = unexplained;
    for (DecisionKind kind : DecisionKind.values()) {
      List<Part> recorded = was.getOrDefault(kind, List.of());
      compare(step, kind, recorded, is.getOrDefault(kind, List.of()), frames, open);
    }
    if (step.entry().event() instanceof EntryChanged) {
      announced(step);
    }
    return unexplained == before;
  }

  private static @Nullable PfnResolved lookupIn(List<Decision> decisions) {
    PfnResolved found = null;
    for (Decision decision : decisions) {
      found = decision.event() instanceof PfnResolved lookup ? lookup : found;
    }
    return found;
  }

  /** A notifier call from outside is a stimulus, not a decision. */
  private static void dropStimulus(RecordedStep step, Map<DecisionKind, List<Part>> parts) {
    DecisionKind kind = DecisionKind.of(step.entry().event());
    if (kind == DecisionKind.INVALIDATION || kind == DecisionKind.ENTRY_CHANGE) {
      parts.remove(kind);
    }
  }

  /** Later kernels do not announce that an entry maps another page. */
  private void announced(RecordedStep step) {
    if (tellsEntryChanges) {
      explained++;
    } else {
      miss(
          new Miss(
              step.entry().seq(),
              step.entry().source(),
              DecisionKind.ENTRY_CHANGE,
              DecisionText.of(step.entry().event()),
              "KVM is told",
              "KVM is not told",
              ChangePte.NOT_NOTIFIED.id()));
    }
  }

  private void add(Map<DecisionKind, List<Part>> parts, Part part) {
    DecisionKind kind = DecisionKind.of(part.event());
    if (kind != null && traced.contains(kind)) {
      parts.computeIfAbsent(kind, _ -> new ArrayList<>()).add(part);
    }
  }

  private static void join(Map<DecisionKind, List<Part>> parts) {
    List<Part> unmappings = parts.get(DecisionKind.UNMAPPING);
    if (unmappings != null && unmappings.size() > 1) {
      Part first = unmappings.getFirst();
      Collection<GpaRange> ranges =
          Comparison.joined(
              unmappings.stream().map(part -> ((Stage2Unmapped) part.event()).range()).toList());
      parts.put(
          DecisionKind.UNMAPPING,
          ranges.stream()
              .map(range -> new Part(new Stage2Unmapped(range), true, first.rule(), first.source()))
              .toList());
    }
  }

  private void compare(
      RecordedStep step,
      DecisionKind kind,
      List<Part> was,
      List<Part> is,
      Frames frames,
      boolean open) {
    int count = Math.max(was.size(), is.size());
    if (count == 0 && kind == DecisionKind.EXIT && step.fault() != null && !open) {
      explained += traced.contains(kind) ? 1 : 0;
    }
    for (int i = 0; i < count; i++) {
      Part recorded = i < was.size() ? was.get(i) : null;
      Part derived = i < is.size() ? is.get(i) : null;
      if (recorded != null
          && derived != null
          && Comparison.agree(
              recorded.event(),
              derived.event(),
              new Known(frames, recorded.retKnown(), widthKnown(step.fault())))) {
        explained++;
      } else if (open || isOpen(derived)) {
        unknown++;
      } else {
        miss(step, kind, recorded, derived);
      }
    }
  }

  private void miss(
      RecordedStep step, DecisionKind kind, @Nullable Part recorded, @Nullable Part derived) {
    Source source = recorded == null ? null : recorded.source();
    Citation rule = derived == null ? null : derived.rule();
    miss(
        new Miss(
            step.entry().seq(),
            source == null ? step.entry().source() : source,
            kind,
            DecisionText.of(step.entry().event()),
            recorded == null ? DecisionText.none(kind) : DecisionText.of(recorded.event()),
            derived == null ? DecisionText.none(kind) : DecisionText.of(derived.event()),
            rule == null ? "" : rule.rule()));
  }

  private void miss(Miss miss) {
    unexplained++;
    if (misses.size() < MISSES_KEPT) {
      misses.add(miss);
    }
  }

  /** A decision of which a part is not known to the model. */
  private static boolean isOpen(@Nullable Part derived) {
    Citation rule = derived == null ? null : derived.rule();
    return rule != null
        && (rule.rule().startsWith(UNKNOWN_RULE)
            || rule.inputs().stream().anyMatch(in -> in.value().startsWith(UNKNOWN_RULE)));
  }

  private boolean widthKnown(@Nullable Stage2Faulted fault) {
    return arm && fault != null && Syndrome.widthOf(fault.syndrome(), 0) > 0;
  }
}
