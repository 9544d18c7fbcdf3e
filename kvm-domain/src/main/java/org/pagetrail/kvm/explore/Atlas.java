package org.pagetrail.kvm.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Backings;
import org.pagetrail.kvm.conform.Player;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.explore.Outcomes.Outcome;
import org.pagetrail.kvm.model.KernelModel;

/**
 * The states met so far and the rows made of them, whichever kernel met them first: a step that
 * asked only what two kernels answer alike is played once for both.
 */
final class Atlas {
  /** A step that was played, and the key of where it leads. */
  private record Played(
      KernelModel model, Operation operation, Set<String> asked, Step step, StateKey key) {}

  private final RecordedHost host;
  private final List<Operation> operations;
  private final Watch watch;
  private final Map<String, Place> places = new HashMap<>();
  private long played;

  Atlas(RecordedHost host, List<Operation> operations, Watch watch) {
    this.host = host;
    this.operations = operations;
    this.watch = watch;
  }

  List<Operation> operations() {
    return operations;
  }

  /** How many steps the deciders played. */
  long played() {
    return played;
  }

  /** Where runs from a start begin, null if the kernel refuses the slot. */
  @Nullable Place begin(Start start, KernelModel model) {
    TableLine line = start.line("");
    Player player = new Player(model, host, line);
    return player.setUp().isEmpty()
        ? place(StateKeys.of(player.state()), line, player.state(), null, 1)
        : null;
  }

  /**
   * What looked at the run that led to a place first. It is made again when it is needed: kept, it
   * would take many times the memory of the place.
   */
  private Watch watchAt(Place place, KernelModel any) {
    Deque<Place.Arrival> run = new ArrayDeque<>();
    Place.Arrival arrival = place.arrival();
    while (arrival != null) {
      run.push(arrival);
      arrival = arrival.from().arrival();
    }
    Watch looks = watch.fork();
    KernelModel first = run.isEmpty() ? any : run.getFirst().model();
    new Player(first, host, place.line(), host.start(), 0, looks::see).setUp();
    for (Place.Arrival step : run) {
      Place from = step.from();
      new Player(step.model(), host, from.line(), from.state(), from.stamp(), looks::see)
          .step(step.operation().letter());
    }
    return looks;
  }

  /** Makes the row of each operation in a place; enters nothing, so that threads may share it. */
  List<@Nullable Object> expand(Place from, KernelModel model) {
    List<@Nullable Object> row = new ArrayList<>(operations.size());
    Watch before = null;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (!Legality.allows(operation, from.state())) {
        row.add(null);
        continue;
      }
      Row known = from.row(i, model);
      if (known != null) {
        row.add(known);
        continue;
      }
      before = before == null ? watchAt(from, model) : before;
      row.add(play(from, model, operation, before.fork()));
    }
    return row;
  }

  private Played play(Place from, KernelModel model, Operation operation, Watch looks) {
    Set<String> asked = new HashSet<>();
    Player player =
        new Player(model.noting(asked), host, from.line(), from.state(), from.stamp(), looks::see);
    Step step = Step.play(player, looks, operation);
    return new Played(model, operation, asked, step, StateKeys.of(step.state()));
  }

  /** The row that {@link #expand} made, entered; null if the operation cannot happen. */
  @Nullable Row enter(Place from, int operation, @Nullable Object made) {
    if (!(made instanceof Played fresh)) {
      return (Row) made;
    }
    played++;
    Step step = fresh.step();
    Place.Arrival arrival = new Place.Arrival(from, fresh.operation(), fresh.model());
    Place next = place(fresh.key(), from.line(), step.state(), arrival, from.stamp() + 1);
    Row row =
        new Row(
            fresh.model(),
            fresh.asked(),
            next,
            new Outcome(step.word(), step.found()),
            Registers.outcome(from.values(), step.loads(), step.value(), from.stamp()),
            Registers.sources(from.values(), fresh.key().values(), from.stamp()));
    from.add(operation, row);
    return row;
  }

  private Place place(
      StateKey key, TableLine line, KvmState state, Place.@Nullable Arrival arrival, int stamp) {
    String whole =
        line.readOnly()
            + " "
            + line.logged()
            + " "
            + Backings.size(line.backing(), host.arch())
            + "\n"
            + key.text();
    return places.computeIfAbsent(
        whole, k -> new Place(line, state, arrival, key.values(), stamp, operations.size()));
  }
}
