package org.pagetrail.simulation.whatif;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.follow.FlashDriverFollower;
import org.pagetrail.guest.follow.Verdict;
import org.pcollections.TreePMap;

/**
 * Tells whether the guest, given another value than the recorded one, goes on as recorded.
 * Read-only memslots are taken for flash; elsewhere every other value counts.
 */
final class GuestFollower {
  private static final Citation OTHER_VALUE =
      new Citation(
          "whatif/other-value", "by construction: a guest acts on what it reads", List.of());

  /** Where the guest leaves the recording, and the rule that says so. */
  record Leaving(String why, Citation rule) {}

  private TreePMap<Gpa, GpaRange> flash;
  private TreePMap<Gpa, FlashDriverFollower> drivers;

  GuestFollower() {
    this(TreePMap.empty(), TreePMap.empty());
  }

  private GuestFollower(TreePMap<Gpa, GpaRange> flash, TreePMap<Gpa, FlashDriverFollower> drivers) {
    this.flash = flash;
    this.drivers = drivers;
  }

  /** A copy that changes on its own, made without copying what is known. */
  GuestFollower fork() {
    return new GuestFollower(flash, drivers);
  }

  void apply(MemslotSet set) {
    if (set.ret() == 0 && !set.size().isZero() && set.flags().isReadOnly()) {
      GpaRange range = new GpaRange(set.gpa(), set.size());
      flash = flash.plus(set.gpa(), range);
      if (!drivers.containsKey(set.gpa())) {
        drivers = drivers.plus(set.gpa(), FlashDriverFollower.atPowerOn(range));
      }
    }
  }

  /** Follows an access of the recording. */
  void follow(GuestAccessCompleted recorded) {
    Gpa start = flashAt(recorded.gpa());
    FlashDriverFollower driver = start == null ? null : drivers.get(start);
    if (start != null && driver != null) {
      drivers = drivers.plus(start, driver.after(recorded));
    }
  }

  /**
   * What the guest does when the access returns {@code other}; asked before {@link #follow}.
   *
   * @return null if it goes on as recorded, or nobody can tell
   */
  @Nullable Leaving leaves(GuestAccessCompleted recorded, @Nullable Long other) {
    Long seen = recorded.value();
    if (recorded.access().writes() || seen == null || other == null || seen.equals(other)) {
      return null;
    }
    String difference =
        "the guest reads "
            + Hex.of(other)
            + " at "
            + recorded.gpa()
            + " where the recording has "
            + Hex.of(seen);
    Gpa start = flashAt(recorded.gpa());
    FlashDriverFollower driver = start == null ? null : drivers.get(start);
    if (driver == null) {
      return new Leaving(difference, OTHER_VALUE);
    }
    return switch (driver.judge(recorded, other)) {
      case Verdict.GoesOn _, Verdict.NotKnown _ -> null;
      case Verdict.Leaves leaves -> new Leaving(difference + ": it " + leaves.why(), leaves.rule());
      case Verdict.KeepsPolling polls ->
          new Leaving(
              difference
                  + ": it polls on, for "
                  + Hex.of(polls.wanted())
                  + " under mask "
                  + Hex.of(polls.mask()),
              polls.rule());
    };
  }

  /** The access of a recorded exit, as the guest saw it end. */
  static GuestAccessCompleted accessOf(RecordedFault fault, MmioExited exit) {
    return new GuestAccessCompleted(
        exit.vcpu(),
        fault.fault().access(),
        exit.gpa(),
        exit.width(),
        exit.write() ? (Long) exit.value() : fault.readValue(),
        Completion.MMIO);
  }

  private @Nullable Gpa flashAt(Gpa gpa) {
    Map.Entry<Gpa, GpaRange> below = flash.floorEntry(gpa);
    return below != null && below.getValue().contains(gpa) ? below.getKey() : null;
  }
}
