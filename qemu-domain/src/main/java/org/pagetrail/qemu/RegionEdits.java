package org.pagetrail.qemu;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.events.QemuEvent.RegionAttributeSet;
import org.pagetrail.events.QemuEvent.RegionCreated;
import org.pagetrail.events.QemuEvent.RegionPlaced;
import org.pagetrail.events.QemuEvent.RegionRemoved;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.QemuEvent.RomdModeChanged;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.Region.Place;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Move;
import org.pagetrail.qemu.region.RegionOp.Remove;
import org.pagetrail.qemu.region.RegionOp.SetRomd;
import org.pagetrail.qemu.region.Wide;
import org.pagetrail.qemu.rule.Rule;

/**
 * Carries out a transaction on the region tree and rebuilds the maps if it may have changed them.
 */
final class RegionEdits {
  static final Rule TRANSACTION =
      new Rule(
          "qemu/region/transaction",
          "The maps are rebuilt when the outermost transaction ends and one of its steps may show:"
              + " judged at the region itself, not by whether a guest can reach it.",
          "QEMU 2.1 to 10.2, memory.c");

  private static final int DEPTH_MAX = 100;
  private static final long VISITS_MAX = 100_000;

  private final Draft draft;
  private final HostMemory memory;
  private boolean pending;

  RegionEdits(Draft draft, HostMemory memory) {
    this.draft = draft;
    this.memory = memory;
  }

  /** Applies the steps and, if need be, rebuilds the maps once. */
  static void commit(Draft draft, HostMemory memory, List<RegionOp> ops) throws Impossible {
    RegionEdits edits = new RegionEdits(draft, memory);
    for (RegionOp op : ops) {
      edits.apply(op);
    }
    edits.checkThatViewsStaySmall(ops);
    if (edits.pending) {
      new MapRebuild(draft).run();
    }
  }

  /** Aliases of aliases can make a small tree render without end. */
  private void checkThatViewsStaySmall(List<RegionOp> ops) throws Impossible {
    boolean grows = ops.stream().anyMatch(op -> op instanceof Add || op instanceof Create);
    for (AddressSpace space : grows ? draft.state().spaces().spaces() : List.<AddressSpace>of()) {
      long visits = draft.state().tree().renderVisits(space.root(), DEPTH_MAX);
      if (visits > VISITS_MAX) {
        throw new Impossible(
            space.name()
                + " would take more than "
                + VISITS_MAX
                + " regions to render, or be"
                + " nested more than "
                + DEPTH_MAX
                + " deep");
      }
    }
  }

  private void apply(RegionOp op) throws Impossible {
    switch (op) {
      case Create create -> create(create);
      case Add add -> place(add.region(), add.container(), add.address(), add.priority());
      case Remove remove -> remove(remove.region());
      case Move move -> move(move);
      case RegionOp.Set set -> set(set);
      case SetRomd set -> setRomd(set);
    }
  }

  private void create(Create create) throws Impossible {
    if (draft.state().tree().find(create.region()) != null) {
      throw new Impossible("there is a region called " + create.region() + " already");
    }
    boolean alias = create.kind() == RegionType.ALIAS;
    String target = create.target();
    if (alias != (target != null)) {
      throw new Impossible(create.region() + " must have a target just if it is an alias");
    }
    if (target != null) {
      region(target);
    }
    if (hasHostMemory(create.kind())) {
      if (create.size() <= 0) {
        throw new Impossible("RAM block " + create.region() + " must have 1 to 2^63 - 1 bytes");
      }
      ByteSize size = new ByteSize(create.size());
      memory.allocate(draft, create.region(), size, create.hva(), null);
    }
    draft.add(
        new RegionCreated(
            create.region(), create.name(), create.kind(), create.size(), target, create.offset()),
        TRANSACTION);
  }

  private static boolean hasHostMemory(RegionType kind) {
    return kind == RegionType.RAM || kind == RegionType.RAM_DEVICE || kind == RegionType.ROM_DEVICE;
  }

