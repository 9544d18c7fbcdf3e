package org.pagetrail.qemu.slot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.qemu.slot.SlotAlignment.Aligned;

/**
 * How one release turns sections into memslots. A slot always gets the lowest free index.
 *
 * @param slotMax the largest slot; a larger section takes several slots
 */
public record SlotRules(
    SlotAlignment alignment,
    SlotPlacement placement,
    ReadOnlyDance dance,
    DeleteFlags deleteFlags,
    ByteSize slotMax) {

  /** The ioctls for a section that appears. */
  public List<SlotRequest> add(SlotTable table, Section section, ByteSize hostPage) {
    Aligned aligned = alignment.align(section.start(), section.size(), hostPage);
    List<SlotRequest> requests = new ArrayList<>();
    if (aligned == null) {
      return requests;
    }
    switch (placement) {
      case EXACT_MATCH -> {
        if (section.mapped()) {
          addChunks(table, section, aligned, requests);
        } else {
          removeChunks(table, aligned, requests);
        }
      }
      case SPLIT_OVERLAPPING -> split(table, section, aligned, section.mapped(), requests);
    }
    return requests;
  }

  /** The ioctls for a section that goes. */
  public List<SlotRequest> remove(SlotTable table, Section section, ByteSize hostPage) {
    Aligned aligned = alignment.align(section.start(), section.size(), hostPage);
    List<SlotRequest> requests = new ArrayList<>();
    if (aligned != null) {
      switch (placement) {
        case EXACT_MATCH -> removeChunks(table, aligned, requests);
        case SPLIT_OVERLAPPING -> split(table, section, aligned, false, requests);
      }
    }
    return requests;
  }

  /** The ioctls for a section whose flags may have changed. */
  public List<SlotRequest> updateFlags(SlotTable table, Section section, ByteSize hostPage) {
    Aligned aligned = alignment.align(section.start(), section.size(), hostPage);
    List<SlotRequest> requests = new ArrayList<>();
    SlotTable now = table;
    for (long done = 0; aligned != null && done < aligned.bytes(); ) {
      ByteSize chunk = chunk(aligned, done);
      Slot slot = now.exact(new Gpa(aligned.gpa() + done), chunk);
      if (slot == null) {
        break;
      }
      now = changeFlags(now, slot, section.flags(), requests);
      done += chunk.bytes();
    }
    return requests;
  }

  private SlotTable changeFlags(
      SlotTable table, Slot slot, SlotFlags flags, List<SlotRequest> requests) {
    return slot.flags().equals(flags)
        ? table
        : dance.set(table, slot.withFlags(flags), FlagsRule.RULE, requests);
  }

  private void addChunks(
      SlotTable table, Section section, Aligned aligned, List<SlotRequest> requests) {
    SlotTable now = table;
    for (long done = 0; done < aligned.bytes(); ) {
      ByteSize chunk = chunk(aligned, done);
      Slot slot =
          new Slot(
              now.lowestFree(),
              section.flags(),
              new Gpa(aligned.gpa() + done),
              chunk,
              section.hva().plus(aligned.delta()).plus(done));
      now = dance.set(now, slot, LowestFreeIndex.RULE, requests);
      done += chunk.bytes();
    }
  }

  private void removeChunks(SlotTable table, Aligned aligned, List<SlotRequest> requests) {
    SlotTable now = table;
    for (long done = 0; done < aligned.bytes(); ) {
      ByteSize chunk = chunk(aligned, done);
      Slot slot = now.exact(new Gpa(aligned.gpa() + done), chunk);
      if (slot == null) {
        return;
      }
      now = delete(now, slot, requests);
      done += chunk.bytes();
    }
  }

  private SlotTable delete(SlotTable table, Slot slot, List<SlotRequest> requests) {
    Slot request = slot.deleted(deleteFlags.of(slot));
    requests.add(new SlotRequest(request, 0, placement.rule()));
    return table.after(request);
  }

  private void split(
      SlotTable table, Section section, Aligned aligned, boolean add, List<SlotRequest> requests) {
    SlotTable now = table;
    Slot wanted =
        new Slot(
            0,
            section.flags(),
            aligned.start(),
            new ByteSize(aligned.bytes()),
            section.hva().plus(aligned.delta()));
    @Nullable Slot old;
    while ((old = now.firstOverlapping(wanted.gpa(), wanted.size())) != null) {
      if (add && holds(old, wanted)) {
        changeFlags(now, old, wanted.flags(), requests);
        return;
      }
      now = delete(now, old, requests);
      long before = wanted.gpa().value() - old.gpa().value();
      if (old.gpa().compareTo(wanted.gpa()) < 0) {
        Slot prefix =
            new Slot(now.lowestFree(), wanted.flags(), old.gpa(), new ByteSize(before), old.hva());
        now = dance.set(now, prefix, placement.rule(), requests);
      }
      if (Long.compareUnsigned(wanted.end(), old.end()) < 0) {
        long skipped = wanted.end() - old.gpa().value();
        Slot suffix =
            new Slot(
                now.lowestFree(),
                wanted.flags(),
                new Gpa(wanted.end()),
                new ByteSize(old.end() - wanted.end()),
                old.hva().plus(skipped));
        now = dance.set(now, suffix, placement.rule(), requests);
      }
    }
    if (add) {
      Slot slot =
          new Slot(now.lowestFree(), wanted.flags(), wanted.gpa(), wanted.size(), wanted.hva());
      dance.set(now, slot, LowestFreeIndex.RULE, requests);
    }
  }

  /** True if {@code wanted} lies in {@code old} and maps the same memory. */
  private static boolean holds(Slot old, Slot wanted) {
    return old.gpa().compareTo(wanted.gpa()) <= 0
        && Long.compareUnsigned(wanted.end(), old.end()) <= 0
        && wanted.hva().value() - wanted.gpa().value() == old.hva().value() - old.gpa().value();
  }

  private ByteSize chunk(Aligned aligned, long done) {
    return new ByteSize(Math.min(slotMax.bytes(), aligned.bytes() - done));
  }
}
