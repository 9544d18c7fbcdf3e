package org.pagetrail.store.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.PagesWriteProtected;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.store.packed.RecordLayouts;

/**
 * What is known of one guest page, from the entries that have a say in it and no others.
 *
 * <p>These are: all about memslots; about the frame, and about the block that it lies in; about the
 * host page behind it, and about the guest frames that other slots show it as; the lookups shortly
 * before a mapping of more than a page; and for the kind of the host's frame, those about that
 * frame. The same fold is given these entries only, beginning with what the checkpoint knows.
 */
public final class PageQuery {
  private final PackedFold fold;
  private final MappingFields mapping;
  private final int mappedCode;
  private final int resolvedCode;
  private final Set<Integer> keepKind;

  /** Queries of one file. */
  public PageQuery(RecordLayouts layouts) {
    fold = new PackedFold(layouts);
    mapping = MappingFields.of(layouts);
    mappedCode = layouts.code(Stage2Mapped.class);
    resolvedCode = layouts.code(PfnResolved.class);
    keepKind =
        Set.copyOf(
            List.of(layouts.code(PagesWriteProtected.class), layouts.code(PagesShared.class)));
  }

  /** What is known of a guest page at the end of the view. */
  public PageState ask(Gfn gfn, TrailView trail) {
    return new Asked(gfn.value(), trail).answer();
  }

  /** A span of pages. */
  private record Span(long first, long end) {
    private boolean holds(long page) {
      return page >= first && page < end;
    }

    private Span join(Span other) {
      return new Span(Math.min(first, other.first), Math.max(end, other.end));
    }
  }

  /** Where a slot was, whatever its flags: firmware sets the same one thousands of times. */
  private record Placement(Span frames, long offset) {
    private static Placement of(Slot slot) {
      return new Placement(new Span(slot.firstFrame(), slot.endFrame()), slot.offset());
    }
  }

  /** One question. */
  private final class Asked {
    private final long gfn;
    private final TrailView trail;
    private final Set<Placement> placements = new LinkedHashSet<>();
    private final List<long[]> positions = new ArrayList<>();
    private long hostPage = -1;
    private Span block;
    private long kindSaidAt = -1;

    private Asked(long gfn, TrailView trail) {
      this.gfn = gfn;
      this.trail = trail;
      this.block = new Span(gfn, gfn + 1);
    }

    private PageState answer() {
      findHostPage();
      findBlock();
      gather();
      long[] all = positions.stream().flatMapToLong(LongStream::of).sorted().distinct().toArray();
      try (FoldedState state = begin()) {
        trail.restorePage(FoldedTable.STAGE_2, gfn, state);
        if (hostPage >= 0) {
          trail.restorePage(FoldedTable.HOST, hostPage, state);
        }
        trail.visit(
            all,
            (seq, records, at) -> {
              fold.foldOne(state, seq, records, at);
              watchKind(state, seq, PackedFold.code(records, at));
            });
        if (kindSaidAt >= 0) {
          correctKind(state);
        }
        return state.page(new Gfn(gfn));
      }
    }

    private FoldedState begin() {
      FoldedState state = FoldedState.brief();
      CheckpointMeta meta = trail.meta();
      if (meta != null) {
        meta.restore(state);
      }
      return state;
    }

    /** Which slots there were, and which host page is behind the frame in the end. */
    private void findHostPage() {
      try (FoldedState state = begin()) {
        state.slots.found().forEach(slot -> placements.add(Placement.of(slot)));
        long[] requests = trail.slotPositions();
        positions.add(requests);
        trail.visit(
            requests,
            (seq, records, at) -> {
              fold.foldOne(state, seq, records, at);
              @Nullable Slot changed = state.slots.lastSet();
              if (changed != null) {
                placements.add(Placement.of(changed));
              }
            });
        Slot slot = state.slots.atFrame(gfn);
        hostPage = slot == null ? -1 : gfn + slot.offset();
      }
    }

