package org.pagetrail.traceimport.tracedat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Puts a file of trace-cmd together, for what no machine at hand records. */
public final class TraceDatFile {
  /** The size of a page of the ring buffer. */
  public static final int PAGE_BYTES = 4096;

  private static final String PAGE_HEADER =
      """
      \tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
      \tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;
      \tfield: char data;\toffset:16;\tsize:4080;\tsigned:1;
      """;

  private final List<String> formats = new ArrayList<>();
  private final List<byte[]> cpus = new ArrayList<>();
  private String clock = "mono";

  /** Adds the format of an event of system kvm. */
  public TraceDatFile format(String name, int id, String fields, String print) {
    formats.add(
        "name: %s\nID: %d\nformat:\n\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
                .formatted(name, id)
            + "\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n"
            + fields
            + "\nprint fmt: "
            + print
            + "\n");
    return this;
  }

  /** Adds a processor with these pages. */
  public TraceDatFile cpu(byte[]... pages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(pages).forEach(all::writeBytes);
    cpus.add(all.toByteArray());
    return this;
  }

  /** The clock of the buffer. */
  public TraceDatFile clock(String name) {
    clock = name;
    return this;
  }

  /** A page of events. */
  public static byte[] page(long time, byte[]... events) {
    return page(time, 0, new byte[0], events);
  }

  /** A page with flags in its count of bytes, and something after its events. */
  public static byte[] page(long time, long flags, byte[] after, byte[]... events) {
    ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    page.position(16);
    Arrays.stream(events).forEach(page::put);
    page.putLong(0, time).putLong(8, (page.position() - 16) | flags);
    return page.put(after).array();
  }

  /** An event with its head. */
  public static byte[] event(int delta, byte[] data) {
    int words = (data.length + 3) / 4;
    byte[] event = new byte[4 + 4 * words];
    ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).putInt(delta << 5 | words).put(data);
    return event;
  }

  /** A head and the word after it, such as that of a time. */
  public static byte[] words(int type, int delta, int word) {
    return bytes(8).putInt(delta << 5 | type).putInt(word).array();
  }

  /** The file in version 7. */
  public byte[] seven(String compression) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0017\u0008Dtracing7\0\0\u0008".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(bytes(4).putInt(PAGE_BYTES).array());
    out.writeBytes((compression + "\0" + "1.0\0").getBytes(StandardCharsets.US_ASCII));
    int pointer = out.size();
    out.writeBytes(new byte[8]);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes("header_page\0".getBytes(StandardCharsets.US_ASCII));
    head.writeBytes(text(PAGE_HEADER));
    head.writeBytes("header_event\0".getBytes(StandardCharsets.US_ASCII));
    head.writeBytes(text(""));
    long headers = section(out, 16, compression, head.toByteArray());
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    events.writeBytes(bytes(4).putInt(1).array());
    events.writeBytes("kvm\0".getBytes(StandardCharsets.US_ASCII));
    events.writeBytes(bytes(4).putInt(formats.size()).array());
    formats.forEach(format -> events.writeBytes(text(format)));
    long described = section(out, 18, compression, events.toByteArray());
    boolean packed = !compression.equals("none");
    long data = out.size();
    out.writeBytes(bytes(16).putShort((short) 3).putShort((short) (packed ? 1 : 0)).array());
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    buffer.writeBytes(bytes(8).putLong(data).array());
    buffer.writeBytes(("\0" + clock + "\0").getBytes(StandardCharsets.US_ASCII));
    buffer.writeBytes(bytes(8).putInt(PAGE_BYTES).putInt(cpus.size()).array());
    for (int cpu = 0; cpu < cpus.size(); cpu++) {
      byte[] content = packed ? chunks(compression, cpus.get(cpu)) : cpus.get(cpu);
      buffer.writeBytes(bytes(20).putInt(cpu).putLong(out.size()).putLong(content.length).array());
      out.writeBytes(content);
    }
    ByteArrayOutputStream options = new ByteArrayOutputStream();
    option(options, 16, bytes(8).putLong(headers).array());
    option(options, 18, bytes(8).putLong(described).array());
    option(options, 3, buffer.toByteArray());
    option(options, 14, bytes(16).putInt(3).putInt(1).putLong(100).array());
    option(options, 0, new byte[8]);
    long first = section(out, 0, "none", options.toByteArray());
    return ByteBuffer.wrap(out.toByteArray())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(pointer, first)
        .array();
  }

  private static long section(ByteArrayOutputStream out, int id, String compression, byte[] plain) {
    final long offset = out.size();
    boolean packed = !compression.equals("none");
    byte[] content = packed ? packed(compression, plain) : plain;
    out.writeBytes(
        bytes(16)
            .putShort((short) id)
            .putShort((short) (packed ? 1 : 0))
            .putInt(0)
            .putLong(content.length)
            .array());
    out.writeBytes(content);
    return offset;
  }

  private static byte[] chunks(String compression, byte[] pages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(4).putInt(pages.length / PAGE_BYTES).array());
    for (int at = 0; at < pages.length; at += PAGE_BYTES) {
      out.writeBytes(packed(compression, Arrays.copyOfRange(pages, at, at + PAGE_BYTES)));
    }
    return out.toByteArray();
  }

  private static byte[] packed(String compression, byte[] plain) {
    byte[] content;
    if (compression.equals("zstd")) {
      content = Zstd.compress(plain);
    } else {
      Deflater deflater = new Deflater();
      deflater.setInput(plain);
      deflater.finish();
      byte[] room = new byte[plain.length + 100];
      content = Arrays.copyOf(room, deflater.deflate(room));
      System.arraycopy(room, 0, content, 0, content.length);
      deflater.end();
    }
    return bytes(8 + content.length)
        .putInt(content.length)
        .putInt(plain.length)
        .put(content)
        .array();
  }

  private static void option(ByteArrayOutputStream out, int id, byte[] data) {
    out.writeBytes(bytes(6).putShort((short) id).putInt(data.length).array());
    out.writeBytes(data);
  }

  private static byte[] text(String text) {
    byte[] content = text.getBytes(StandardCharsets.US_ASCII);
    return bytes(8 + content.length).putLong(content.length).put(content).array();
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
