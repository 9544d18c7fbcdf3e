package org.pagetrail.store.file;

import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.fold.PackedFold;

/**
 * Finds the entries of a trail that have a say in one guest page, and reads no others.
 *
 * <p>These are: all about the run, the flat view and RAM blocks; about the frame, its memslots, its
 * host pages and frames under every name that it ever had ({@link PageNamesFound}); the handling of
 * its faults; what caused all these; and the next entry of the guest behind each.
 */
public final class PageEvents {
  /** The handling of a fault is not looked for further than this behind it. */
  private static final int HANDLING_EVENTS_MAX = 256;

  private final TrailReader reader;
  private final TrailIndex index;

  /**
   * The entries about a page.
   *
   * @param entries ascending
   * @param firstFrame the first guest frame of which they have everything
   * @param endFrame the frame behind the last such
   */
  public record Found(List<TrailEntry> entries, long firstFrame, long endFrame) {
    /** Copies the list. */
    public Found {
      entries = List.copyOf(entries);
    }

    /** True if everything about a frame is there. */
    public boolean isComplete(Gfn gfn) {
      return gfn.value() >= firstFrame && gfn.value() < endFrame;
    }
  }

  PageEvents(TrailReader reader, TrailIndex index) {
    this.reader = reader;
    this.index = index;
  }

  /**
   * The entries about a page.
   *
   * @param also positions of entries that are wanted whatever they are about
   */
  public Found about(Gfn gfn, Set<Long> also) {
    return new Asked(gfn, also).answer();
  }

  /** True for the types of which every entry counts, whatever its page. */
  private static boolean concernsAllPages(Class<? extends Event> type) {
    return RunEvent.class.isAssignableFrom(type)
        || type == HostEvent.ZeroPageSeen.class
        || type == QemuEvent.FlatViewCommitted.class
        || type == QemuEvent.RamBlockAllocated.class
        || type == QemuEvent.RomdModeChanged.class
        || type == QemuEvent.ImageCopied.class;
  }

  /** One question. */
  private final class Asked {
    private final Gfn gfn;
    private final long through;
    private final Set<Long> also;
    private final NavigableSet<Long> found = new TreeSet<>();
    private final Set<Long> keysAsked = new HashSet<>();
    private final PageNamesFound names;

    private Asked(Gfn gfn, Set<Long> also) {
      this.gfn = gfn;
      this.through = reader.size() - 1;
      this.also = also;
      this.names = new PageNamesFound(gfn);
    }

    private Found answer() {
      ask(KeyKind.GFN, Set.of(gfn.value()));
      if (names.blockEnd() - names.blockFirst() > 1) {
        ask(KeyKind.GFN.key(names.blockFirst()), KeyKind.GFN.key(names.blockEnd() - 1));
      }
      ask(KeyKind.SLOT, names.slots());
      ask(KeyKind.HVA, names.hosts());
      ask(KeyKind.GFN, names.aliases());
      ask(KeyKind.PFN, names.frames());
      ask(KeyKind.GFN, names.sharers());
      scan();
      found.addAll(also);
      addCauses();
      addHandling();
      List<TrailEntry> entries = found.stream().map(this::entry).toList();
      return new Found(entries, names.blockFirst(), names.blockEnd());
    }

    /** Adds what the index has under these values, and learns the names that it tells. */
    private void ask(KeyKind kind, Set<Long> values) {
      for (long value : List.copyOf(values)) {
        long key = kind.key(value);
        if (keysAsked.add(key)) {
          ask(key, key);
        }
      }
    }

    private void ask(long firstKey, long lastKey) {
      for (int number = 0; number < reader.segments(); number++) {
        for (long seq : index.positionsAbout(number, firstKey, lastKey)) {
          if (found.add(seq)) {
            names.learn(event(seq));
          }
        }
      }
    }

    private @Nullable Event event(long seq) {
      return reader.at(seq) instanceof LogEntry.Recorded recorded ? recorded.entry().event() : null;
    }

    private TrailEntry entry(long seq) {
      return TrailFile.event(reader.path(), reader.at(seq));
    }

    /** Adds the entries of the types that the index does not know by a page. */
    private void scan() {
      boolean[] all = reader.layouts().codes(PageEvents::concernsAllPages);
      FlashFields flash = new FlashFields(reader.layouts());
      int[] widths = reader.layouts().widths();
      reader.eachBlock(
          0,
          (firstSeq, count, records) -> {
            long at = 0;
            for (long seq = firstSeq; seq < firstSeq + count; seq++) {
              int code = PackedFold.code(records, at);
              if (all[code] || (names.isFlash() && flash.isOn(names, code, records, at))) {
                found.add(seq);
              }
              at += widths[code];
            }
            return true;
          });
    }

    /** Adds how each fault was handled, and the next that the guest did behind any entry. */
    private void addHandling() {
      long done = -1;
      for (long seq : List.copyOf(found)) {
        Event event = event(seq);
        if (event instanceof Stage2Faulted fault && names.isAbout(fault.gpa().gfn())) {
          addHandling(seq, fault.vcpu());
        }
        if (seq > done) {
          done = addNextOfGuest(seq);
        }
      }
    }

    private void addHandling(long fault, int vcpu) {
      long last = Math.min(through, fault + HANDLING_EVENTS_MAX);
      for (long seq = fault + 1; seq <= last; seq++) {
        found.add(seq);
        Event event = event(seq);
        if ((event instanceof AbortHandled handled && handled.vcpu() == vcpu)
            || (event instanceof Stage2Faulted next && next.vcpu() == vcpu)) {
          return;
        }
      }
    }

    /** The next entry at which the guest runs; where it is. */
    private long addNextOfGuest(long from) {
      long last = Math.min(through, from + HANDLING_EVENTS_MAX);
      for (long seq = from + 1; seq <= last; seq++) {
        Event event = event(seq);
        if (event instanceof VcpuEntered || event instanceof GuestAccessed) {
          found.add(seq);
          return seq;
        }
      }
      return from;
    }

    /** Adds what caused these entries. */
    private void addCauses() {
      for (long seq : List.copyOf(found)) {
        found.addAll(entry(seq).causes());
      }
    }
  }
}
