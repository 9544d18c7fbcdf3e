package org.pagetrail.traceimport.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.MappedArea;
import org.pagetrail.traceimport.capture.PageDump;
import org.pagetrail.traceimport.capture.PageFlags;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.pagemap.PageKinds;

/**
 * Adds binary dumps of pagemap. Of what addresses a dump is, a user says, or the maps of the same
 * moment do: a dump that has as many entries as all their areas have pages is of these areas, one
 * after the other. The flags of its frames are those of a dump of kpageflags of the same moment.
 */
final class PageDumps {
  private final TrailWriter out;
  private final Capture capture;
  private final Map<String, Hva> starts;
  private final List<String> warnings;

  /**
   * Adds to a trail.
   *
   * @param starts the address of the first entry, by input
   */
  PageDumps(TrailWriter out, Capture capture, Map<String, Hva> starts, List<String> warnings) {
    this.out = out;
    this.capture = capture;
    this.starts = starts;
    this.warnings = warnings;
  }

  /** Adds the dumps of a moment. */
  void add(Snapshot snapshot) {
    PageFlags flags =
        capture.pageFlags().stream()
            .filter(of -> of.snapshot().equals(snapshot))
            .findFirst()
            .orElse(null);
    for (PageDump dump : capture.pageDumps()) {
      if (dump.snapshot().equals(snapshot)) {
        add(dump, flags);
      }
    }
  }

  private void add(PageDump dump, @Nullable PageFlags flags) {
    Hva start = starts.get(dump.input());
    List<HvaRange> areas = start == null ? areas(dump.snapshot()) : whole(start, dump);
    long pages = 0;
    for (HvaRange area : areas) {
      pages += area.size().bytes() / PageSize.BASE_BYTES;
    }
    if (pages != dump.entries()) {
      warnings.add(
          dump.input()
              + ": pages of unknown addresses are left out; it has "
              + dump.entries()
              + " entries, and the areas of maps have "
              + pages
              + " pages; say where it begins with --pages "
              + dump.input()
              + "=ADDRESS");
      return;
    }
    long before = 0;
    int next = 0;
    for (HvaRange area : areas) {
      long after = before + area.size().bytes() / PageSize.BASE_BYTES;
      while (next < dump.runs().size() && dump.runs().get(next).index() < after) {
        PageDump.Run run = dump.runs().get(next);
        long from = Math.max(before, run.index());
        long to = Math.min(after, run.index() + run.pages());
        add(run, from - run.index(), to - from, addressOf(area, from - before), flags);
        if (run.index() + run.pages() > after) {
          break;
        }
        next++;
      }
      before = after;
    }
  }

  private static Hva addressOf(HvaRange area, long page) {
    return area.start().plus(page * PageSize.BASE_BYTES);
  }

  /** The range from an address on; nothing where it would pass the end of the address space. */
  private static List<HvaRange> whole(Hva start, PageDump dump) {
    try {
      return List.of(
          new HvaRange(
              start.pageBase(),
              new ByteSize(Math.multiplyExact(dump.entries(), PageSize.BASE_BYTES))));
    } catch (ArithmeticException beyondTheEnd) {
      return List.of();
    }
  }

  /** The areas of maps by address, those of the kernel's half, which pagemap lacks, left out. */
  private List<HvaRange> areas(Snapshot snapshot) {
    List<HvaRange> areas = new ArrayList<>();
    capture.areas().stream()
        .filter(area -> area.snapshot().equals(snapshot))
        .map(MappedArea::range)
        .filter(range -> range.start().value() >= 0)
        .distinct()
        .sorted(Comparator.comparing(HvaRange::start))
        .forEach(areas::add);
    return areas;
  }

  /** Adds some pages of a run, split where the flags of their frames change. */
  private void add(
      PageDump.Run run, long skipped, long pages, Hva start, @Nullable PageFlags flags) {
    Pfn first = run.first();
    long done = 0;
    while (done < pages) {
      long frame = first == null ? -1 : first.value() + (run.contiguous() ? skipped + done : 0);
      long alike = flags == null ? 0 : flags.alikeFrom(frame);
      long count = alike == 0 || !run.contiguous() ? pages - done : Math.min(alike, pages - done);
      List<String> names = flags == null || alike == 0 ? List.of() : flags.names(frame);
      out.stated(
          new PagesSeen(
              new HvaRange(
                  start.plus(done * PageSize.BASE_BYTES),
                  new ByteSize(count * PageSize.BASE_BYTES)),
              PageKinds.of(run.present(), run.swapped(), run.file(), run.exclusive(), names),
              first == null ? null : new Pfn(frame),
              run.contiguous(),
              run.exclusive(),
              names),
          run.source());
      done += count;
    }
  }
}
