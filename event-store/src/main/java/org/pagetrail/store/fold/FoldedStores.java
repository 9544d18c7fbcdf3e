package org.pagetrail.store.fold;

import java.util.List;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.FrameKind;
import org.pagetrail.projections.machine.Frames;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.MachineBesidesPages;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.machine.PageStores;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.RunStore;

/**
 * The tables of a {@link FoldedState} as those of a {@link MachineState}: what was folded as packed
 * records goes on as events, without a copy of the tables.
 *
 * <p>The tables know of a page what a {@link org.pagetrail.projections.machine.MachineSnapshot
 * snapshot} tells of it, and no more: not the standing of an event, of the changes of a mapping
 * only the last, of a notifier call only that it was, of a host page neither whether it is
 * exclusive nor its flags.
 */
public final class FoldedStores implements PageStores, AutoCloseable {
  private final FoldedState state;
  private final Stage2Entries stage2Codec = new Stage2Entries();

  /**
   * Takes the tables of a state, which nobody uses but this until it is closed.
   *
   * @param state closed with this
   */
  public FoldedStores(FoldedState state) {
    this.state = state;
  }

  /** The machine's state, which must not be used any more once this is closed. */
  public MachineState machine(MachineBesidesPages rest) {
    Stage2Table table = state.stage2;
    for (PageSpan span : rest.invalidated()) {
      for (long at = span.first(); at < span.end(); at = table.end()) {
        table.seek(at);
        long word = table.wordAt(at);
        if (word != 0) {
          long upTo = Math.min(table.end(), span.end());
          table.put(at, upTo, Stage2Entries.invalidated(word), table.word(1), table.word(2));
          table.seek(upTo - 1);
        }
      }
    }
    return new MachineProjection(this).restored(rest);
  }

  @Override
  public RunStore<Stage2Entry> stage2() {
    return new OffHeapRuns<>(state.stage2, stage2Codec);
  }

  @Override
  public RunStore<HostPage> hostPages() {
    return new OffHeapRuns<>(state.host, new HostPages());
  }

  @Override
  public RunStore<FrameKind> frameKinds() {
    return new OffHeapRuns<>(state.kinds, new Kinds());
  }

  @Override
  public void close() {
    state.close();
  }

  private static Origin origin(long seq) {
    return new Origin(seq, Codes.STANDINGS.getFirst());
  }

  /** The words of a {@link Stage2Table}, and one bit that this table has not. */
  private static final class Stage2Entries implements RunCodec<Stage2Entry> {
    private static final long INVALIDATED = 1L << 62;

    static long invalidated(long word) {
      return word | INVALIDATED;
    }

    @Override
    public void pack(Stage2Entry value, long[] words) {
      words[0] =
          Stage2Word.of(
                  value.pfn().value(),
                  value.leafPages(),
                  Stage2Word.bits(value.perms()),
                  Codes.MEMORY_TYPES.indexOf(value.memoryType()),
                  value.accessed())
              | (value.invalidated() < 0 ? 0 : INVALIDATED);
      words[1] = value.mapped().seq();
      words[2] = value.lastChange().seq();
    }

    @Override
    public Stage2Entry unpack(long word0, long word1, long word2) {
      Stage2Page page = Stage2Word.page(word0 & ~INVALIDATED, word1, word2);
      List<Origin> changes = word1 == word2 ? List.of() : List.of(origin(word2));
      return new Stage2Entry(
          new Pfn(page.pfn().value()),
          page.leafPages(),
          page.perms(),
          page.memoryType(),
          page.accessed(),
          origin(word1),
          changes,
          changes.size(),
          (word0 & INVALIDATED) == 0 ? -1 : word1);
    }

    @Override
    public long further(long word, long pages) {
      return Stage2Word.further(word, pages);
    }
  }

  /** The words of a {@link HostTable}. */
  private static final class HostPages implements RunCodec<HostPage> {
    @Override
    public void pack(HostPage value, long[] words) {
      Pfn pfn = value.pfn();
      Boolean writable = value.writable();
      words[0] =
          HostWord.of(
              pfn == null ? -1 : pfn.value(),
              HostPageCodec.FRAMES.indexOf(value.frames()),
              Codes.PAGE_KINDS.indexOf(value.kind()),
              writable == null ? HostWord.WRITABLE_UNKNOWN : HostWord.writable(writable));
      words[1] = value.origin().seq();
      words[2] = value.doubted();
    }

    @Override
    public HostPage unpack(long word0, long word1, long word2) {
      HostPageState page = HostWord.page(word0, word1, word2);
      Frames frames = HostPageCodec.FRAMES.get(HostWord.frames(word0));
      return new HostPage(
          page.pfn(), frames, page.kind(), page.writable(), null, List.of(), origin(word1), word2);
    }

    @Override
    public long further(long word, long pages) {
      return HostWord.further(word, pages);
    }
  }

  /** The word of a {@link KindTable}. */
  private static final class Kinds implements RunCodec<FrameKind> {
    @Override
    public void pack(FrameKind value, long[] words) {
      words[0] = 1L + Codes.PAGE_KINDS.indexOf(value.kind());
    }

    @Override
    public FrameKind unpack(long word0, long word1, long word2) {
      return new FrameKind(Codes.PAGE_KINDS.get((int) word0 - 1), origin(0));
    }

    @Override
    public long further(long word, long pages) {
      return word;
    }
  }
}
