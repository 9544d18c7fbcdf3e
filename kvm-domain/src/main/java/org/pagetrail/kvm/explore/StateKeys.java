package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Backings;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.HostState;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.run.Sliced;
import org.pagetrail.kvm.slot.Memslot;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/**
 * Makes the key of a state. Everything that a rule can read is in it: mappings, pages, page cache,
 * tables, slots with their dirty logs, stage 2, and what the pages hold at the places that some
 * operation reads. Counters that only count are not.
 */
final class StateKeys {
  /** The slot and the page behind it, in which a slot that was moved ends. */
  private static final HvaRange RANGE = new HvaRange(Backings.HVA, ByteSize.mebibytes(8));

  /** Where a page can be read: two words at the place of the loads, one at that of the fetches. */
  private static final int[] WORDS = {0xf80, 0xf84, 0xe00};

  private static final int WORD = 4;

  /** Pages at which runs are cut, so that it does not matter whether neighbours were joined. */
  private static final long[] CUTS = {2, 3, 4, 5};

  private static final long HOST_PAGE = Backings.HVA.value() >>> PageSize.BASE_SHIFT;
  private static final long GUEST_PAGE = 0x40000000L >>> PageSize.BASE_SHIFT;

  private final KvmState state;
  private final HostState host;
  private final FrameNames names;
  private final StringBuilder text = new StringBuilder(512);
  private final Set<Long> read = new TreeSet<>();
  private final List<Long> order = new ArrayList<>();
  private final List<Long> values = new ArrayList<>();

  private StateKeys(KvmState state) {
    this.state = state;
    this.host = state.host();
    this.names = new FrameNames(host.settings());
  }

  /** The key of a state. */
  static StateKey of(KvmState state) {
    return new StateKeys(state).make();
  }

  private StateKey make() {
    List<Run<HostPages>> pages = cut(host.pagesIn(RANGE), HOST_PAGE);
    List<Run<HostPages>> cached = cut(host.cachedIn(RANGE), HOST_PAGE);
    List<Run<Stage2Leaves>> leaves = cut(state.stage2().all(), GUEST_PAGE);
    pages.forEach(run -> addFrames(run.value().frame(), run, run.value().consecutive()));
    cached.forEach(run -> addFrames(run.value().frame(), run, run.value().consecutive()));
    leaves.forEach(run -> addFrames(run.value().pfn(), run, true));
    Pfn hugeZero = host.hugeZeroPage();
    if (hugeZero != null) {
      names.add(hugeZero.value(), PageSize.BLOCK_BYTES >>> PageSize.BASE_SHIFT);
    }
    names.close();
    if (hugeZero != null) {
      text.append("huge zero ").append(names.name(hugeZero.value())).append('\n');
    }
    cut(host.mappingsIn(RANGE), HOST_PAGE).forEach(this::write);
    text.append("tables ").append(host.tablesIn(RANGE)).append('\n');
    pages.forEach(run -> write("page", run, HOST_PAGE));
    cached.forEach(run -> write("cache", run, HOST_PAGE));
    leaves.forEach(this::writeLeaf);
    state.slots().all().forEach(this::write);
    text.append("exits ").append(state.exits()).append('\n');
    writeContents();
    return new StateKey(text.toString(), values);
  }

  private void addFrames(@Nullable Pfn frame, Run<?> run, boolean consecutive) {
    if (frame != null) {
      names.add(frame.value(), consecutive ? run.count() : 1);
    }
  }

  private void write(Run<Mapping> run) {
    place("mapping", run, HOST_PAGE).append(run.value()).append('\n');
  }

  private void write(String what, Run<HostPages> run, long base) {
    HostPages page = run.value();
    place(what, run, base)
        .append(page.kind())
        .append(page.consecutive())
        .append(page.writable())
        .append(page.shared())
        .append(page.huge());
    frame(page.frame(), run, base);
  }

  private void writeLeaf(Run<Stage2Leaves> run) {
    Stage2Leaves leaf = run.value();
    place("leaf", run, GUEST_PAGE)
        .append(leaf.perms())
        .append(leaf.memoryType())
        .append(leaf.leafPages())
        .append(leaf.writeProtected());
    frame(leaf.pfn(), run, GUEST_PAGE);
  }

  private void frame(@Nullable Pfn frame, Run<?> run, long base) {
    if (frame != null) {
      text.append(names.name(frame.value()));
      long page = run.first() - base;
      if (run.count() == 1 && page >= CUTS[0] && page < CUTS[CUTS.length - 1]) {
        reads(frame.value());
      }
    }
    text.append('\n');
  }

  private void reads(long frame) {
    if (read.add(frame)) {
      order.add(frame);
    }
  }

  private void write(Memslot slot) {
    text.append("slot ").append(slot).append(state.slots().dirty(slot.id())).append('\n');
  }

  private StringBuilder place(String what, Run<?> run, long base) {
    return text.append(what)
        .append(' ')
        .append(run.first() - base)
        .append('+')
        .append(run.count())
        .append(' ');
  }

  private void writeContents() {
    for (int colour = 0; colour < host.settings().zeroPages(); colour++) {
      reads(host.settings().zeroPage().value() + colour);
    }
    text.append("zero page dirty ").append(host.zeroPageIsDirty()).append('\n');
    for (long frame : order) {
      text.append(names.name(frame));
      for (int offset : WORDS) {
        text.append(' ').append(valueName(host.read(new Pfn(frame), offset, WORD)));
      }
      text.append('\n');
    }
  }

  private String valueName(@Nullable Long value) {
    if (value == null) {
      return "unknown";
    }
    if (!Values.isWritten(value)) {
      return Long.toHexString(value);
    }
    int index = values.indexOf(value);
    if (index < 0) {
      index = values.size();
      values.add(value);
    }
    return "v" + index;
  }

  private static <V extends Sliced<V>> List<Run<V>> cut(List<Run<V>> runs, long base) {
    List<Run<V>> parts = new ArrayList<>();
    for (Run<V> run : runs) {
      long from = run.first();
      for (long cut : CUTS) {
        long at = base + cut;
        if (at > from && at < run.end()) {
          parts.add(new Run<>(from, at - from, run.value().after(from - run.first())));
          from = at;
        }
      }
      parts.add(new Run<>(from, run.end() - from, run.value().after(from - run.first())));
    }
    return parts;
  }
}
