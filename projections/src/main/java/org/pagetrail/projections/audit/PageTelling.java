package org.pagetrail.projections.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.Stage2Entry;

/** Tells the history of a page of which all names are known, in one pass over the entries. */
public final class PageTelling {
  private static final List<StepKind> GROUND =
      List.of(
          StepKind.HOST_PAGE,
          StepKind.HOST_MAPPING,
          StepKind.RAM_BLOCK,
          StepKind.SLOT,
          StepKind.REGION);

  private final History history;

  PageTelling(History history) {
    this.history = history;
  }

  /** Takes the next entry. */
  public void see(TrailEntry entry) {
    history.add(entry);
  }

  /** The history up to here. */
  public PageTrail end() {
    Page page = history.page();
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
