package org.pagetrail.qemu.rule;

import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;

/**
 * A piece of knowledge about QEMU that decides events.
 *
 * @param id identity, such as {@code qemu/slot/lowest-free-id}
 * @param sentence what it says
 * @param source the releases or commits it stands for
 */
public record Rule(String id, String sentence, String source) {

  /** This rule as the reason of an event, with the values that it read. */
  public Citation cite(Input... inputs) {
    return new Citation(id, source, List.of(inputs));
  }
}
