package org.pagetrail.projections.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;

/**
 * What was found up to some entry, and the machine at that point. Mutable behind {@link
 * FindingsProjection}.
 */
public final class FindingsState {
  private static final MachineProjection MACHINE = new MachineProjection();

  private final MachineState machine;
  private final GuestWrites writes;
  private final ZeroPageWatch zeroPages;
  private final List<FindingFold> folds;

  FindingsState(MachineState machine) {
    this(machine, new GuestWrites(), new ZeroPageWatch(), noneFound());
  }

  private FindingsState(
      MachineState machine, GuestWrites writes, ZeroPageWatch zeroPages, List<FindingFold> folds) {
    this.machine = machine;
    this.writes = writes;
    this.zeroPages = zeroPages;
    this.folds = folds;
  }

  /** One fold for each {@link FindingKind}, in that order. */
  static List<FindingFold> noneFound() {
    return List.of(
        new SharedPageWritten(),
        new WriteDidNotExit(),
        new MappingFold(FindingKind.READ_ONLY_SLOT_WRITABLE, new ReadOnlySlotIsWritable()),
        new MappingFold(FindingKind.RAM_MAPPED_DEVICE, new RamIsMappedDevice()),
        new MappingFold(FindingKind.DEVICE_MAPPED_NORMAL, new DeviceIsMappedNormal()),
        new MappingFold(FindingKind.DEVICE_PAGE_EXECUTABLE, new DevicePageIsExecutable()),
        new StaleMapping(),
        new GuestPolls(),
        new SlotOverHole(),
        new ReferenceLeak(),
        new ZeroPageNotZero());
  }

  /** A copy that changes on its own and tells nobody; linear in the size of the state. */
  public FindingsState fork() {
    return new FindingsState(
        machine.fork(),
        writes.fork(),
        zeroPages.fork(),
        folds.stream().map(FindingFold::fork).toList());
  }

  /** The machine after the same entry. */
  public MachineState machine() {
    return machine;
  }

  /** What was found, in the order of {@link FindingKind}, then ascending by place. */
  public List<Finding> findings() {
    return findings(folds);
  }

  static List<Finding> findings(List<FindingFold> folds) {
    List<Finding> all = new ArrayList<>();
    folds.forEach(fold -> all.addAll(fold.findings()));
    return all;
  }

  /** Tells of each change of what is found from now on; {@link FoundSoFar} takes them. */
  public void tellChanges(Consumer<FoundChange> listener) {
    int number = 0;
    for (FindingFold fold : folds) {
      for (Book book : fold.books()) {
        int told = number++;
        book.tell((first, pages, tally) ->
            listener.accept(
                new FoundChange(machine.lastSeq(), told, first, pages, tally, List.of())));
      }
      if (fold instanceof GuestPolls polls) {
        polls.tellEnd(ended ->
            listener.accept(
                new FoundChange(machine.lastSeq(), FoundChange.END, 0, 0, null, ended)));
      }
    }
  }

  void apply(TrailEntry entry) {
    MACHINE.apply(machine, entry);
    Clues clues = new Clues(writes.apply(entry, machine), zeroPages.apply(entry, machine));
    for (FindingFold fold : folds) {
      fold.apply(entry, machine, clues);
    }
  }
}