  private void place(String id, String containerId, long address, int priority) throws Impossible {
    Region region = region(id);
    Region container = region(containerId);
    if (region.place() != null) {
      throw new Impossible(id + " lies in " + region.place().container() + " already");
    }
    if (container.kind() == RegionType.ALIAS) {
      throw new Impossible("alias " + containerId + " cannot contain " + id);
    }
    if (draft.state().tree().isReachable(containerId, id)) {
      throw new Impossible(id + " would contain itself through " + containerId);
    }
    draft.add(new RegionPlaced(id, containerId, address, priority), TRANSACTION);
    pending |= region.is(Mark.ENABLED) && container.is(Mark.ENABLED);
  }

  private void remove(String id) throws Impossible {
    Region region = region(id);
    Place place = region.place();
    if (place == null) {
      throw new Impossible(id + " lies in no container");
    }
    Region container = region(place.container());
    draft.add(new RegionRemoved(id, container.id()), TRANSACTION);
    pending |= region.is(Mark.ENABLED) && container.is(Mark.ENABLED);
  }

  /** A region that moves is taken out and put in again, and so becomes the latest one. */
  private void move(Move move) throws Impossible {
    Place place = region(move.region()).place();
    if (place == null) {
      throw new Impossible(move.region() + " lies in no container");
    }
    if (place.address() != move.address()) {
      remove(move.region());
      place(move.region(), place.container(), move.address(), place.priority());
    }
  }

  private void set(RegionOp.Set set) throws Impossible {
    Region region = region(set.region());
    Wide old = value(region, set.attribute());
    Wide fresh =
        set.attribute() == RegionAttribute.SIZE
            ? Wide.ofRegionSize(set.value())
            : Wide.ofUnsigned(set.value());
    boolean mark =
        set.attribute() != RegionAttribute.SIZE && set.attribute() != RegionAttribute.ALIAS_OFFSET;
    if (mark && set.value() != 0 && set.value() != 1) {
      throw new Impossible(name(set.attribute()) + " of " + set.region() + " is 0 or 1");
    }
    RamBlockAllocated block = draft.state().blocks().get(region.id());
    if (set.attribute() == RegionAttribute.SIZE
        && block != null
        && fresh.compareTo(Wide.ofUnsigned(block.size().bytes())) > 0) {
      throw new Impossible(region.id() + " has only " + block.size() + " bytes of memory");
    }
    if (old.equals(fresh)) {
      return;
    }
    draft.add(new RegionAttributeSet(set.region(), set.attribute(), set.value()), TRANSACTION);
    pending |=
        switch (set.attribute()) {
          case ENABLED, SIZE -> true;
          case READ_ONLY, NONVOLATILE, ALIAS_OFFSET, DIRTY_LOG -> region.is(Mark.ENABLED);
          case UNMERGEABLE -> region.is(Mark.ENABLED);
        };
  }

  private static Wide value(Region region, RegionAttribute attribute) {
    return switch (attribute) {
      case SIZE -> region.size();
      case ALIAS_OFFSET -> Wide.ofUnsigned(region.offset());
      case ENABLED -> bit(region.is(Mark.ENABLED));
      case READ_ONLY -> bit(region.is(Mark.READ_ONLY));
      case NONVOLATILE -> bit(region.is(Mark.NONVOLATILE));
      case UNMERGEABLE -> bit(region.is(Mark.UNMERGEABLE));
      case DIRTY_LOG -> bit(region.is(Mark.DIRTY_LOG));
    };
  }

  private static Wide bit(boolean on) {
    return Wide.ofUnsigned(on ? 1 : 0);
  }

  private void setRomd(SetRomd set) throws Impossible {
    Region region = region(set.region());
    if (region.kind() != RegionType.ROM_DEVICE) {
      throw new Impossible(set.region() + " is no ROM device");
    }
    if (region.is(Mark.ROMD) != set.romd()) {
      draft.add(new RomdModeChanged(set.region(), set.romd()), TRANSACTION);
      pending |= region.is(Mark.ENABLED);
    }
  }

  private Region region(String id) throws Impossible {
    @Nullable Region region = draft.state().tree().find(id);
    if (region == null) {
      throw new Impossible("there is no region called " + id);
    }
    return region;
  }

  private static String name(RegionAttribute attribute) {
    return attribute.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
