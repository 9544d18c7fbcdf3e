package org.pagetrail.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.FileTrailLog;

/** Questions for pages that the guest used, at positions anywhere behind their first use. */
final class PageSample {
  private static final int BLOCKS_LOOKED_AT = 200;

  private final FileTrailLog log;
  private final SplittableRandom random;

  /** One question. */
  record Question(Gfn gfn, long seq) {}

  private record Use(Gfn gfn, long seq) {}

  PageSample(FileTrailLog log, SplittableRandom random) {
    this.log = log;
    this.random = random;
  }

  List<Question> questions(int count) {
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < BLOCKS_LOOKED_AT; i++) {
      collect(random.nextLong(log.size()), uses);
    }
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Use use = uses.get(random.nextInt(uses.size()));
      questions.add(new Question(use.gfn(), random.nextLong(use.seq(), log.size())));
    }
    return questions;
  }

  /** The pages that are mapped shortly behind a position. */
  private void collect(long from, List<Use> into) {
    long end = Math.min(log.size(), from + 200);
    for (long seq = from; seq < end; seq++) {
      if (log.at(seq) instanceof LogEntry.Recorded recorded
          && recorded.entry().event() instanceof Stage2Mapped mapped) {
        into.add(new Use(mapped.gpa().gfn(), seq));
      }
    }
  }
}
