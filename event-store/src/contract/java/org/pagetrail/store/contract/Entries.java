package org.pagetrail.store.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.RunEvent.InputRead;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Foreign;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.Tag;

/** Entries of every standing on a handful of pages and slots, foreign messages among them. */
public final class Entries {
  /** Text that a store is likely to get wrong: quotes, a backslash, letters beyond ASCII. */
  private static final List<String> TEXTS =
      List.of("", "plain", "it's \"quoted\" \\ 100%", "naïve Ω 🐧", "two\nlines\tand\u0001more");

  private static final List<Standing> STANDINGS =
      List.of(Standing.OBSERVED, Standing.DERIVED, Standing.ASSUMED);

  private final SplittableRandom random;
  private long seq;

  /** The same seed gives the same entries. */
  public Entries(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The next entries, from position 0 on. */
  public List<LogEntry> next(int count) {
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(random.nextInt(8) == 0 ? foreign() : new Recorded(recorded(event())));
      seq++;
    }
    return entries;
  }

  private TrailEntry recorded(Event event) {
    Standing standing = STANDINGS.get(random.nextInt(STANDINGS.size()));
    return new TrailEntry(
        seq,
        random.nextInt(3) == 0 ? null : random.nextLong(-5_000_000_000L, 5_000_000_000L),
        standing,
        event,
        causes(),
        standing == Standing.DERIVED
            ? new Citation("arm64/rule", text(), List.of(new Input("pfn", text())))
            : null,
        standing == Standing.OBSERVED ? new Source("trace.txt", seq + 1, seq * 80) : null);
  }

  private List<Long> causes() {
    TreeSet<Long> causes = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0 && seq > 0; i--) {
      causes.add(random.nextLong(seq));
    }
    return List.copyOf(causes);
  }

  private Event event() {
    Gpa gpa = new Gpa((0x4000L + random.nextInt(8)) << 12);
    Pfn pfn = new Pfn(0x40a80L + random.nextInt(8));
    return switch (random.nextInt(8)) {
      case 0 ->
          new MemslotSet(
              SlotId.of(random.nextInt(4)),
              SlotChange.CREATE,
              SlotFlags.READ_ONLY,
              gpa,
              ByteSize.mebibytes(64),
              new Hva(0xffff_8000_0000_0000L + random.nextInt(16) * 4096L),
              -random.nextInt(3));
      case 1 -> new Stage2Mapped(gpa, ByteSize.PAGE, pfn, Perms.RW, MemoryType.DEVICE, 0);
      case 2 -> new Stage2Unmapped(GpaRange.pageOf(gpa));
      case 3 -> new PageWritten(pfn, 8, 4, random.nextLong(), Writer.GUEST);
      case 4 -> new MonitorExited(text());
      case 5 -> new MarkerSeen(text());
      case 6 -> resolved(gpa.gfn(), pfn);
      default -> new InputRead("trace.txt", "ftrace", random.nextLong(1 << 20), 3);
    };
  }

  private PfnResolved resolved(Gfn gfn, Pfn pfn) {
    return new PfnResolved(
        gfn,
        random.nextBoolean(),
        LookupResult.FOUND,
        random.nextBoolean() ? pfn : null,
        PageKind.UNKNOWN,
        random.nextBoolean() ? null : false);
  }

  private Foreign foreign() {
    byte[] payload = new byte[random.nextInt(40)];
    random.nextBytes(payload);
    TreeMap<String, String> metadata = new TreeMap<>();
    TreeSet<Tag> tags = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      metadata.put("key" + i, text());
      tags.add(new Tag("course", Integer.toString(random.nextInt(4))));
    }
    return new Foreign(
        seq,
        "message-" + seq,
        random.nextBoolean() ? "faculty.CourseCreated" : "note",
        "1.0." + random.nextInt(3),
        random.nextInt(4) == 0 ? null : random.nextLong(2_000_000_000_000_000_000L),
        metadata,
        random.nextBoolean() ? payload : text().getBytes(StandardCharsets.UTF_8),
        tags);
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