    /** Which pages were mapped by one entry with the frame at some time. */
    private void findBlock() {
      try (FoldedState state = FoldedState.brief()) {
        trail.restorePage(FoldedTable.STAGE_2, gfn, state);
        state.stage2.seek(gfn);
        if (Stage2Word.isBlock(state.stage2.word(0))) {
          block = new Span(state.stage2.first(), state.stage2.end());
        }
      }
      long[] about = trail.framePositions(gfn, gfn);
      positions.add(about);
      trail.visit(
          about,
          (seq, records, at) -> {
            if (PackedFold.code(records, at) == mappedCode && mapping.isAligned(records, at)) {
              Span mapped = new Span(mapping.first(records, at), mapping.end(records, at));
              boolean isBlock = Stage2Word.isBlockSize(mapped.end() - mapped.first());
              block = isBlock && mapped.holds(gfn) ? block.join(mapped) : block;
            }
          });
    }

    private void gather() {
      if (block.end() - block.first() > 1) {
        positions.add(trail.framePositions(block.first(), block.end() - 1));
      }
      if (hostPage < 0) {
        return;
      }
      positions.add(trail.hostPositions(hostPage));
      Set<Long> aliases = new LinkedHashSet<>(Set.of(gfn));
      for (Placement slot : placements) {
        long alias = hostPage - slot.offset();
        if (slot.frames().holds(alias)) {
          aliases.add(alias);
        }
      }
      for (long alias : aliases) {
        long[] about = trail.framePositions(alias, alias);
        positions.add(about);
        gatherLookups(about);
      }
    }

    /** The lookups that mappings of more than a page may follow. */
    private void gatherLookups(long[] about) {
      List<Span> windows = new ArrayList<>();
      trail.visit(
          about,
          (seq, records, at) -> {
            if (PackedFold.code(records, at) == mappedCode
                && mapping.end(records, at) - mapping.first(records, at) > 1) {
              Span window = new Span(seq - RecentLookups.WINDOW_EVENTS, seq);
              Span last = windows.isEmpty() ? window : windows.getLast();
              if (!windows.isEmpty() && window.first() <= last.end()) {
                windows.set(windows.size() - 1, last.join(window));
              } else {
                windows.add(window);
              }
            }
          });
      LongStream.Builder lookups = LongStream.builder();
      for (Span window : windows) {
        trail.visitAll(
            window.first(),
            window.end(),
            (seq, records, at) -> {
              if (PackedFold.code(records, at) == resolvedCode) {
                lookups.add(seq);
              }
            });
      }
      positions.add(lookups.build().toArray());
    }

    /** Notes which entry gave the host page the kind that its frame was known to be of. */
    private void watchKind(FoldedState state, long seq, int code) {
      if (hostPage < 0) {
        return;
      }
      state.host.seek(hostPage);
      if (state.host.word(0) != 0 && state.host.word(1) == seq && !keepKind.contains(code)) {
        kindSaidAt = code == mappedCode || code == resolvedCode ? seq : -1;
      }
    }

    /** The kind of the host page's frame, as the entries about that frame tell it. */
    private void correctKind(FoldedState state) {
      state.host.seek(hostPage);
      long word = state.host.wordAt(hostPage);
      long pfn = HostWord.pfn(word);
      try (FoldedState kinds = FoldedState.brief()) {
        trail.restorePage(FoldedTable.KINDS, pfn, kinds);
        long[] about =
            Arrays.stream(trail.pfnPositions(pfn)).filter(seq -> seq <= kindSaidAt).toArray();
        trail.visit(about, (seq, records, at) -> fold.foldOne(kinds, seq, records, at));
        state.host.seek(hostPage);
        state.host.put(
            hostPage,
            hostPage + 1,
            HostWord.withKind(word, kinds.kinds.kindOf(pfn)),
            state.host.word(1),
            state.host.word(2));
      }
    }
  }
}
