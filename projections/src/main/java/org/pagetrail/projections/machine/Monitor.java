package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;

/** What the virtual machine monitor shows the guest: flat views, RAM blocks, ROM devices. */
public final class Monitor {
  /** The monitor's name for what the processors see. */
  public static final String MEMORY = "memory";

  /** How the monitor's names for one processor's own view begin. */
  private static final String PROCESSOR = "cpu-memory";

  private final NavigableMap<String, FlatView> views;
  private final NavigableMap<String, RamBlock> blocks;
  private final NavigableMap<String, Boolean> romd;

  Monitor() {
    this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  private Monitor(
      NavigableMap<String, FlatView> views,
      NavigableMap<String, RamBlock> blocks,
      NavigableMap<String, Boolean> romd) {
    this.views = views;
    this.blocks = blocks;
    this.romd = romd;
  }

  static Monitor of(MachineBesidesPages rest) {
    Monitor monitor = new Monitor();
    rest.views().forEach(view -> monitor.views.put(view.addressSpace(), view));
    rest.ramBlocks().forEach(block -> monitor.blocks.put(block.name(), block));
    rest.romdModes().forEach(mode -> monitor.romd.put(mode.device(), mode.romd()));
    return monitor;
  }

  Monitor fork() {
    return new Monitor(new TreeMap<>(views), new TreeMap<>(blocks), new TreeMap<>(romd));
  }

  /** The committed flat views by address space, in the order of their names. */
  public Collection<FlatView> flatViews() {
    return Collections.unmodifiableCollection(views.values());
  }

  /**
   * The view of the processors: the committed one named {@code memory}, or the only one there is;
   * null if none was recorded.
   */
  public @Nullable FlatView committed() {
    FlatView memory = views.get(MEMORY);
    return memory == null && views.size() == 1 ? views.firstEntry().getValue() : memory;
  }

  /** True if the view of that name is the processors', or the only one there is. */
  public boolean isOfProcessors(String addressSpace) {
    return addressSpace.equals(MEMORY)
        || addressSpace.startsWith(PROCESSOR)
        || (views.size() == 1 && views.containsKey(addressSpace));
  }

  /** The RAM blocks in the order of their names. */
  public Collection<RamBlock> ramBlocks() {
    return Collections.unmodifiableCollection(blocks.values());
  }

  /** The RAM block that holds {@code hva}. */
  public @Nullable RamBlock blockAt(Hva hva) {
    for (RamBlock block : blocks.values()) {
      if (block.host().contains(hva)) {
        return block;
      }
    }
    return null;
  }

  /** The ROM devices whose mode the trail told. */
  List<MachineBesidesPages.RomdMode> romdModes() {
    return romd.entrySet().stream()
        .map(mode -> new MachineBesidesPages.RomdMode(mode.getKey(), mode.getValue()))
        .toList();
  }

  /** Whether a ROM device is in romd mode; null if the trail never said. */
  public @Nullable Boolean inRomdMode(String device) {
    return romd.get(device);
  }

  void apply(QemuEvent event, Origin origin) {
    switch (event) {
      case QemuEvent.FlatViewCommitted commit ->
          views.put(
              commit.addressSpace(),
              new FlatView(commit.addressSpace(), commit.ranges(), origin, false));
      case QemuEvent.RamBlockAllocated block -> allocate(block, origin);
      case QemuEvent.RomdModeChanged mode -> setRomdMode(mode);
      default -> {}
    }
  }

  /** A device that leaves romd mode is not committed again: its ranges change what they are. */
  private void setRomdMode(QemuEvent.RomdModeChanged mode) {
    romd.put(mode.device(), mode.romd());
    views.replaceAll((name, view) -> view.withRomdMode(mode.device(), mode.romd()));
  }

  private void allocate(QemuEvent.RamBlockAllocated event, Origin origin) {
    if (Long.compareUnsigned(event.hva().value() + event.size().bytes(), event.hva().value())
        >= 0) {
      HvaRange host = new HvaRange(event.hva(), event.size());
      blocks.put(event.name(), new RamBlock(event.name(), host, event.filePath(), origin));
    }
  }

  /** What the slots tell where no flat view was recorded. */
  FlatView fromSlots(Collection<Memslot> slots) {
    List<FlatRange> ranges = new ArrayList<>();
    Origin latest = new Origin(0, Standing.ASSUMED);
    for (Memslot slot : slots) {
      if (slot.id().addressSpace() == 0) {
        RamBlock block = blockAt(slot.hva());
        RegionKind kind = slot.isReadOnly() ? RegionKind.ROMD : RegionKind.RAM;
        long offset = block == null ? 0 : slot.hva().value() - block.host().start().value();
        String name = block == null ? "" : block.name();
        ranges.add(new FlatRange(slot.guest().start(), slot.guest().last(), name, kind, offset));
        latest = slot.set().seq() >= latest.seq() ? slot.set() : latest;
      }
    }
    ranges.sort(Comparator.comparing(FlatRange::start));
    return new FlatView(MEMORY, ranges, latest, true);
  }
}
