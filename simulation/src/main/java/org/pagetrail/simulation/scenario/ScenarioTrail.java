package org.pagetrail.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Player;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.Provenance;

/**
 * A scenario played under a kernel, as a trail: every decision with its rule and its causes, back
 * to the operation that made it happen.
 */
public final class ScenarioTrail {
  private final Trail trail = new Trail();
  private final Provenance provenance = new Provenance();
  private final List<Long> steps = new ArrayList<>();
  private long previous;

  private ScenarioTrail() {}

  /**
   * What a scenario came to.
   *
   * @param trail the run
   * @param row the scenario as the tables have it
   * @param steps the position of each operation's marker in the trail
   * @param end the state behind the last operation
   */
  public record Played(Trail trail, String row, List<Long> steps, KvmState end) {
    /** Copies the list. */
    public Played {
      steps = List.copyOf(steps);
    }
  }

  /** Plays a scenario. */
  public static Played play(KernelModel model, RecordedHost host, TableLine line) {
    return new ScenarioTrail().run(model, host, line);
  }

  private Played run(KernelModel model, RecordedHost host, TableLine line) {
    stimulus(
        new HostDescribed(model.arch().word(), model.release(), model.fixes(), host.thp().word()));
    Player player = new Player(model, host, line, host.start(), 0, this::decided);
    player.tellCommands(this::asked);
    stimulus(Scenario.begin(line));
    String failure = player.setUp();
    List<String> rows = new ArrayList<>();
    if (!failure.isEmpty()) {
      rows.add(failure);
    } else {
      for (char operation : line.sequence().toCharArray()) {
        steps.add(trail.size());
        stimulus(Scenario.step(operation));
        rows.add(player.step(operation));
      }
    }
    return new Played(trail, line.row(rows), steps, player.state());
  }

  private void asked(KvmCommand command) {
    if (command instanceof KvmCommand.AccessMemory access) {
      append(
          new GuestAccessed(
              access.vcpu(), access.access(), access.gpa(), access.width(), access.value()),
          Standing.ASSUMED,
          null);
    }
  }

  private void decided(Decision decision) {
    append(decision.event(), Standing.ofDecision(decision.event()), decision.rule());
  }

  private void stimulus(Event event) {
    previous = -1;
    append(event, Standing.ASSUMED, null);
  }

  private void append(Event event, Standing standing, @Nullable Citation rule) {
    SortedSet<Long> causes = provenance.factsBehind(event);
    if (previous >= 0) {
      causes.add(previous);
    }
    TrailEntry entry =
        new TrailEntry(trail.size(), null, standing, event, List.copyOf(causes), rule, null);
    trail.add(entry);
    provenance.apply(entry);
    previous = entry.seq();
  }
}
