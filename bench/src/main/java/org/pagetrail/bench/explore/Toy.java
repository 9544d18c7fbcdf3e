package org.pagetrail.bench.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A toy of the bug of 2014, small enough to be written down in full for any model checker: one page
 * in a slot, the host's memory behind it, and what two kernels map there. The one takes the zero
 * page for a device and maps it writable; the other does not.
 */
final class Toy {
  /** The slot over the page. */
  enum Slot {
    NONE,
    RO,
    RW
  }

  /** The host's memory behind it. */
  enum Backing {
    NONE,
    ZERO,
    ANONYMOUS,
    DEVICE
  }

  /** What a kernel maps at the page. */
  enum Mapping {
    NONE,
    READ,
    WRITE,
    DEVICE
  }

  /** What can happen. */
  enum Step {
    SLOT_NONE,
    SLOT_RO,
    SLOT_RW,
    HOST_DROPS,
    HOST_READS,
    HOST_WRITES,
    HOST_MAPS_DEVICE,
    GUEST_READS,
    GUEST_WRITES
  }

  /** One page. */
  record Page(Slot slot, Backing backing, Mapping left, Mapping right) {

    /** Notifiers and slot changes take the mappings away. */
    private Page with(Slot newSlot, Backing newBacking) {
      return new Page(newSlot, newBacking, Mapping.NONE, Mapping.NONE);
    }

    Page after(Step step) {
      return switch (step) {
        case SLOT_NONE -> with(Slot.NONE, backing);
        case SLOT_RO -> with(Slot.RO, backing);
        case SLOT_RW -> with(Slot.RW, backing);
        case HOST_DROPS -> with(slot, Backing.NONE);
        case HOST_READS -> backing == Backing.NONE ? with(slot, Backing.ZERO) : this;
        case HOST_WRITES ->
            backing == Backing.NONE || backing == Backing.ZERO
                ? with(slot, Backing.ANONYMOUS)
                : this;
        case HOST_MAPS_DEVICE -> with(slot, Backing.DEVICE);
        case GUEST_READS -> slot == Slot.NONE ? this : read();
        case GUEST_WRITES -> slot == Slot.RW ? write() : this;
      };
    }

    private Page read() {
      Backing found = backing == Backing.NONE ? Backing.ZERO : backing;
      Mapping sound =
          switch (found) {
            case DEVICE -> Mapping.DEVICE;
            case ANONYMOUS -> slot == Slot.RW ? Mapping.WRITE : Mapping.READ;
            default -> Mapping.READ;
          };
      Mapping broken = found == Backing.ZERO ? Mapping.DEVICE : sound;
      return new Page(
          slot, found, left == Mapping.NONE ? broken : left, right == Mapping.NONE ? sound : right);
    }

    /** Where both may write nothing changes; else the fault gives the host a page of its own. */
    private Page write() {
      if (backing == Backing.DEVICE) {
        return new Page(slot, backing, Mapping.DEVICE, Mapping.DEVICE);
      }
      return new Page(
          slot, Backing.ANONYMOUS, left == Mapping.DEVICE ? left : Mapping.WRITE, Mapping.WRITE);
    }
  }

  private final List<Page> pages = new ArrayList<>();
  private final List<Integer> next = new ArrayList<>();

  /** All that can be reached from a page without a slot. */
  Toy() {
    Map<Page, Integer> numbers = new HashMap<>();
    Page first = new Page(Slot.NONE, Backing.NONE, Mapping.NONE, Mapping.NONE);
    numbers.put(first, 0);
    pages.add(first);
    for (int at = 0; at < pages.size(); at++) {
      for (Step step : Step.values()) {
        Page to = pages.get(at).after(step);
        Integer number = numbers.get(to);
        if (number == null) {
          number = pages.size();
          numbers.put(to, number);
          pages.add(to);
        }
        next.add(number);
      }
    }
  }

  /** How many states a page has. */
  int states() {
    return pages.size();
  }

  /** How many steps each of them has. */
  int steps() {
    return Step.values().length;
  }

  /** For each state and each step the next state. */
  int[] next() {
    return next.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Machines of some pages as a TLA+ module, from the same table. */
  String tla(String name, int count) {
    StringBuilder text = new StringBuilder();
    text.append("---- MODULE ").append(name).append(" ----\nEXTENDS Integers\nTo == <<\n");
    for (int page = 0; page < pages.size(); page++) {
      text.append("  <<");
      for (int step = 0; step < steps(); step++) {
        text.append(step == 0 ? "" : ", ").append(next.get(page * steps() + step) + 1);
      }
      text.append(page == pages.size() - 1 ? ">>>>" : ">>,").append(" \\* ");
      text.append(pages.get(page)).append('\n');
    }
    text.append("VARIABLE page\nInit == page = [p \\in 1..").append(count).append(" |-> 1]\n");
    text.append("Next == \\E p \\in 1..").append(count).append(", s \\in 1..").append(steps());
    text.append(" : page' = [page EXCEPT ![p] = To[page[p]][s]]\n");
    return text.append("Spec == Init /\\ [][Next]_page\n====\n").toString();
  }
}
