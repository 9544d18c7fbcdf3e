package org.pagetrail.traceimport.pagedump;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.PageDump;
import org.pagetrail.traceimport.input.SeekableInput;

/** Puts alike entries of pagemap together. */
final class PageRuns {
  private final SeekableInput in;
  private final List<PageDump.Run> runs = new ArrayList<>();
  private long index;
  private long start;
  private long first;
  private long last;

  /** What the frame of one page of the run is less than that of the next. */
  private long step;

  PageRuns(SeekableInput in) {
    this.in = in;
  }

  /** Adds the next entry; one with bits that no kernel sets is taken for a page not looked at. */
  void add(long entry) {
    long next = entry;
    if (!PagemapEntry.isOne(entry)) {
      in.notUnderstood("entry with bits that no kernel sets");
      next = 0;
    }
    if (index > start && !belongs(next)) {
      close();
    }
    if (index == start) {
      first = next;
    } else if (index == start + 1) {
      step = PagemapEntry.frame(next) - PagemapEntry.frame(first);
    }
    last = next;
    index++;
  }

  private boolean belongs(long next) {
    long more = PagemapEntry.frame(next) - PagemapEntry.frame(last);
    return PagemapEntry.state(next) == PagemapEntry.state(first)
        && (index == start + 1 ? more == 0 || more == 1 : more == step);
  }

  private void close() {
    in.begin();
    long frame = PagemapEntry.frame(first);
    runs.add(
        new PageDump.Run(
            in.source(start * Long.BYTES),
            start,
            index - start,
            PagemapEntry.isPresent(first),
            PagemapEntry.isSwapped(first),
            PagemapEntry.isFile(first),
            PagemapEntry.isExclusive(first),
            frame == 0 ? null : new Pfn(frame),
            frame != 0 && (index == start + 1 || step == 1)));
    start = index;
  }

  /** All runs. */
  List<PageDump.Run> end() {
    if (index > start) {
      close();
    }
    return runs;
  }
}
