package org.pagetrail.store;

import java.util.SortedSet;
import java.util.TreeSet;
import org.pagetrail.events.Event;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;

/**
 * The tags of the model's events: {@code layer}, {@code slot}, {@code gfn}, {@code pfn} and {@code
 * hva} (a page), one for each such value in the event. A range is no tag: what touches a range is
 * asked of the log's index.
 */
public final class Tags {
  /** The layer of an event. */
  public static final String LAYER = "layer";

  /** A memslot, written as {@link SlotId} writes itself. */
  public static final String SLOT = "slot";

  /** A guest frame. */
  public static final String GFN = "gfn";

  /** A host frame. */
  public static final String PFN = "pfn";

  /** A page of the monitor's address space, by its first address. */
  public static final String HVA = "hva";

  private Tags() {}

  /** The tags of an event. */
  public static SortedSet<Tag> of(Event event) {
    SortedSet<Tag> tags = new TreeSet<>();
    tags.add(new Tag(LAYER, event.layer().name()));
    for (Object part : Components.of(event)) {
      switch (part) {
        case SlotId slot -> tags.add(new Tag(SLOT, slot.toString()));
        case Gfn gfn -> tags.add(new Tag(GFN, gfn.toString()));
        case Gpa gpa -> tags.add(new Tag(GFN, gpa.gfn().toString()));
        case Pfn pfn -> tags.add(new Tag(PFN, pfn.toString()));
        case Hva hva -> tags.add(new Tag(HVA, hva.pageBase().toString()));
        default -> {}
      }
    }
    return tags;
  }
}
