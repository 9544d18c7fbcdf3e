package org.pagetrail.simulation.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.simulation.Provenance;
import org.pagetrail.simulation.reaction.Command;
import org.pagetrail.simulation.reaction.Reaction;
import org.pagetrail.simulation.reaction.Situation;

/**
 * The three deciders with their states, coupled by reactions, writing one trail. An event is
 * appended, evolves its domain's state, and then the commands that react to it are decided before
 * the next event of the same batch: the trail reads in the order of cause and effect.
 */
public final class CoupledLayers {
  private final Layers layers;
  private final Dispatch dispatch;
  private final List<Reaction> reactions;
  private final Trail trail;
  private final Provenance provenance;
  private final Situation situation;

  /** What is known of a trail up to where a machine takes over. */
  public static final class Past {
    private final Provenance provenance = new Provenance();
    private final Situation situation = new Situation();

    /** Takes the next entry. */
    public void see(TrailEntry entry) {
      provenance.apply(entry);
      situation.apply(entry.event());
    }

    /** Moves what grows with the pages into stores. */
    public void settleIn(RunStores stores) {
      provenance.settleIn(stores);
    }

    /** Puts what was learnt into the stores. */
    public void settle() {
      provenance.settle();
    }

    private static Past of(Trail trail) {
      Past past = new Past();
      trail.entries().forEach(past::see);
      return past;
    }
  }

  /** What waits to happen: a decided event, or a command still to be decided. */
  private sealed interface Step {
    record Happen(Decision decision, Batch batch) implements Step {}

    record Decide(Command command, long cause) implements Step {}
  }

  /** The events of one decision share their trigger and follow each other. */
  private static final class Batch {
    private long previous;

    private Batch(long trigger) {
      this.previous = trigger;
    }
  }

  /** A machine whose events go to the end of {@code trail}. */
  public CoupledLayers(Layers layers, Dispatch dispatch, List<Reaction> reactions, Trail trail) {
    this(layers, dispatch, reactions, trail, Past.of(trail));
  }

  /**
   * A machine that goes on with a trail.
   *
   * @param past what is known of all entries before the end of {@code trail}
   */
  public CoupledLayers(
      Layers layers, Dispatch dispatch, List<Reaction> reactions, Trail trail, Past past) {
    this.layers = layers;
    this.dispatch = dispatch;
    this.reactions = List.copyOf(reactions);
    this.trail = trail;
    this.provenance = past.provenance;
    this.situation = past.situation;
  }

  /**
   * Decides a command and everything that follows from it.
   *
   * @param cause the seq of the event behind the command, or null if there is none
   * @param mostEvents a bound on the trail's length, against a guest that never ends
   * @return false if the bound was reached first
   */
  public boolean run(Command command, @Nullable Long cause, long mostEvents) {
    Deque<Step> steps = new ArrayDeque<>();
    steps.push(new Step.Decide(command, cause == null ? -1 : cause));
    while (!steps.isEmpty()) {
      if (trail.size() >= mostEvents) {
        return false;
      }
      switch (steps.pop()) {
        case Step.Decide(Command next, long trigger) -> {
          Batch batch = new Batch(trigger);
          for (Decision decision : dispatch.decide(layers, next).reversed()) {
            steps.push(new Step.Happen(decision, batch));
          }
        }
        case Step.Happen(Decision decision, Batch batch) -> {
          TrailEntry entry = append(decision, batch);
          for (Reaction reaction : reactions.reversed()) {
            for (Command next : reaction.react(entry.event(), situation).reversed()) {
              steps.push(new Step.Decide(next, entry.seq()));
            }
          }
        }
      }
    }
    return true;
  }

  /**
   * Brings the monitor to where a recording has it, without writing to the trail: the recording
   * shows what came of these events already.
   */
  public void adopt(QemuCommand command) {
    for (Decision decision : layers.decide(new Command.ToQemu(command))) {
      if (decision.event() instanceof QemuEvent event) {
        layers.evolve(event);
      }
      situation.apply(decision.event());
    }
  }

  private TrailEntry append(Decision decision, Batch batch) {
    SortedSet<Long> causes = provenance.factsBehind(decision.event());
    if (batch.previous >= 0) {
      causes.add(batch.previous);
    }
    TrailEntry entry = trail.derived(null, decision.event(), causes, decision.rule());
    batch.previous = entry.seq();
    layers.evolve(entry.event());
    provenance.apply(entry);
    situation.apply(entry.event());
    return entry;
  }
}
