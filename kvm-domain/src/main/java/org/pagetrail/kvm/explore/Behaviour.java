package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.model.KernelModel;

/**
 * All that one kernel can do from some starts, as a table: for every state that can be reached and
 * every operation the next state and what is seen of the step. Each row was made once by the
 * deciders; a search then only looks rows up.
 *
 * <p>The table grows breadth first. Not thread-safe; a row itself is made in parallel.
 */
final class Behaviour {
  /** Marks an operation that cannot happen in a state. */
  static final int DISABLED = -1;

  private static final int CHUNK = 4096;

  private final KernelModel model;
  private final Atlas atlas;
  private final int width;
  private final Outcomes outcomes;
  private final Map<Place, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> moveNumbers = new HashMap<>();
  private final List<String> moves = new ArrayList<>();
  private final int[] starts;
  private List<Place> frontier = new ArrayList<>();
  private int[] next = new int[0];
  private int[] seen = new int[0];
  private int[] loaded = new int[0];
  private int[] move = new int[0];
  private int depth;

  Behaviour(KernelModel model, Atlas atlas, List<Start> starts, Outcomes outcomes) {
    this.model = model;
    this.atlas = atlas;
    this.width = atlas.operations().size();
    this.outcomes = outcomes;
    this.starts = new int[starts.size()];
    for (int i = 0; i < starts.size(); i++) {
      Place place = atlas.begin(starts.get(i), model);
      this.starts[i] = place == null ? DISABLED : node(place);
    }
  }

  /** The state of each start; {@link #DISABLED} where the kernel refuses the slot. */
  int start(int start) {
    return starts[start];
  }

  /** The kernel. */
  KernelModel model() {
    return model;
  }

  int states() {
    return numbers.size();
  }

  /** How many steps from a start every state has rows for. */
  int depth() {
    return depth;
  }

  /** True if no state is left whose rows are not made: the table holds runs of any length. */
  boolean isClosed() {
    return frontier.isEmpty();
  }

  int next(int node, int operation) {
    return next[node * width + operation];
  }

  /** The number of the outcome, see {@link Outcomes}. */
  int seen(int node, int operation) {
    return seen[node * width + operation];
  }

  /** What a load found, see {@link Values}. */
  int loaded(int node, int operation) {
    return loaded[node * width + operation];
  }

  /** Where the values of the next state come from, see {@link Registers}. */
  String move(int node, int operation) {
    return moves.get(move[node * width + operation]);
  }

  /** How many values the state with the most of them has. */
  int valuesMax() {
    return moves.stream().mapToInt(String::length).max().orElse(0);
  }

  /** True if in some state the zero page holds something, which every slot would see. */
  boolean reachesOthers() {
    return numbers.keySet().stream().anyMatch(place -> place.state().host().zeroPageIsDirty());
  }

  /** Makes the rows of every state that runs of one more step reach. */
  void deepen() {
    List<Place> level = frontier;
    frontier = new ArrayList<>();
    int node = numbers.size() - level.size();
    grow(numbers.size() * width);
    for (int from = 0; from < level.size(); from += CHUNK) {
      List<Place> chunk = level.subList(from, Math.min(level.size(), from + CHUNK));
      List<List<@Nullable Object>> rows =
          IntStream.range(0, chunk.size())
              .parallel()
              .mapToObj(i -> atlas.expand(chunk.get(i), model))
              .toList();
      for (int i = 0; i < rows.size(); i++) {
        enter(node, chunk.get(i), rows.get(i));
        node++;
      }
    }
    depth++;
  }

  private void grow(int rows) {
    next = Arrays.copyOf(next, rows);
    seen = Arrays.copyOf(seen, rows);
    loaded = Arrays.copyOf(loaded, rows);
    move = Arrays.copyOf(move, rows);
  }

  private void enter(int node, Place from, List<@Nullable Object> made) {
    for (int operation = 0; operation < width; operation++) {
      int at = node * width + operation;
      Row row = atlas.enter(from, operation, made.get(operation));
      if (row == null) {
        next[at] = DISABLED;
        continue;
      }
      next[at] = node(row.next());
      seen[at] = outcomes.number(row.outcome());
      loaded[at] = row.loaded();
      move[at] = moveNumbers.computeIfAbsent(row.sources(), this::addMove);
    }
  }

  private int addMove(String sources) {
    moves.add(sources);
    return moves.size() - 1;
  }

  private int node(Place place) {
    Integer known = numbers.get(place);
    if (known != null) {
      return known;
    }
    int node = numbers.size();
    numbers.put(place, node);
    frontier.add(place);
    return node;
  }
}
