package org.pagetrail.store.fold;

import java.util.List;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.machine.Stage2Entry;

/**
 * A stage 2 entry: its {@link Stage2Word}; the event that mapped it; the notifier call on its
 * pages. What changed it stands in a list of its own, whose number is above the two events.
 */
final class Stage2EntryCodec implements RunCodec<Stage2Entry> {
  private static final int LOW_BITS = Long.SIZE - OriginWord.BITS;
  private static final long LOW_MASK = (1L << LOW_BITS) - 1;

  private final ChangeLists changes;

  Stage2EntryCodec(Memory memory) {
    this(new ChangeLists(memory));
  }

  private Stage2EntryCodec(ChangeLists changes) {
    this.changes = changes;
  }

  @Override
  public RunCodec<Stage2Entry> fork() {
    return new Stage2EntryCodec(changes.fork());
  }

  @Override
  public void pack(Stage2Entry value, long[] words) {
    long list = value.changes().isEmpty() ? 0 : changes.add(value.changes(), value.changeCount());
    words[0] =
        Stage2Word.of(
            value.pfn().value(),
            value.leafPages(),
            Stage2Word.bits(value.perms()),
            Codes.MEMORY_TYPES.indexOf(value.memoryType()),
            value.accessed());
    words[1] = OriginWord.of(value.mapped()) | (list & LOW_MASK) << OriginWord.BITS;
    words[2] =
        OriginWord.ofOptional(value.invalidated()) | list >>> LOW_BITS << OriginWord.SEQ_BITS;
  }

  private static long list(long word1, long word2) {
    return word1 >>> OriginWord.BITS | word2 >>> OriginWord.SEQ_BITS << LOW_BITS;
  }

  @Override
  public Stage2Entry unpack(long word0, long word1, long word2) {
    long list = list(word1, word2);
    Stage2Page page = Stage2Word.page(word0, 0, 0);
    List<Origin> made = list == 0 ? List.of() : changes.origins(list);
    return new Stage2Entry(
        new Pfn(page.pfn().value()),
        page.leafPages(),
        page.perms(),
        page.memoryType(),
        page.accessed(),
        OriginWord.origin(word1),
        made,
        list == 0 ? 0 : changes.count(list),
        OriginWord.optional(word2));
  }

  @Override
  public void release(long word0, long word1, long word2) {
    long list = list(word1, word2);
    if (list != 0) {
      changes.free(list);
    }
  }

  @Override
  public long further(long word, long pages) {
    return Stage2Word.further(word, pages);
  }
}
