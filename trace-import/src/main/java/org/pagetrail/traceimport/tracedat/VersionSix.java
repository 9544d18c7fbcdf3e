package org.pagetrail.traceimport.tracedat;

import java.nio.ByteBuffer;
import org.pagetrail.traceimport.input.SeekableInput;

/** The head of a file of version 6: its parts follow one another. */
final class VersionSix {
  private static final int KIND_BYTES = 10;
  private static final String OPTIONS = "options  \0";
  private static final String DATA = "flyrecord\0";

  private final SeekableInput in;
  private final Layout layout;
  private final int pageBytes;
  private final Options options = new Options();

  private VersionSix(SeekableInput in, int pageBytes) {
    this.in = in;
    this.layout = new Layout(in.size());
    this.pageBytes = pageBytes;
  }

  /** Reads what follows the size of a page. */
  static Layout read(Part part, int pageBytes, SeekableInput in) throws Damaged {
    VersionSix head = new VersionSix(in, pageBytes);
    head.layout.readHeaders(part);
    head.layout.readOwnFormats(part, in);
    head.layout.readFormats(part, in);
    part.skip(part.number32());
    part.skip(part.number32());
    part.skip(part.number64());
    int cpus = part.number32();
    String kind = part.text(KIND_BYTES);
    if (kind.equals(OPTIONS)) {
      head.readOptions(part);
      kind = part.text(KIND_BYTES);
    }
    head.readData(kind, part, cpus);
    for (ByteBuffer buffer : head.options.buffers()) {
      Part instance = Part.of(in, Part.of(buffer).number64());
      head.readData(instance.text(KIND_BYTES), instance, cpus);
    }
    return head.layout;
  }

  private void readOptions(Part part) throws Damaged {
    for (int id = part.number16(); id != Options.DONE; id = part.number16()) {
      int length = part.number32();
      options.take(id, part.bytes(length), layout);
    }
  }

  private void readData(String kind, Part part, int cpus) throws Damaged {
    if (!kind.equals(DATA)) {
      in.notUnderstood("text of a latency tracer");
      return;
    }
    if (cpus > Layout.CPUS_MAX) {
      throw new Damaged("more processors than a machine has");
    }
    for (int cpu = 0; cpu < cpus; cpu++) {
      long offset = part.number64();
      long bytes = part.number64();
      boolean cut = bytes > 0 && offset > in.size() - bytes;
      if (cut) {
        in.notUnderstood(SeekableInput.CUT);
      }
      long left = cut ? Math.max(0, in.size() - offset) : bytes;
      layout.add(
          new Layout.CpuData(cpu, offset, left, Compression.NONE, pageBytes, options.clock(), cut));
    }
  }
}
