package org.pagetrail.projections.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.Stage2Event;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.Memslot;
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

  private static final List<StepKind> GROUND =
      List.of(
          StepKind.HOST_PAGE,
          StepKind.HOST_MAPPING,
          StepKind.RAM_BLOCK,
          StepKind.SLOT,
          StepKind.REGION);

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
    Page page = PageNames.find(entries, gpa.gfn());
    History history = new History(page, stage2Recorded);
    entries.forEach(history::add);

    List<Finding> findings =
        history.found().findings().stream().filter(finding -> concerns(finding, history)).toList();
    List<Step> steps = history.steps().kept();
    return new PageTrail(
        page.gpa(),
        history.state().lastSeq(),
        new Sentences(history, findings).all(),
        history.mapping(),
        history.state().slots().at(page.gpa()),
        history.traffic(),
        steps,
        history.steps().omitted(),
        chain(history, steps),
        findings,
        new Unknowns(history).all(findings));
  }

  /** The history of the page that holds {@code gpa} up to and including entry {@code seq}. */
  public static PageTrail at(List<TrailEntry> entries, Gpa gpa, long seq) {
    return of(TrailCut.through(entries, seq), gpa, isStage2Recorded(entries));
  }

  /** True if any of these tells of stage 2. */
  public static boolean isStage2Recorded(List<TrailEntry> entries) {
    return entries.stream().anyMatch(entry -> entry.event() instanceof Stage2Event);
  }

  private static boolean concerns(Finding finding, History history) {
    Page page = history.page();
    boolean here = finding.guest() != null && page.overlaps(finding.guest());
    Stage2Entry mapping = history.mapping();
    Pfn pfn = finding.pfn();
    boolean sameFrame = mapping != null && finding.guest() == null && mapping.pfn().equals(pfn);
    return here || sameFrame;
  }

  /**
   * The mapping's own story and its causes among the steps; then, where they do not lead so far,
   * what the page stands on: host page, host mapping, RAM block, memslot, region.
   */
  private static List<Long> chain(History history, List<Step> steps) {
    NavigableMap<Long, Step> bySeq = new TreeMap<>();
    steps.forEach(step -> bySeq.put(step.seq(), step));
    SortedSet<Long> chain = new TreeSet<>();
    MappingStory story = history.story();
    long until = history.state().lastSeq();
    if (story != null) {
      until = story.mapping().seq();
      Deque<Long> open = new ArrayDeque<>(story.seqs());
      while (!open.isEmpty()) {
        long seq = open.remove();
        Step step = bySeq.get(seq);
        if (chain.add(seq) && step != null) {
          step.causes().stream().filter(bySeq::containsKey).forEach(open::add);
        }
      }
    }
    for (StepKind kind : GROUND) {
      Step last = null;
      boolean reached = false;
      for (Step step : bySeq.headMap(until, true).values()) {
        last = step.kind() == kind ? step : last;
        reached |= step.kind() == kind && chain.contains(step.seq());
      }
      if (last != null && !reached) {
        chain.add(last.seq());
      }
    }
    return new ArrayList<>(chain).reversed();
  }
}
