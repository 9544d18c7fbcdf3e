package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.run.RunStores;

/**
 * Decides what recorded entries make happen, and writes it: the model's state, the end of the
 * replay, and which recorded entries stand in it.
 *
 * <p>As long as another kernel decides the same, one state stands for both: each decision is made
 * by both, and where the events differ {@link #parts} says so and {@link #other} goes back to
 * before the entry.
 */
final class Decisions {
  private final KvmDecider kvm;
  private final RecentEntries recent;
  private final ReplayWriter writer;
  private @Nullable KvmDecider shadow;
  private KvmState state;
  private @Nullable Before before;
  private boolean parts;

  /** What was, before an entry. */
  private record Before(ReplayWriter writer, KvmState state, List<Long> goneSince) {}

  private Decisions(KernelModel kernel, RecentEntries recent, ReplayWriter writer, KvmState state) {
    this.kvm = new KvmDecider(kernel);
    this.recent = recent;
    this.writer = writer;
    this.state = state;
  }

  /**
   * Nothing is decided yet.
   *
   * @param other another kernel that is to decide too; null if there is none
   * @param stores where the state is kept; null for the heap
   */
  static Decisions of(
      KvmState start, KernelModel kernel, @Nullable KernelModel other, @Nullable RunStores stores) {
    ReplayWriter writer = new ReplayWriter();
    if (stores != null) {
      writer.settleIn(stores);
    }
    Decisions decisions =
        new Decisions(
            kernel, new RecentEntries(), writer, stores == null ? start : start.settledIn(stores));
    decisions.shadow = other == null ? null : new KvmDecider(other);
    return decisions;
  }

  /** The kernel that decides. */
  KernelModel kernel() {
    return kvm.model();
  }

  /** The kernel that decides the same so far; the same kernel if there is no other. */
  KernelModel otherKernel() {
    return shadow == null ? kvm.model() : shadow.model();
  }

  /** True if the other kernel decides the last entry otherwise. */
  boolean parts() {
    return parts;
  }

  /** The model's state. */
  KvmState state() {
    return state;
  }

  /** The end of the replay. */
  ReplayWriter writer() {
    return writer;
  }

  /** Where a recorded entry stands in the replay, -1 if it does not. */
  long place(long seq) {
    return recent.place(seq);
  }

  /** Says where a recorded entry stands in the replay. */
  void place(long seq, long replaySeq) {
    recent.place(seq, replaySeq);
  }

  /** Puts what was learnt of pages into the stores. */
  void settle() {
    state = state.settled();
    writer.settle();
  }

  /** Goes on to the next recorded entry. */
  void begin(long seq, boolean isFault) {
    if (shadow != null && !parts) {
      before = new Before(writer.copy(), state, new ArrayList<>());
    }
    writer.begin();
    recent.begin(seq, isFault);
  }

  /** What the other kernel decided before the last entry; from here on each decides alone. */
  Decisions other() {
    if (shadow == null || before == null) {
      throw new IllegalStateException("no other kernel was given");
    }
    Decisions other =
        new Decisions(shadow.model(), recent.fork(), before.writer.fork(), before.state.forked());
    before.goneSince.forEach(seq -> other.recent.gone(seq, false));
    before = null;
    shadow = null;
    return other;
  }

  /** Decides a command and returns the seq of its first event, or -1 if there is none. */
  long decide(TrailEntry behind, KvmCommand command, long trigger, Standing standing) {
    KvmDecider.Outcome outcome = kvm.outcome(state, command);
    List<Decision> others = othersOf(outcome.decisions(), command);
    long first = -1;
    long previous = trigger;
    long place = recent.place(behind.seq());
    for (int i = 0; i < outcome.decisions().size(); i++) {
      Decision decision = outcome.decisions().get(i);
      if (place >= 0 && decision.event().equals(behind.event())) {
        previous = place;
        continue;
      }
      SortedSet<Long> causes = writer.factsBehind(decision.event());
      if (previous >= 0) {
        causes.add(previous);
      }
      previous =
          writer.append(
              behind.timeNanos(),
              standing,
              decision.event(),
              causes,
              decision.rule(),
              decision.event(),
              others.get(i).rule());
      first = first < 0 ? previous : first;
    }
    state = outcome.after();
    return first;
  }

  /** The same decisions as the other kernel makes them; notes if it makes others. */
  private List<Decision> othersOf(List<Decision> decisions, KvmCommand command) {
    if (shadow == null || parts) {
      return decisions;
    }
    List<Decision> others = shadow.decide(state, command);
    parts = others.size() != decisions.size();
    for (int i = 0; i < decisions.size() && !parts; i++) {
      parts = !decisions.get(i).event().equals(others.get(i).event());
    }
    return parts ? decisions : others;
  }

  /** Writes a recorded entry as it is. */
  void copy(TrailEntry entry) {
    SortedSet<Long> causes = new TreeSet<>();
    for (long cause : entry.causes()) {
      long place = recent.place(cause);
      if (place >= 0) {
        causes.add(place);
      }
    }
    recent.place(entry.seq(), writer.copy(entry, causes));
  }

  /** Whether the cause of an entry does not happen, and so it does not either. */
  boolean vanishes(TrailEntry entry) {
    for (long cause : entry.causes()) {
      if (recent.isGone(cause)) {
        vanish(entry.seq());
        return true;
      }
    }
    return false;
  }

  /** Says that an entry does not happen. */
  void vanish(long seq) {
    if (before != null && !recent.isGone(seq)) {
      before.goneSince.add(seq);
    }
    recent.gone(seq, true);
  }

  /** Whether a fault made an entry happen. */
  boolean isCausedByFault(TrailEntry entry) {
    for (long cause : entry.causes()) {
      if (recent.isFault(cause)) {
        return true;
      }
    }
    return false;
  }
}
