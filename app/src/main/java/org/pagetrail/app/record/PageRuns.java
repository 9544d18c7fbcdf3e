package org.pagetrail.app.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.traceimport.capture.PageFlags;
import org.pagetrail.traceimport.capture.SlotRange;

/**
 * Runs of pages that are alike in {@code /proc/PID/pagemap} and {@code /proc/kpageflags}, one JSON
 * object a run. Frames that follow each other make one run; of memory in very many pieces, pieces
 * are put together.
 */
final class PageRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** From here on frames need not follow each other: a guest of many GiB in single pages. */
  private static final int EXACT_RUNS_MAX = 200_000;

  private static final int PRESENT = 63;
  private static final int SWAPPED = 62;
  private static final int FILE_OR_SHARED = 61;
  private static final int EXCLUSIVE = 56;
  private static final long KIND =
      (1L << PRESENT) | (1L << SWAPPED) | (1L << FILE_OR_SHARED) | (1L << EXCLUSIVE);
  private static final long FRAME = (1L << 55) - 1;

  /**
   * The flags that tell what a page is: the kernel's public ones, but for what the page is doing
   * right now, which is locked, in error, referenced, active, written back, reclaimed, idle.
   */
  private static final long LASTING =
      ((1L << 35) - 1) & ~(1 | 1 << 1 | 1 << 2 | 1 << 6 | 1 << 8 | 1 << 9 | 1 << 25);

  private final Path proc;
  private final long pid;
  private int runs;

  /**
   * Looks at a process.
   *
   * @param proc where the kernel shows its processes
   */
  PageRuns(Path proc, long pid) {
    this.proc = proc;
    this.pid = pid;
  }

  /** How the frames of a run lie. */
  private enum Frames {
    NONE,
    SINGLE,
    CONTIGUOUS,
    SAME,
    MIXED;

    /** The same with one frame more. */
    Frames with(boolean follows, boolean repeats) {
      return switch (this) {
        case NONE -> NONE;
        case SINGLE -> follows ? CONTIGUOUS : repeats ? SAME : MIXED;
        case CONTIGUOUS -> follows ? CONTIGUOUS : MIXED;
        case SAME -> repeats ? SAME : MIXED;
        case MIXED -> MIXED;
      };
    }
  }

  private static final class Run {
    private final long offset;
    private final long kind;
    private final long flags;
    private final long firstFrame;
    private long pages = 1;
    private Frames frames;

    Run(long offset, long entry, long flags) {
      this.offset = offset;
      this.kind = entry & KIND;
      this.flags = flags;
      this.firstFrame = is(entry, PRESENT) ? entry & FRAME : 0;
      this.frames = is(entry, PRESENT) ? Frames.SINGLE : Frames.NONE;
    }

    boolean takes(long entry, long itsFlags, boolean exact) {
      if ((entry & KIND) != kind || itsFlags != flags) {
        return false;
      }
      long frame = entry & FRAME;
      Frames with = frames.with(frame == firstFrame + pages, frame == firstFrame);
      if (exact && with == Frames.MIXED) {
        return false;
      }
      frames = with;
      pages++;
      return true;
    }
  }

  /** Writes the runs of a slot. */
  void write(SlotRange slot, BufferedWriter out) throws IOException {
    long pages = slot.size().bytes() / PageSize.BASE_BYTES;
    long first = Long.divideUnsigned(slot.hva().value(), PageSize.BASE_BYTES);
    try (Entries map = Entries.open(proc.resolve(Long.toString(pid)).resolve("pagemap"));
        Entries kinds = Entries.open(proc.resolve("kpageflags"))) {
      Run run = null;
      for (long page = 0; page < pages; page++) {
        long entry = map.of(first + page, pages - page);
        long flags = 0;
        if (is(entry, PRESENT) && (entry & FRAME) != 0) {
          flags = kinds.of(entry & FRAME, pages - page) & LASTING;
        }
        if (run == null || !run.takes(entry, flags, runs < EXACT_RUNS_MAX)) {
          print(slot, run, out);
          run = new Run(page * PageSize.BASE_BYTES, entry, flags);
        }
      }
      print(slot, run, out);
    }
  }

  private void print(SlotRange slot, @Nullable Run run, BufferedWriter out) throws IOException {
    if (run == null) {
      return;
    }
    runs++;
    out.write(
        JSON.createObjectNode()
            .put("range", "gpa_" + slot.gpa())
            .put("off", hex(run.offset))
            .put("pages", run.pages)
            .put("present", bit(run.kind, PRESENT))
            .put("swap", bit(run.kind, SWAPPED))
            .put("file_or_shm", bit(run.kind, FILE_OR_SHARED))
            .put("excl", bit(run.kind, EXCLUSIVE))
            .put("first_pfn", hex(run.firstFrame))
            .put("pfns", run.frames.name().toLowerCase(Locale.ROOT))
            .put("flags", String.join("|", PageFlags.namesOf(run.flags)))
            .toString());
    out.write('\n');
  }

  private static boolean is(long entry, int bit) {
    return bit(entry, bit) != 0;
  }

  private static long bit(long entry, int bit) {
    return (entry >>> bit) & 1;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
