package org.pagetrail.traceimport.tracedat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pagetrail.traceimport.eventformat.EventFormat;
import org.pagetrail.traceimport.input.SeekableInput;

/** What the head of a file says: where its data are, and what they mean. */
final class Layout {
  /**
   * The data of one processor.
   *
   * @param cpu its number
   * @param offset where its data begin
   * @param bytes how many bytes they have, packed or not
   * @param compression how they are packed
   * @param pageBytes the size of a page of the ring buffer
   * @param clock the clock of the buffer
   * @param cut true if the file ends before they do
   */
  record CpuData(
      int cpu,
      long offset,
      long bytes,
      Compression compression,
      int pageBytes,
      String clock,
      boolean cut) {}

  /** More than any kernel runs on. */
  static final int CPUS_MAX = 8192;

  static final int FORMATS_MAX = 65_536;

  private static final int PAGE_BYTES_MAX = 1 << 24;

  private final long fileBytes;
  private final Map<Integer, EventFormat> formats = new TreeMap<>();
  private final List<CpuData> cpus = new ArrayList<>();
  private final List<String> statistics = new ArrayList<>();
  private PageHeader pageHeader = PageHeader.USUAL;
  private ClockScale scale = ClockScale.NONE;
  private long plainBytes;

  /** The layout of a file of this size. */
  Layout(long fileBytes) {
    this.fileBytes = fileBytes;
  }

  Map<Integer, EventFormat> formats() {
    return formats;
  }

  List<CpuData> cpus() {
    return cpus;
  }

  /** The statistics of each processor's buffer, as text. */
  List<String> statistics() {
    return statistics;
  }

  PageHeader pageHeader() {
    return pageHeader;
  }

  ClockScale scale() {
    return scale;
  }

  void scale(ClockScale ofCycles) {
    scale = ofCycles;
  }

  void add(CpuData data) throws Damaged {
    if (cpus.size() >= CPUS_MAX) {
      throw new Damaged("more processors than a machine has");
    }
    if (data.pageBytes() < PageHeader.BYTES_MIN || data.pageBytes() > PAGE_BYTES_MAX) {
      throw new Damaged("size that no page has");
    }
    if (data.compression() == Compression.NONE) {
      if (data.bytes() < 0 || data.bytes() > fileBytes - plainBytes) {
        throw new Damaged("more data than the file has");
      }
      plainBytes += data.bytes();
    }
    cpus.add(data);
  }

  /** Reads the descriptions of a page's head and of an event's head. */
  void readHeaders(Part part) throws Damaged {
    part.string();
    pageHeader = PageHeader.parse(part.text(part.number64()));
    part.string();
    part.skip(part.number64());
  }

  /** Reads the formats of ftrace's own events. */
  void readOwnFormats(Part part, SeekableInput in) throws Damaged {
    int count = part.number32();
    for (int i = 0; i < count; i++) {
      readFormat(part, in);
    }
  }

  /** Reads the formats of all other events by system. */
  void readFormats(Part part, SeekableInput in) throws Damaged {
    int systems = part.number32();
    for (int i = 0; i < systems; i++) {
      part.string();
      readOwnFormats(part, in);
    }
  }

  private void readFormat(Part part, SeekableInput in) throws Damaged {
    EventFormat format = EventFormat.parse(part.text(part.number64()));
    if (format == null || formats.size() >= FORMATS_MAX) {
      in.notUnderstood("format of an event");
    } else {
      formats.put(format.id(), format);
    }
  }
}
