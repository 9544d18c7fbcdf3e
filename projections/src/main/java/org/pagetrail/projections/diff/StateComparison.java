package org.pagetrail.projections.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.diff.StateDifference.Part;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.KnownWord;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.PageContent;
import org.pagetrail.projections.machine.PageStores;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/** Compares the states at the end of two trails, part by part. */
final class StateComparison {
  private static final String NOTHING = "nothing";
  private static final int WORDS_SHOWN = 4;

  private final MachineState left;
  private final MachineState right;
  private final FrameNames frames;
  private final boolean silenceTells;
  private final PageStores stores;
  private final List<StateDifference> found = new ArrayList<>();
  private long omitted;

  /**
   * Two states.
   *
   * @param silenceTells true if what one side does not mention is not there; false if that side may
   *     only not have seen it
   * @param stores where the comparison keeps what grows with the pages
   */
  StateComparison(
      MachineState left,
      MachineState right,
      FrameNames frames,
      boolean silenceTells,
      PageStores stores) {
    this.left = left;
    this.right = right;
    this.frames = frames;
    this.silenceTells = silenceTells;
    this.stores = stores;
  }

  List<StateDifference> differences() {
    return found;
  }

  /** How many differences more there are. */
  long omitted() {
    return omitted;
  }

  StateComparison run() {
    slots();
    RunWalk.walk(left.stage2().entries(), right.stage2().entries(), this::stage2);
    RunWalk.walk(behindSlots(left), behindSlots(right), this::hostPages);
    contents();
    return this;
  }

  private void slots() {
    TreeSet<SlotId> ids = new TreeSet<>();
    left.slots().all().forEach(slot -> ids.add(slot.id()));
    right.slots().all().forEach(slot -> ids.add(slot.id()));
    for (SlotId id : ids) {
      Memslot l = left.slots().byId(id);
      Memslot r = right.slots().byId(id);
      if (!text(l).equals(text(r))) {
        Memslot place = l == null ? Objects.requireNonNull(r) : l;
        add(
            new StateDifference(
                Part.SLOT,
                place.guest(),
                null,
                place.frames().pages(),
                "slot " + id + " " + text(l),
                "slot " + id + " " + text(r)));
      }
    }
  }

  private static String text(@Nullable Memslot slot) {
    return slot == null ? "absent" : "flags " + slot.flags() + " at " + slot.guest();
  }

  private void stage2(PageSpan span, @Nullable Stage2Entry l, @Nullable Stage2Entry r) {
    boolean sameFrame = l == null || r == null || frames.same(l.pfn(), r.pfn());
    String leftText = text(l, left, !sameFrame);
    String rightText = text(r, right, !sameFrame);
    boolean blocksDiffer = l != null && r != null && l.leafPages() != r.leafPages();
    if (!sameFrame || blocksDiffer || !rights(l).equals(rights(r))) {
      add(new StateDifference(Part.STAGE2, span.guest(), null, span.pages(), leftText, rightText));
    }
  }

  private static String rights(@Nullable Stage2Entry entry) {
    return entry == null ? NOTHING : entry.perms() + " " + entry.memoryType();
  }

  private static String text(
      @Nullable Stage2Entry entry, MachineState state, boolean framesDiffer) {
    if (entry == null) {
      return NOTHING;
    }
    PageKind kind = state.kindOf(entry.pfn());
    return rights(entry)
        + (entry.isBlock() ? " block" : "")
        + (kind == PageKind.UNKNOWN ? "" : " " + kind)
        + (framesDiffer ? " pfn " + entry.pfn() : "");
  }

  /** The host pages by the guest frame that they stand behind. */
  private Collection<Run<HostPage>> behindSlots(MachineState state) {
    PageRuns<HostPage> pages = new PageRuns<>(stores.hostPages());
    for (Memslot slot : state.slots().all()) {
      PageSpan host = PageSpan.of(slot.host());
      for (Run<HostPage> run : state.host().eachPageIn(host)) {
        Run<HostPage> there = run.clip(host.first(), host.end());
        PageSpan frames = slot.framesBehind(new PageSpan(there.first(), there.pages()));
        pages.put(frames.first(), frames.pages(), there.value());
      }
    }
    return pages.runs();
  }

  private void hostPages(PageSpan span, @Nullable HostPage l, @Nullable HostPage r) {
    Pfn leftFrame = l == null ? null : l.pfn();
    Pfn rightFrame = r == null ? null : r.pfn();
    boolean sameFrame =
        leftFrame == null || rightFrame == null || frames.same(leftFrame, rightFrame);
    String leftText = text(l, !sameFrame);
    String rightText = text(r, !sameFrame);
    if (!sameFrame || !isAlike(l, r)) {
      add(
          new StateDifference(
              Part.HOST_PAGE, span.guest(), null, span.pages(), leftText, rightText));
    }
  }

