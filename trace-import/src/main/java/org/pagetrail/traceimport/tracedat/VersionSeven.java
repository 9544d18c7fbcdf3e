package org.pagetrail.traceimport.tracedat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.input.SeekableInput;

/** The head of a file of version 7: sections, each of which an option places. */
final class VersionSeven {
  private static final int HEADERS = 16;
  private static final int OWN_FORMATS = 17;
  private static final int FORMATS = 18;

  /** Sections that no event needs. */
  private static final Set<Integer> UNUSED = Set.of(19, 20, 21);

  private static final int TEXT_BUFFER = 22;
  private static final int OPTIONS = 0;
  private static final int DATA = 3;
  private static final int COMPRESSED = 1;

  private final SeekableInput in;
  private final Compression compression;
  private final Layout layout;
  private final Options options = new Options();

  /** What is behind the last options of a file that lacks those behind them; -1 of a whole file. */
  private long cutAt = -1;

  private long sectionEnd;

  private VersionSeven(SeekableInput in, Compression compression) {
    this.in = in;
    this.compression = compression;
    this.layout = new Layout(in.size());
  }

  /** Reads what follows the size of a page. */
  static Layout read(Part part, int pageBytes, SeekableInput in) throws Damaged {
    Compression compression = Compression.named(part.string());
    part.string();
    VersionSeven head = new VersionSeven(in, compression);
    Map<Integer, Long> places = head.readOptions(part.number64());
    Layout layout = head.layout;
    if (places.containsKey(HEADERS)) {
      layout.readHeaders(head.section(places.get(HEADERS), HEADERS));
    }
    if (places.containsKey(OWN_FORMATS)) {
      layout.readOwnFormats(head.section(places.get(OWN_FORMATS), OWN_FORMATS), in);
    }
    if (places.containsKey(FORMATS)) {
      layout.readFormats(head.section(places.get(FORMATS), FORMATS), in);
    }
    for (ByteBuffer buffer : head.options.buffers()) {
      head.readBuffer(Part.of(buffer));
    }
    if (head.cutAt >= 0) {
      in.notUnderstood(SeekableInput.CUT);
      new CutData(in, layout, pageBytes, head.options.clock()).add(head.cutAt, compression);
    }
    return layout;
  }

  /** Reads all options; gives the places of sections by their numbers. */
  private Map<Integer, Long> readOptions(long first) throws Damaged {
    Map<Integer, Long> places = new TreeMap<>();
    Set<Long> seen = new HashSet<>();
    long next = first;
    long end = first;
    while (next != 0) {
      if (!seen.add(next)) {
        throw new Damaged("options that point back");
      }
      Part part = next == first ? section(next, OPTIONS) : optionsBehind(next);
      if (part == null) {
        cutAt = end;
        break;
      }
      end = sectionEnd;
      int id = -1;
      while (id != Options.DONE) {
        id = part.number16();
        ByteBuffer data = part.bytes(part.number32());
        if (id == Options.DONE || (id >= HEADERS && id < TEXT_BUFFER)) {
          long place = Part.of(data).number64();
          places.put(id, place);
        } else if (id == TEXT_BUFFER) {
          in.notUnderstood("text of a latency tracer");
        } else {
          options.take(id, data, layout);
        }
      }
      next = places.getOrDefault(Options.DONE, 0L);
    }
    places.keySet().removeAll(UNUSED);
    return places;
  }

  /** Null if the file ends before the section does. */
  private @Nullable Part optionsBehind(long offset) throws Damaged {
    try {
      return section(offset, OPTIONS);
    } catch (Damaged damage) {
      if (damage.kind().equals(SeekableInput.CUT)) {
        return null;
      }
      throw damage;
    }
  }

  private Part section(long offset, int id) throws Damaged {
    Part part = Part.of(in, offset);
    int flags = head(part, id);
    long length = part.number64();
    sectionEnd = part.offset() + length;
    return (flags & COMPRESSED) != 0
        ? Part.of(compression.unpacked(part, in))
        : Part.of(part.bytes(length));
  }

  /** Reads the head of a section up to its length; gives its flags. */
  private static int head(Part part, int id) throws Damaged {
    if (part.number16() != id) {
      throw new Damaged("section that is not where an option places it");
    }
    int flags = part.number16();
    part.number32();
    return flags;
  }

  private void readBuffer(Part part) throws Damaged {
    long offset = part.number64();
    int flags = head(Part.of(in, offset), DATA);
    part.string();
    String clock = ClockScale.inUse(part.string());
    int pageBytes = part.number32();
    int cpus = part.number32();
    boolean packed = (flags & COMPRESSED) != 0 && compression != Compression.NONE;
    for (int i = 0; i < cpus; i++) {
      layout.add(
          new Layout.CpuData(
              part.number32(),
              part.number64(),
              part.number64(),
              packed ? compression : Compression.NONE,
              pageBytes,
              clock.isEmpty() ? options.clock() : clock,
              false));
    }
  }
}
