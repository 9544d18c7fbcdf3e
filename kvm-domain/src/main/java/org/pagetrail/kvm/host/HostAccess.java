package org.pagetrail.kvm.host;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.RangeFilled;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.HostEvent.RangeLoaded;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.mm.HostRule;
import org.pagetrail.kvm.run.Run;

/** What the monitor reads and writes, and what the host's daemons do to its pages. */
public final class HostAccess {
  private final HostLog log;
  private final PageFaults faults;
  private final Population population;

  /** Accesses that are taken down in {@code log}. */
  public HostAccess(HostLog log) {
    this.log = log;
    this.faults = new PageFaults(log);
    this.population = new Population(log, faults);
  }

  /** The monitor loads from an address. */
  public void read(Hva hva) {
    signal(faults.touch(hva, false), hva);
  }

  /** The monitor stores {@code width} bytes, 1 to 8, little-endian. */
  public void write(Hva hva, int width, long value) {
    int here = (int) Math.min(width, PageSize.BASE_BYTES - hva.pageOffset());
    Touch touch = faults.touch(hva, true);
    if (touch != Touch.DONE) {
      signal(touch, hva);
      return;
    }
    Pfn frame = Objects.requireNonNull(log.host().pageAt(hva)).frame();
    if (frame != null) {
      log.emit(
          new PageWritten(frame, hva.pageOffset(), here, value, Writer.HOST),
          HostRule.WRITTEN.cite());
    }
    if (here < width) {
      write(hva.plus(here), width - here, value >>> (8 * here));
    }
  }

  /** The monitor stores one byte everywhere in a range. */
  public void fill(HvaRange range, int fillByte) {
    Touch touch = population.touch(Pages.touched(range), true);
    if (touch == Touch.DONE) {
      log.emit(new RangeFilled(range, fillByte & 0xff, Writer.HOST), HostRule.WRITTEN.cite());
    } else {
      signal(touch, range.start());
    }
  }

  /** The monitor stores what a file holds. */
  public void load(HvaRange range, String file) {
    Touch touch = population.touch(Pages.touched(range), true);
    if (touch == Touch.DONE) {
      log.emit(new RangeLoaded(range, file), HostRule.WRITTEN.cite());
    } else {
      signal(touch, range.start());
    }
  }

  /** KSM merges the range's private pages into one. */
  public void merge(HvaRange range, boolean toZeroPage) {
    HostState host = log.host();
    @Nullable Pfn merged = null;
    for (Run<HostPages> run : host.pagesIn(range)) {
      boolean mergeable =
          switch (run.value().kind()) {
            case ANONYMOUS, ANONYMOUS_HUGE -> true;
            default -> false;
          };
      if (!mergeable) {
        continue;
      }
      HvaRange part = Pages.range(run.first(), run.count());
      Input input = Input.of("page", run.value().kind());
      log.emit(new RangeInvalidated(part), HostRule.MERGED.cite(input));
      if (toZeroPage) {
        new AnonymousMemory(log)
            .mapZeroPages(run.first(), run.count(), HostRule.MERGED.cite(input));
        continue;
      }
      merged = merged == null ? run.value().frame() : merged;
      log.emit(
          new PagesMapped(part, PageKind.KSM, merged, false, false), HostRule.MERGED.cite(input));
    }
  }

  /** The page at an address turns out to be broken. */
  public void poison(Hva hva) {
    long page = Pages.of(hva);
    HvaRange range = Pages.range(page, 1);
    log.emit(new RangeInvalidated(range), HostRule.POISONED.cite());
    log.emit(
        new PagesMapped(range, PageKind.POISONED, null, false, false), HostRule.POISONED.cite());
  }

  private void signal(Touch touch, Hva hva) {
    switch (touch) {
      case DONE -> {}
      case NOT_PERMITTED -> log.emit(new SignalSent("SIGSEGV", hva), HostRule.NOT_PERMITTED.cite());
      case BEYOND_END -> log.emit(new SignalSent("SIGBUS", hva), HostRule.BEYOND_END.cite());
      case POISONED -> log.emit(new SignalSent("SIGBUS", hva), HostRule.POISONED.cite());
    }
  }
}