  private boolean isAlike(@Nullable HostPage l, @Nullable HostPage r) {
    if ((l == null || r == null) && !silenceTells) {
      return true;
    }
    PageKind leftKind = l == null ? PageKind.ABSENT : l.kind();
    PageKind rightKind = r == null ? PageKind.ABSENT : r.kind();
    Boolean leftWritable = l == null ? null : l.writable();
    Boolean rightWritable = r == null ? null : r.writable();
    return (leftKind == rightKind || leftKind == PageKind.UNKNOWN || rightKind == PageKind.UNKNOWN)
        && (leftWritable == null || rightWritable == null || leftWritable.equals(rightWritable));
  }

  private static String text(@Nullable HostPage page, boolean framesDiffer) {
    if (page == null) {
      return NOTHING;
    }
    Boolean writable = page.writable();
    return page.kind()
        + (writable == null ? "" : writable ? " writable" : " read-only")
        + (framesDiffer ? " pfn " + page.pfn() : "");
  }

  /** Words that are not zero. */
  private void contents() {
    for (Map.Entry<Long, PageContent> entry : left.host().contents().entrySet()) {
      Pfn name = new Pfn(entry.getKey());
      Pfn rightName = frames.right(name);
      PageContent there = rightName == null ? null : right.host().contentOf(rightName);
      if (there != null || silenceTells) {
        compare(name, words(entry.getValue()), words(there));
      }
    }
    for (Map.Entry<Long, PageContent> entry : right.host().contents().entrySet()) {
      Pfn name = new Pfn(entry.getKey());
      Pfn leftName = frames.left(name);
      if (silenceTells && (leftName == null || left.host().contentOf(leftName) == null)) {
        compare(leftName == null ? name : leftName, new TreeMap<>(), words(entry.getValue()));
      }
    }
  }

  private void compare(Pfn frame, Map<Integer, Long> l, Map<Integer, Long> r) {
    if (!l.equals(r)) {
      TreeMap<Integer, Long> onlyLeft = new TreeMap<>(l);
      TreeMap<Integer, Long> onlyRight = new TreeMap<>(r);
      onlyLeft.entrySet().removeAll(r.entrySet());
      onlyRight.entrySet().removeAll(l.entrySet());
      add(new StateDifference(Part.CONTENT, null, frame, 0, text(onlyLeft), text(onlyRight)));
    }
  }

  private static Map<Integer, Long> words(@Nullable PageContent content) {
    Map<Integer, Long> words = new TreeMap<>();
    if (content != null) {
      for (KnownWord word : content.words()) {
        if (word.value() != 0) {
          words.put(word.offset(), word.value());
        }
      }
    }
    return words;
  }

  private static String text(Map<Integer, Long> words) {
    if (words.isEmpty()) {
      return "zero or not known";
    }
    StringBuilder text = new StringBuilder();
    words.entrySet().stream()
        .limit(WORDS_SHOWN)
        .forEach(word ->
            text.append(text.isEmpty() ? "" : " ")
                .append(Hex.of(word.getKey()))
                .append(':')
                .append(Hex.of(word.getValue())));
    int more = words.size() - WORDS_SHOWN;
    return more > 0 ? text + " and " + more + " more" : text.toString();
  }

  private void add(StateDifference next) {
    StateDifference last = found.isEmpty() ? null : found.getLast();
    if (last != null && areAlikeNeighbours(last, next)) {
      found.removeLast();
      found.add(join(last, next));
    } else if (found.size() < TrailDiff.DIFFERENCES_KEPT) {
      found.add(next);
    } else {
      omitted++;
    }
  }

  private static boolean areAlikeNeighbours(StateDifference last, StateDifference next) {
    PageSpan before = span(last);
    PageSpan after = span(next);
    return last.part() == next.part()
        && next.part() != Part.SLOT
        && before != null
        && after != null
        && before.end() == after.first()
        && last.left().equals(next.left())
        && last.right().equals(next.right());
  }

  private static @Nullable PageSpan span(StateDifference difference) {
    return difference.guest() == null ? null : PageSpan.of(difference.guest());
  }

  private static StateDifference join(StateDifference last, StateDifference next) {
    PageSpan before = Objects.requireNonNull(span(last));
    PageSpan both = new PageSpan(before.first(), before.pages() + next.pages());
    return new StateDifference(
        last.part(), both.guest(), null, both.pages(), last.left(), last.right());
  }
}
