package org.pagetrail.projections.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.Stage2Event;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.PageStores;
import org.pagetrail.projections.machine.Stage2Entry;

/**
 * How one guest page became what it is.
 *
 * @param page the page's first address
 * @param lastSeq the entry after which this was the state, -1 for an empty trail
 * @param sentences what it is, why so, what followed: each made from the steps
 * @param mapping what stage 2 holds for it, null if nothing
 * @param slot the memslot that holds it, null if none
 * @param traffic what went through it since it was last mapped
 * @param steps its history, ascending
 * @param omitted how many steps of a long history are not kept
 * @param chain the entries from the present state back to its first cause, descending
 * @param findings what was found on it
 * @param unknowns what the trail does not tell
 */
public record PageTrail(
    Gpa page,
    long lastSeq,
    List<String> sentences,
    @Nullable Stage2Entry mapping,
    @Nullable Memslot slot,
    Traffic traffic,
    List<Step> steps,
    long omitted,
    List<Long> chain,
    List<Finding> findings,
    List<Unknown> unknowns) {

  /** Copies the lists. */
  public PageTrail {
    sentences = List.copyOf(sentences);
    steps = List.copyOf(steps);
    chain = List.copyOf(chain);
    findings = List.copyOf(findings);
    unknowns = List.copyOf(unknowns);
  }

  /** The history of the page that holds {@code gpa} up to the end of the trail. */
  public static PageTrail of(List<TrailEntry> entries, Gpa gpa) {
    return of(entries, gpa, isStage2Recorded(entries));
  }

  /**
   * The history of the page that holds {@code gpa} up to the end of what is given of a trail.
   *
   * @param stage2Recorded whether any event of the whole trail is one of stage 2; where none is, it
   *     is not said that stage 2 maps nothing
   */
  public static PageTrail of(List<TrailEntry> entries, Gpa gpa, boolean stage2Recorded) {
    PageNames names = new PageNames(gpa);
    entries.forEach(names::see);
    PageTelling telling = names.telling(stage2Recorded, PageStores.onHeap());
    entries.forEach(telling::see);
    return telling.end();
  }

  /** The same with a sentence before the others that says on what they rest. */
  public PageTrail under(String sentence) {
    List<String> all = new ArrayList<>(List.of(sentence));
    all.addAll(sentences);
    return new PageTrail(
        page, lastSeq, all, mapping, slot, traffic, steps, omitted, chain, findings, unknowns);
  }

  /** The history of the page that holds {@code gpa} up to and including entry {@code seq}. */
  public static PageTrail at(List<TrailEntry> entries, Gpa gpa, long seq) {
    return of(TrailCut.through(entries, seq), gpa, isStage2Recorded(entries));
  }

  /** True if any of these tells of stage 2. */
  public static boolean isStage2Recorded(List<TrailEntry> entries) {
    return entries.stream().anyMatch(entry -> entry.event() instanceof Stage2Event);
  }
}
