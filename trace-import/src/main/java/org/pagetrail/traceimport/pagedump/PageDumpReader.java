package org.pagetrail.traceimport.pagedump;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.PageDump;
import org.pagetrail.traceimport.capture.PageFlags;
import org.pagetrail.traceimport.capture.SeekingReader;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.SeekableInput;

/**
 * Reads dumps of /proc/PID/pagemap and /proc/kpageflags: eight bytes for each page, as
 * Documentation/admin-guide/mm/pagemap.rst describes them. Neither has a head; which of the two a
 * file is, and that it is one, its first entries tell: pagemap has its flags at the top of an
 * entry, kpageflags leaves the top empty.
 */
public final class PageDumpReader implements SeekingReader {
  private static final int PART_BYTES = 1 << 16;

  /** A dump of a machine's frames has fewer runs; so many fit into memory. */
  private static final int FLAG_RUNS_MAX = 8_000_000;

  @Override
  public String format() {
    return "page-dump";
  }

  @Override
  public boolean recognises(byte[] head) {
    boolean whole = head.length == PART_BYTES;
    if (head.length < Long.BYTES || (!whole && head.length % Long.BYTES != 0)) {
      return false;
    }
    ByteBuffer entries = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    boolean pagemap = true;
    boolean flags = true;
    boolean empty = true;
    while (entries.remaining() >= Long.BYTES) {
      long entry = entries.getLong();
      pagemap &= PagemapEntry.isOne(entry);
      flags &= areFlags(entry);
      empty &= entry == 0;
    }
    return (pagemap || flags) && (!empty || whole);
  }

  private static boolean areFlags(long entry) {
    return entry >>> (3 * Short.SIZE) == 0;
  }

  @Override
  public void read(SeekableInput in, Capture capture) {
    Snapshot snapshot = Snapshot.of(in.name());
    PageRuns pages = new PageRuns(in);
    PageFlags flags = new PageFlags(in.name(), snapshot);
    boolean ofFrames = false;
    boolean known = false;
    long zeros = 0;
    long entries = in.size() / Long.BYTES;
    for (long index = 0; index < entries; index += PART_BYTES / Long.BYTES) {
      long offset = index * Long.BYTES;
      ByteBuffer part = in.part(offset, Math.min(PART_BYTES, entries * Long.BYTES - offset));
      while (part != null && part.hasRemaining()) {
        long entry = part.getLong();
        if (!known && entry == 0) {
          zeros++;
          continue;
        }
        if (!known) {
          known = true;
          ofFrames = areFlags(entry);
          addZeros(zeros, ofFrames, pages, flags);
        }
        if (ofFrames) {
          addFlags(entry, in, flags);
        } else {
          pages.add(entry);
        }
      }
    }
    if (!known) {
      addZeros(zeros, false, pages, flags);
    }
    if (in.size() % Long.BYTES != 0) {
      in.notUnderstood(SeekableInput.CUT);
    }
    if (ofFrames) {
      capture.pageFlags().add(flags);
    } else {
      capture.pageDumps().add(new PageDump(in.name(), snapshot, entries, pages.end()));
    }
  }

  private static void addZeros(long count, boolean ofFrames, PageRuns pages, PageFlags flags) {
    for (long i = 0; i < count; i++) {
      if (ofFrames) {
        flags.add(0);
      } else {
        pages.add(0);
      }
    }
  }

  private static void addFlags(long entry, SeekableInput in, PageFlags flags) {
    if (!areFlags(entry)) {
      in.notUnderstood("entry with bits that no kernel sets");
    }
    int before = flags.runs();
    flags.add(entry);
    if (flags.runs() > before) {
      in.begin();
      if (flags.runs() > FLAG_RUNS_MAX) {
        throw new ImportException(
            in.name(),
            "input too large",
            "it has more than " + FLAG_RUNS_MAX + " runs of page frames with equal flags",
            "import it without this file");
      }
    }
  }
}
