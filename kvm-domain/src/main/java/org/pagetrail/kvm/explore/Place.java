package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.model.KernelModel;

/**
 * All states that have one key, with the state that was met first to stand for them, and the rows
 * that were made of it. Rows are added by one thread.
 */
final class Place {
  /** A step: from where, what, and under which kernel. */
  record Arrival(Place from, Operation operation, KernelModel model) {}

  private final TableLine line;
  private final KvmState state;
  private final @Nullable Arrival arrival;
  private final List<Long> values;
  private final int stamp;
  private final List<List<Row>> rows = new ArrayList<>();

  /**
   * A state.
   *
   * @param line the scenario that led here
   * @param arrival the step that led here first, null at a start
   * @param values the values in the order of the key
   * @param stamp larger than that of each value
   */
  Place(
      TableLine line,
      KvmState state,
      @Nullable Arrival arrival,
      List<Long> values,
      int stamp,
      int operations) {
    this.line = line;
    this.state = state;
    this.arrival = arrival;
    this.values = List.copyOf(values);
    this.stamp = stamp;
    for (int i = 0; i < operations; i++) {
      rows.add(new ArrayList<>(1));
    }
  }

  TableLine line() {
    return line;
  }

  KvmState state() {
    return state;
  }

  @Nullable Arrival arrival() {
    return arrival;
  }

  List<Long> values() {
    return values;
  }

  int stamp() {
    return stamp;
  }

  /** The row of an operation under a kernel, null if it was not made. */
  @Nullable Row row(int operation, KernelModel model) {
    for (Row row : rows.get(operation)) {
      if (row.holdsUnder(model)) {
        return row;
      }
    }
    return null;
  }

  void add(int operation, Row row) {
    rows.get(operation).add(row);
  }
}
